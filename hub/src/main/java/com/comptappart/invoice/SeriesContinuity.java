package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Whether the numbers of each series are exactly 1 to its last (invariant I7): asked by the
 * ledger's check, and by pages, which get what was found less than a minute ago.
 */
@Repository
public class SeriesContinuity implements LedgerCheck {

    private final JdbcClient jdbc;
    private final Minute<Checked> known;

    SeriesContinuity(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        known = new Minute<>(clock);
    }

    /**
     * A series with at least one number.
     *
     * @param count of its documents
     * @param missing the first number that should be there and is not, or that is there and should
     *     not; empty where there is no break
     */
    public record Standing(
            DocumentKind kind,
            int year,
            String first,
            String last,
            long count,
            Optional<String> missing) {}

    /** What the check found, and when. */
    public record Checked(List<Standing> series, Instant at) {
        public Checked {
            series = List.copyOf(series);
        }

        public boolean isContinuous() {
            return series.stream().allMatch(each -> each.missing().isEmpty());
        }
    }

    /** A seller's series, the newest year first. */
    public Checked of(String sellerId, Environment environment) {
        return known.of(
                sellerId + " " + environment.code(),
                now -> new Checked(check(sellerId, environment), now));
    }

    @Override
    public Optional<String> firstBreak(LedgerDays days) {
        return check(null, null).stream()
                .flatMap(each -> each.missing().stream())
                .map(number -> number + " breaks the numbers of its series")
                .findFirst();
    }

    private record Counted(
            Series.Key key, String prefix, long last, long count, long least, long most) {

        boolean isContinuous() {
            return count == last && least == 1 && most == last;
        }

        String number(long sequence) {
            return Series.number(prefix, key.year(), sequence);
        }
    }

    private List<Standing> check(@Nullable String sellerId, @Nullable Environment environment) {
        return jdbc
                .sql(
                        """
                        select s.seller_id, s.environment, s.kind, s.year, s.prefix, s.last_number, i.count, i.least, i.most
                        from invoice_series s
                        cross join lateral (
                            select count(*) as count, coalesce(min(seq), 1) as least, coalesce(max(seq), 0) as most
                            from invoice
                            where seller_id = s.seller_id and environment = s.environment and kind = s.kind
                                and year = s.year) i
                        where (:seller::text is null or s.seller_id = :seller)
                            and (:environment::text is null or s.environment = :environment)
                            and (s.last_number > 0 or i.count > 0)
                        order by s.year desc, s.kind desc, s.seller_id, s.environment
                        """)
                .param("seller", sellerId)
                .param("environment", environment == null ? null : environment.code())
                .query((row, number) ->
                        new Counted(
                                new Series.Key(
                                        row.getString("seller_id"),
                                        Environment.of(row.getString("environment")),
                                        DocumentKind.of(row.getString("kind")),
                                        row.getInt("year")),
                                row.getString("prefix"),
                                row.getLong("last_number"),
                                row.getLong("count"),
                                row.getLong("least"),
                                row.getLong("most")))
                .list()
                .stream()
                .map(this::standing)
                .toList();
    }

    private Standing standing(Counted counted) {
        return new Standing(
                counted.key().kind(),
                counted.key().year(),
                counted.number(1),
                counted.number(Math.max(1, counted.last())),
                counted.count(),
                counted.isContinuous() ? Optional.empty() : Optional.of(broken(counted)));
    }

    /** Behind the last document where none is missing before: the counter knows of others. */
    private String broken(Counted counted) {
        var key = counted.key();
        long sequence =
                jdbc.sql(
                                """
                                select expected
                                from (
                                    select seq, lag(seq, 1, 0::bigint) over (order by seq) + 1 as expected
                                    from invoice
                                    where seller_id = :seller and environment = :environment and kind = :kind and year = :year) n
                                where seq <> expected
                                order by seq
                                limit 1
                                """)
                        .param("seller", key.sellerId())
                        .param("environment", key.environment().code())
                        .param("kind", key.kind().code())
                        .param("year", key.year())
                        .query(Long.class)
                        .optional()
                        .orElse(Math.min(counted.last(), counted.most()) + 1);
        return counted.number(sequence);
    }
}
