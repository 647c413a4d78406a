package com.comptappart.order;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads Stripe's statements as books want them: by day, oldest first, a page in memory. */
@Repository
public class StatementLines {

    private static final int PAGE = 500;
    private static final int MOST_SHOWN = 50;

    /**
     * A line and its day of the books.
     *
     * @param bookedOn Europe/Paris
     */
    public record Booked(LocalDate bookedOn, BalanceTransaction transaction) {}

    /** A day on which something moved in a currency. */
    public record ForeignDay(Currency currency, LocalDate day) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    StatementLines(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The lines of some days that are known now, of all accounts. */
    public Reading reading(Environment environment, LocalDate from, LocalDate to) {
        return new Reading(environment, from, to, clock.instant());
    }

    /** Lines that no rule says where to book, the newest first. */
    public List<Booked> unexplained(Environment environment, LocalDate since) {
        return jdbc.sql(
                        """
                        select account, environment, transaction_id, kind, type, category, in_balance, currency,
                            amount_minor, fee_minor, fee_tax_minor, fees, exchange_rate, source_id, reference,
                            source_currency, source_minor, created_at, available_on, booked_on
                        from balance_transaction
                        where environment = :environment and booked_on >= :since and (kind = 'other' or not in_balance)
                        order by booked_on desc, created_at desc
                        limit :limit
                        """)
                .param("environment", environment.code())
                .param("since", since)
                .param("limit", MOST_SHOWN)
                .query(StatementLines::booked)
                .list();
    }

    /** Some lines, as they are at one moment. */
    public final class Reading {

        private final Environment environment;
        private final LocalDate from;
        private final LocalDate to;
        private final Instant until;
        private final Deque<Booked> page = new ArrayDeque<>(PAGE);
        private @Nullable Booked last;
        private boolean ended;

        private Reading(Environment environment, LocalDate from, LocalDate to, Instant until) {
            this.environment = environment;
            this.from = from;
            this.to = to;
            this.until = until;
        }

        /** In which currencies a rate is needed, and of which days: those of the transactions. */
        public List<ForeignDay> foreignDays() {
            return jdbc.sql(
                            """
                            select distinct currency, (created_at at time zone 'Europe/Paris')::date as day
                            from balance_transaction
                            where environment = :environment and booked_on between :from and :to
                                and recorded_at <= :until and currency <> 'EUR'
                            order by currency, day
                            """)
                    .param("environment", environment.code())
                    .param("from", from)
                    .param("to", to)
                    .param("until", until.atOffset(ZoneOffset.UTC))
                    .query((row, number) ->
                            new ForeignDay(
                                    new Currency(row.getString("currency")),
                                    row.getObject("day", LocalDate.class)))
                    .list();
        }

        /** The next one that is not booked after a day; each is given once. */
        public Optional<Booked> next(LocalDate upTo) {
            if (page.isEmpty() && !ended) {
                page.addAll(read());
                ended = page.size() < PAGE;
            }
            if (page.isEmpty() || page.getFirst().bookedOn().isAfter(upTo)) {
                return Optional.empty();
            }
            last = page.removeFirst();
            return Optional.of(last);
        }

        private List<Booked> read() {
            var after = last == null ? null : last.transaction();
            return jdbc.sql(
                            """
                            select account, environment, transaction_id, kind, type, category, in_balance, currency,
                                amount_minor, fee_minor, fee_tax_minor, fees, exchange_rate, source_id, reference,
                                source_currency, source_minor, created_at, available_on, booked_on
                            from balance_transaction
                            where environment = :environment and booked_on between :from and :to
                                and recorded_at <= :until
                                and (booked_on, created_at, account, transaction_id)
                                    > (:day, :created, :account, :transaction)
                            order by booked_on, created_at, account, transaction_id
                            limit :limit
                            """)
                    .param("environment", environment.code())
                    .param("from", from)
                    .param("to", to)
                    .param("until", until.atOffset(ZoneOffset.UTC))
                    .param("day", last == null ? from.minusDays(1) : last.bookedOn())
                    .param("created", at(after == null ? Instant.EPOCH : after.createdAt()))
                    .param("account", after == null ? "" : after.account())
                    .param("transaction", after == null ? "" : after.id())
                    .param("limit", PAGE)
                    .query(StatementLines::booked)
                    .list();
        }
    }

    private static Booked booked(ResultSet row, int number) throws SQLException {
        var transaction =
                new BalanceTransaction(
                        row.getString("account"),
                        Environment.of(row.getString("environment")),
                        row.getString("transaction_id"),
                        BalanceTransaction.Kind.of(row.getString("kind")),
                        row.getString("type"),
                        row.getString("category"),
                        row.getBoolean("in_balance"),
                        new Currency(row.getString("currency")),
                        row.getLong("amount_minor"),
                        row.getLong("fee_minor"),
                        row.getLong("fee_tax_minor"),
                        row.getString("fees"),
                        row.getBigDecimal("exchange_rate"),
                        row.getString("source_id"),
                        row.getString("reference"),
                        new Money(
                                row.getLong("source_minor"),
                                new Currency(row.getString("source_currency"))),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("available_on", OffsetDateTime.class).toInstant());
        return new Booked(row.getObject("booked_on", LocalDate.class), transaction);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
