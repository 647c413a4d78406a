package com.comptappart.invoice;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which objects of the archive hold which documents, as rows. */
@Repository
class ArchiveRows {

    /** An object and the numbers in it. */
    record Batch(long first, long last, String objectKey, byte[] sha256) {}

    /**
     * Documents that no object holds.
     *
     * @param after the last number before them
     * @param before the first number behind them that an object holds, or one more than the last
     */
    record Gap(Series series, long after, long before) {}

    private final JdbcClient jdbc;
    private final Clock clock;
    private final String installation;

    ArchiveRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.installation =
                jdbc.sql("select installation_id from installation").query(String.class).single();
    }

    /** The name of this database, which a backup of it keeps. */
    String installation() {
        return installation;
    }

    void add(Claim claim) {
        var entries = claim.batch().entries();
        var series = entries.getFirst().series();
        jdbc.sql(
                        """
                        insert into archive_batch (
                            seller_id, environment, kind, year, first_seq, last_seq, object_key, sha256, stored_at)
                        values (:seller, :environment, :kind, :year, :first, :last, :key, :sha256, :now)
                        on conflict (seller_id, environment, kind, year, first_seq) do nothing
                        """)
                .param("seller", series.sellerId())
                .param("environment", series.environment().code())
                .param("kind", series.kind().code())
                .param("year", series.year())
                .param("first", entries.getFirst().sequence())
                .param("last", entries.getLast().sequence())
                .param("key", claim.objectKey())
                .param("sha256", claim.objectSha256())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The objects of a series in the order of numbers, a page of them. */
    List<Batch> page(Series.Key series, long after, int limit) {
        return jdbc.sql(
                        """
                        select first_seq, last_seq, object_key, sha256
                        from archive_batch
                        where seller_id = :seller and environment = :environment and kind = :kind and year = :year
                            and first_seq > :after
                        order by first_seq
                        limit :limit
                        """)
                .param("seller", series.sellerId())
                .param("environment", series.environment().code())
                .param("kind", series.kind().code())
                .param("year", series.year())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) ->
                        new Batch(
                                row.getLong("first_seq"),
                                row.getLong("last_seq"),
                                row.getString("object_key"),
                                row.getBytes("sha256")))
                .list();
    }

    /** What was stored before there was an archive: the first gap of each series. */
    List<Gap> gaps() {
        return jdbc.sql(
                        """
                        with ends as (
                            select seller_id, environment, kind, year, first_seq,
                                coalesce(lag(last_seq) over (
                                    partition by seller_id, environment, kind, year order by first_seq), 0) as former
                            from (
                                select seller_id, environment, kind, year, first_seq, last_seq from archive_batch
                                union all
                                select seller_id, environment, kind, year, last_number + 1, last_number + 1
                                from invoice_series) as b)
                        select distinct on (s.seller_id, s.environment, s.kind, s.year)
                            s.seller_id, s.environment, s.kind, s.year, s.prefix, s.last_number, s.last_date, s.last_hash,
                            e.former, e.first_seq
                        from ends e
                        join invoice_series s on s.seller_id = e.seller_id and s.environment = e.environment
                            and s.kind = e.kind and s.year = e.year
                        where e.first_seq > e.former + 1
                        order by s.seller_id, s.environment, s.kind, s.year, e.first_seq
                        """)
                .query((row, number) ->
                        new Gap(
                                SeriesRows.series(row),
                                row.getLong("former"),
                                row.getLong("first_seq")))
                .list();
    }
}
