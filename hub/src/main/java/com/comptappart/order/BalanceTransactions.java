package com.comptappart.order;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Paris;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Where Stripe's statements are kept, line by line; each line once, whoever reads it. */
@Repository
public class BalanceTransactions {

    private final JdbcClient jdbc;
    private final Clock clock;

    BalanceTransactions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The first day whose lines are read; empty where none were read so far. */
    public Optional<LocalDate> beganOn(String account, Environment environment) {
        return jdbc.sql(
                        """
                        select began_on
                        from statement
                        where account = :account and environment = :environment
                        """)
                .param("account", account)
                .param("environment", environment.code())
                .query(LocalDate.class)
                .optional();
    }

    /**
     * Keeps the lines of a page and adds them to the sums, those that are new. The first page that
     * could be read begins the statement.
     *
     * @param beganOn the day from which it was read, where it begins now
     * @return how many were new
     */
    @Transactional
    public int keep(
            String account,
            Environment environment,
            LocalDate beganOn,
            List<BalanceTransaction> page) {
        jdbc.sql(
                        """
                        insert into statement (account, environment, began_on)
                        values (:account, :environment, :began)
                        on conflict (account, environment) do nothing
                        """)
                .param("account", account)
                .param("environment", environment.code())
                .param("began", beganOn)
                .update();
        return page.isEmpty() ? 0 : insert(account, environment, page);
    }

    private int insert(String account, Environment environment, List<BalanceTransaction> page) {
        Instant now = clock.instant();
        // Sorted: two hubs that keep the same lines wait for each other, never for good.
        var sorted = page.stream().sorted(Comparator.comparing(BalanceTransaction::id)).toList();
        return jdbc.sql(
                        """
                        with kept as (
                            insert into balance_transaction (
                                account, environment, transaction_id, kind, type, category, in_balance, currency,
                                amount_minor, fee_minor, fee_tax_minor, net_minor, fees, exchange_rate, source_id,
                                reference, source_currency, source_minor, created_at, available_on, booked_on,
                                recorded_at)
                            select :account, :environment, id, kind, type, category, in_balance::boolean, currency,
                                amount, fee, tax, amount - fee, fees, nullif(rate, '')::numeric, source,
                                reference, source_currency, source_minor, created::timestamptz, available::timestamptz,
                                booked::date, :now
                            from unnest(
                                :ids::text[], :kinds::text[], :types::text[], :categories::text[], :inBalance::text[],
                                :currencies::text[], :amounts::bigint[], :fees::bigint[], :taxes::bigint[],
                                :details::text[], :rates::text[], :sources::text[], :references::text[],
                                :sourceCurrencies::text[], :sourceAmounts::bigint[], :created::text[],
                                :available::text[], :booked::text[])
                                as given (
                                    id, kind, type, category, in_balance, currency, amount, fee, tax, fees, rate, source,
                                    reference, source_currency, source_minor, created, available, booked)
                            on conflict (account, environment, transaction_id) do nothing
                            returning currency, net_minor, in_balance),
                        summed as (
                            insert into statement_balance as known (account, environment, currency, net_minor)
                            select :account, :environment, currency, sum(net_minor) filter (where in_balance)
                            from kept
                            group by currency
                            having count(*) filter (where in_balance) > 0
                            order by currency
                            on conflict (account, environment, currency)
                                do update set net_minor = known.net_minor + excluded.net_minor)
                        select count(*)
                        from kept
                        """)
                .param("account", account)
                .param("environment", environment.code())
                .param("now", at(now))
                .param("ids", texts(sorted, BalanceTransaction::id))
                .param("kinds", texts(sorted, each -> each.kind().code()))
                .param("types", texts(sorted, BalanceTransaction::type))
                .param("categories", texts(sorted, BalanceTransaction::category))
                .param("inBalance", texts(sorted, each -> Boolean.toString(each.inBalance())))
                .param("currencies", texts(sorted, each -> each.currency().code()))
                .param("amounts", Columns.longs(sorted, BalanceTransaction::amount))
                .param("fees", Columns.longs(sorted, BalanceTransaction::fee))
                .param("taxes", Columns.longs(sorted, BalanceTransaction::feeTax))
                .param("details", texts(sorted, BalanceTransaction::fees))
                .param("rates", texts(sorted, BalanceTransactions::rate))
                .param("sources", texts(sorted, BalanceTransaction::sourceId))
                .param("references", texts(sorted, BalanceTransaction::reference))
                .param("sourceCurrencies", texts(sorted, each -> each.source().currency().code()))
                .param("sourceAmounts", Columns.longs(sorted, each -> each.source().minor()))
                .param("created", texts(sorted, each -> each.createdAt().toString()))
                .param("available", texts(sorted, each -> each.availableOn().toString()))
                .param(
                        "booked",
                        texts(sorted, each -> BookDay.of(each.createdAt(), now).toString()))
                .query(Integer.class)
                .single();
    }

    private static String[] texts(
            List<BalanceTransaction> rows, Function<BalanceTransaction, String> column) {
        return Columns.texts(rows, column);
    }

    private static String rate(BalanceTransaction transaction) {
        var rate = transaction.exchangeRate();
        return rate == null ? "" : rate.toPlainString();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** The moment from which a statement that begins on that day is read. */
    public static Instant beginningOf(LocalDate day) {
        return day.atStartOfDay(Paris.ZONE).toInstant();
    }
}
