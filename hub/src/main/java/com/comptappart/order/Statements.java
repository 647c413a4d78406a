package com.comptappart.order;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Money;
import com.comptappart.kernel.Paris;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Since when Stripe's statements are read, what was there before, and whether their sums are what
 * Stripe says that it holds.
 */
@Repository
public class Statements {

    /** Stripe's list may be a little behind its balance. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    /**
     * What an account held before the first line of its statement.
     *
     * @param bookedOn the day of the books, Europe/Paris
     */
    public record Opening(String account, LocalDate bookedOn, Money amount) {}

    /**
     * A balance that is not what the statement adds up to.
     *
     * @param since when it was first seen
     */
    public record Difference(String account, Money ours, Money stripes, Instant since) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    Statements(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The day from which an environment's books are made of Stripe's statement; empty where none
     * was read yet.
     */
    public Optional<LocalDate> beganOn(Environment environment) {
        return jdbc.sql(
                        """
                        select began_on
                        from statement
                        where environment = :environment
                        order by began_on
                        limit 1
                        """)
                .param("environment", environment.code())
                .query(LocalDate.class)
                .optional();
    }

    /**
     * Compares the sums with what Stripe holds, pending and available. The first time it says what
     * was there before the statement.
     *
     * @param stripe by currency, at a moment at which all lines were read
     * @return whether they agree
     */
    @Transactional
    public boolean compare(String account, Environment environment, Map<Currency, Long> stripe) {
        var held = stripe.entrySet().stream().toList();
        jdbc.sql(
                        """
                        insert into statement_balance as known (account, environment, currency, stripe_minor)
                        select :account, :environment, currency, minor
                        from unnest(:currencies::text[], :amounts::bigint[]) as given (currency, minor)
                        order by currency
                        on conflict (account, environment, currency) do update set stripe_minor = excluded.stripe_minor
                        """)
                .param("account", account)
                .param("environment", environment.code())
                .param("currencies", Columns.texts(held, each -> each.getKey().code()))
                .param("amounts", Columns.longs(held, Map.Entry::getValue))
                .update();
        jdbc.sql(
                        """
                        update statement_balance
                        set stripe_minor = 0
                        where account = :account and environment = :environment and currency <> all(:currencies::text[])
                        """)
                .param("account", account)
                .param("environment", environment.code())
                .param("currencies", Columns.texts(held, each -> each.getKey().code()))
                .update();
        open(account, environment);
        return agrees(account, environment);
    }

    /** What Stripe held before is what its lines do not explain; said once. */
    private void open(String account, Environment environment) {
        Instant now = clock.instant();
        jdbc.sql(
                        """
                        with opened as (
                            update statement
                            set opened_on = case when :now < (began_on + 1) + time '06:00' then began_on else :today end
                            where account = :account and environment = :environment and opened_on is null
                            returning account, environment)
                        update statement_balance b
                        set opening_minor = b.stripe_minor - b.net_minor
                        from opened o
                        where b.account = o.account and b.environment = o.environment
                        """)
                .param("account", account)
                .param("environment", environment.code())
                .param("now", now.atZone(Paris.ZONE).toLocalDateTime())
                .param("today", Paris.dayOf(now))
                .update();
    }

    private boolean agrees(String account, Environment environment) {
        return jdbc.sql(
                        """
                        with compared as (
                            select count(*) filter (where opening_minor + net_minor <> stripe_minor) = 0 as agrees
                            from statement_balance
                            where account = :account and environment = :environment)
                        update statement s
                        set agreed_at = case when c.agrees then :now else s.agreed_at end,
                            differs_since = case when c.agrees then null else coalesce(s.differs_since, :now) end
                        from compared c
                        where s.account = :account and s.environment = :environment
                        returning c.agrees
                        """)
                .param("account", account)
                .param("environment", environment.code())
                .param("now", at(clock.instant()))
                .query(Boolean.class)
                .single();
    }

    /** Whether the last comparison found a difference. */
    public boolean differs(String account, Environment environment) {
        return jdbc.sql(
                                """
                                select count(*)
                                from statement
                                where account = :account and environment = :environment
                                    and differs_since is not null
                                """)
                        .param("account", account)
                        .param("environment", environment.code())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** What was there before the statements, of those that began on these days. */
    public List<Opening> openings(Environment environment, LocalDate from, LocalDate to) {
        return jdbc.sql(
                        """
                        select s.account, s.opened_on, b.currency, b.opening_minor
                        from statement s
                        join statement_balance b on b.account = s.account and b.environment = s.environment
                        where s.environment = :environment and s.opened_on between :from and :to
                            and b.opening_minor <> 0
                        order by s.opened_on, s.account, b.currency
                        """)
                .param("environment", environment.code())
                .param("from", from)
                .param("to", to)
                .query((row, number) ->
                        new Opening(
                                row.getString("account"),
                                row.getObject("opened_on", LocalDate.class),
                                new Money(
                                        row.getLong("opening_minor"),
                                        new Currency(row.getString("currency")))))
                .list();
    }

    /** Balances that are not Stripe's, and were not for a while. */
    public List<Difference> differences(Environment environment) {
        return jdbc.sql(
                        """
                        select s.account, s.differs_since, b.currency, b.opening_minor + b.net_minor as ours, b.stripe_minor
                        from statement s
                        join statement_balance b on b.account = s.account and b.environment = s.environment
                        where s.environment = :environment and s.differs_since <= :before
                            and b.opening_minor + b.net_minor <> b.stripe_minor
                        order by s.account, b.currency
                        """)
                .param("environment", environment.code())
                .param("before", at(clock.instant().minus(PATIENCE)))
                .query((row, number) -> {
                    var currency = new Currency(row.getString("currency"));
                    return new Difference(
                            row.getString("account"),
                            new Money(row.getLong("ours"), currency),
                            new Money(row.getLong("stripe_minor"), currency),
                            row.getObject("differs_since", OffsetDateTime.class).toInstant());
                })
                .list();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
