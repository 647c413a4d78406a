package com.comptappart.invoice;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.Environment;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Writes what documents are found by, from the ledger. */
@Repository
class FinderRows {

    private final JdbcClient jdbc;

    FinderRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A series whose documents behind a number can't be found yet. */
    record Behind(Series.Key key, long done) {}

    List<Behind> behind() {
        return jdbc.sql(
                        """
                        select s.seller_id, s.environment, s.kind, s.year, coalesce(d.last_number, 0) as done
                        from invoice_series s
                        left join invoice_finder_stand d on d.seller_id = s.seller_id and d.environment = s.environment
                            and d.kind = s.kind and d.year = s.year
                        where s.last_number > coalesce(d.last_number, 0)
                        order by s.seller_id, s.environment, s.kind, s.year
                        """)
                .query((row, number) ->
                        new Behind(
                                new Series.Key(
                                        row.getString("seller_id"),
                                        Environment.of(row.getString("environment")),
                                        DocumentKind.of(row.getString("kind")),
                                        row.getInt("year")),
                                row.getLong("done")))
                .list();
    }

    private record Found(
            long sequence,
            String partner,
            String number,
            LocalDate day,
            Instant at,
            String buyer,
            String email,
            String words) {}

    /**
     * Makes the next documents of a series found; of two nodes that do so, one does nothing.
     *
     * @return how many
     */
    @Transactional
    public int add(Behind behind, int limit) {
        var found = next(behind, limit);
        if (found.isEmpty() || !moves(behind, found.getLast().sequence())) {
            return 0;
        }
        var key = behind.key();
        jdbc.sql(
                        """
                        insert into invoice_finder (
                            partner_id, environment, kind, year, number, issue_date, issued_at, buyer, email, words)
                        select partner_id, :environment, :kind, :year, number, issue_date, issued_at, buyer, email,
                            array_to_tsvector(string_to_array(words, ' '))
                        from unnest(:partners::text[], :numbers::text[], :days::date[], :times::timestamptz[], :buyers::text[],
                            :emails::text[], :words::text[])
                            as given (partner_id, number, issue_date, issued_at, buyer, email, words)
                        on conflict do nothing
                        """)
                .param("environment", key.environment().code())
                .param("kind", key.kind().code())
                .param("year", key.year())
                .param("partners", Columns.texts(found, Found::partner))
                .param("numbers", Columns.texts(found, Found::number))
                .param("days", Columns.texts(found, each -> each.day().toString()))
                .param("times", Columns.texts(found, each -> each.at().toString()))
                .param("buyers", Columns.texts(found, Found::buyer))
                .param("emails", Columns.texts(found, Found::email))
                .param("words", Columns.texts(found, Found::words))
                .update();
        return found.size();
    }

    private boolean moves(Behind behind, long last) {
        var key = behind.key();
        return jdbc.sql(
                                """
                                insert into invoice_finder_stand as d (seller_id, environment, kind, year, last_number)
                                values (:seller, :environment, :kind, :year, :last)
                                on conflict (seller_id, environment, kind, year) do update
                                set last_number = excluded.last_number
                                where d.last_number = :done
                                """)
                        .param("seller", key.sellerId())
                        .param("environment", key.environment().code())
                        .param("kind", key.kind().code())
                        .param("year", key.year())
                        .param("last", last)
                        .param("done", behind.done())
                        .update()
                == 1;
    }

    private List<Found> next(Behind behind, int limit) {
        var key = behind.key();
        var reader = new ContentReader();
        return jdbc.sql(
                        """
                        select partner_id, seq, number, issue_date, issued_at, content
                        from invoice
                        where seller_id = :seller and environment = :environment and kind = :kind and year = :year
                            and seq > :done
                        order by seq
                        limit :limit
                        """)
                .param("seller", key.sellerId())
                .param("environment", key.environment().code())
                .param("kind", key.kind().code())
                .param("year", key.year())
                .param("done", behind.done())
                .param("limit", limit)
                .query((row, number) -> found(reader, row))
                .list();
    }

    private static Found found(ContentReader reader, ResultSet row) throws SQLException {
        String number = row.getString("number");
        var content = reader.read(row.getString("content").getBytes(StandardCharsets.UTF_8));
        var buyer = content.buyer();
        return new Found(
                row.getLong("seq"),
                row.getString("partner_id"),
                number,
                row.getObject("issue_date", LocalDate.class),
                row.getTimestamp("issued_at").toInstant(),
                orEmpty(buyer.name()),
                orEmpty(buyer.email()),
                FinderWords.of(number, content));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
