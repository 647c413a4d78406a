package com.comptappart.invoice;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.Environment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Number series as rows. */
@Repository
class SeriesRows {

    private final JdbcClient jdbc;

    SeriesRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest year's series. */
    Optional<Series> newest(RequestRows.Writer writer) {
        return jdbc.sql(
                        """
                        select year, prefix, last_number, last_date, last_hash
                        from invoice_series
                        where seller_id = :seller and environment = :environment and kind = :kind
                        order by year desc
                        limit 1
                        """)
                .param("seller", writer.sellerId())
                .param("environment", writer.environment().code())
                .param("kind", writer.kind().code())
                .query((row, number) -> series(writer, row))
                .optional();
    }

    /** Whether a year is over for a series, whatever a node's clock says. */
    boolean isClosed(Series.Key key) {
        return jdbc.sql(
                        """
                        select closed
                        from invoice_series
                        where seller_id = :seller and environment = :environment and kind = :kind and year = :year
                        """)
                .param("seller", key.sellerId())
                .param("environment", key.environment().code())
                .param("kind", key.kind().code())
                .param("year", key.year())
                .query(Boolean.class)
                .single();
    }

    /**
     * Opens a year's series and closes the former year's for good, whose last hash the new chain
     * goes on from; a series that is there already stays as it is.
     */
    @Transactional
    public void open(Series series) {
        byte[] former =
                jdbc.sql(
                                """
                                update invoice_series
                                set closed = true
                                where seller_id = :seller and environment = :environment and kind = :kind and not closed
                                    and year < :year
                                returning last_hash
                                """)
                        .param("seller", series.key().sellerId())
                        .param("environment", series.key().environment().code())
                        .param("kind", series.key().kind().code())
                        .param("year", series.key().year())
                        .query((row, number) -> row.getBytes("last_hash"))
                        .optional()
                        .orElse(series.lastHash());
        jdbc.sql(
                        """
                        insert into invoice_series (
                            seller_id, environment, kind, year, prefix, last_number, last_date, last_hash)
                        select :seller, :environment, :kind, :year, :prefix, 0, greatest(:date, (
                            select max(last_day) + 1 from closing
                            where seller_id = :seller and environment = :environment and period = 'day')), :hash
                        on conflict (seller_id, environment, kind, year) do nothing
                        """)
                .param("seller", series.key().sellerId())
                .param("environment", series.key().environment().code())
                .param("kind", series.key().kind().code())
                .param("year", series.key().year())
                .param("prefix", series.prefix())
                .param("date", series.lastDate())
                .param("hash", former)
                .update();
    }

    /**
     * Says that a writer is about to claim documents in the archive, from where it read the series;
     * false where somebody else moved it meanwhile, or their day was closed.
     *
     * <p>Committed without a wait for the disk. A crash of the database may forget it, which harms
     * only a writer that is frozen at that very moment until its day is closed.
     */
    boolean announce(Series from, LocalDate firstDate) {
        return moved(
                """
                with quick as materialized (select set_config('synchronous_commit', 'off', true))
                update invoice_series
                set claiming = last_number + 1
                from quick
                where seller_id = :seller and environment = :environment and kind = :kind and year = :year
                    and last_number = :from and last_hash = :from_hash and not closed and last_date <= :first_date
                """,
                from,
                firstDate,
                statement -> statement);
    }

    /**
     * Moves the counter from where it was read; false where somebody else moved it meanwhile, and
     * nothing may be stored.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean advance(Series from, List<LedgerEntry> entries) {
        var last = entries.getLast();
        return moved(
                """
                update invoice_series
                set last_number = :last, last_date = :date, last_hash = :hash
                where seller_id = :seller and environment = :environment and kind = :kind and year = :year
                    and last_number = :from and last_hash = :from_hash and not closed and last_date <= :first_date
                """,
                from,
                entries.getFirst().invoice().issueDate(),
                statement ->
                        statement
                                .param("last", last.sequence())
                                .param("date", last.invoice().issueDate())
                                .param("hash", last.hash()));
    }

    private boolean moved(
            String sql,
            Series from,
            LocalDate firstDate,
            UnaryOperator<JdbcClient.StatementSpec> more) {
        return more.apply(jdbc.sql(sql))
                        .param("first_date", firstDate)
                        .param("seller", from.key().sellerId())
                        .param("environment", from.key().environment().code())
                        .param("kind", from.key().kind().code())
                        .param("year", from.key().year())
                        .param("from", from.lastNumber())
                        .param("from_hash", from.lastHash())
                        .update()
                == 1;
    }

    /** A seller's series that documents can still be added to. */
    List<Series> of(ClosingRows.Books books) {
        return jdbc.sql(
                        """
                        select kind, year, prefix, last_number, last_date, last_hash
                        from invoice_series
                        where seller_id = :seller and environment = :environment and not closed
                        order by kind, year
                        """)
                .param("seller", books.sellerId())
                .param("environment", books.environment().code())
                .query((row, number) ->
                        series(
                                new RequestRows.Writer(
                                        books.sellerId(),
                                        books.environment(),
                                        DocumentKind.of(row.getString("kind"))),
                                row))
                .list();
    }

    /**
     * Moves a seller's counters past a day, in the transaction that closes it; a year's series ends
     * with its last day.
     *
     * @param stands the last document of each series that was counted
     * @return false where there is another document of that day, or may still be
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean endDay(ClosingRows.Books books, LocalDate day, List<Closing.Stand> stands) {
        var beingClaimed =
                jdbc.sql(
                                """
                                update invoice_series
                                set last_date = case when year = :year then greatest(last_date, :next) else last_date end,
                                    closed = closed or year < :year
                                where seller_id = :seller and environment = :environment and not closed
                                returning claiming > last_number
                                """)
                        .param("seller", books.sellerId())
                        .param("environment", books.environment().code())
                        .param("next", day.plusDays(1))
                        .param("year", day.plusDays(1).getYear())
                        .query(Boolean.class)
                        .list();
        if (beingClaimed.contains(true)) {
            return false;
        }
        return jdbc.sql(
                        """
                        select not exists (
                            select 1
                            from invoice_series s
                            left join unnest(:kinds::text[], :years::int[], :numbers::bigint[])
                                as counted (kind, year, number) on counted.kind = s.kind and counted.year = s.year
                            join invoice i on i.seller_id = s.seller_id and i.environment = s.environment
                                and i.kind = s.kind and i.year = s.year and i.seq = coalesce(counted.number, 0) + 1
                            where s.seller_id = :seller and s.environment = :environment and i.issue_date <= :day)
                        """)
                .param("kinds", Columns.texts(stands, Closing.Stand::kind))
                .param("years", stands.stream().map(Closing.Stand::year).toArray(Integer[]::new))
                .param("numbers", Columns.longs(stands, Closing.Stand::lastNumber))
                .param("seller", books.sellerId())
                .param("environment", books.environment().code())
                .param("day", day)
                .query(Boolean.class)
                .single();
    }

    /**
     * A whole row: seller_id, environment, kind, year, prefix, last_number, last_date, last_hash.
     */
    static Series series(ResultSet row) throws SQLException {
        return series(
                new RequestRows.Writer(
                        row.getString("seller_id"),
                        Environment.of(row.getString("environment")),
                        DocumentKind.of(row.getString("kind"))),
                row);
    }

    private static Series series(RequestRows.Writer writer, ResultSet row) throws SQLException {
        return new Series(
                new Series.Key(
                        writer.sellerId(), writer.environment(), writer.kind(), row.getInt("year")),
                row.getString("prefix"),
                row.getLong("last_number"),
                row.getObject("last_date", LocalDate.class),
                row.getBytes("last_hash"));
    }
}
