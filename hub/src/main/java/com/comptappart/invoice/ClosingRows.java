package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Closings as rows. */
@Repository
class ClosingRows {

    /** Whose documents are closed together. */
    record Books(String sellerId, Environment environment) {}

    private final JdbcClient jdbc;

    ClosingRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Sellers of documents that count; test documents are not in the books. */
    List<Books> allBooks() {
        return jdbc.sql(
                        """
                        select distinct seller_id from invoice_series
                        where environment = 'production'
                        order by seller_id
                        """)
                .query((row, number) ->
                        new Books(row.getString("seller_id"), Environment.PRODUCTION))
                .list();
    }

    /** The day of the first document. */
    Optional<LocalDate> firstDay(Books books) {
        return jdbc.sql(
                        """
                        select min(i.issue_date) as first_day
                        from invoice i
                        where i.seller_id = :seller and i.environment = :environment and i.seq = 1
                        """)
                .param("seller", books.sellerId())
                .param("environment", books.environment().code())
                .query((row, number) ->
                        Optional.ofNullable(row.getObject("first_day", LocalDate.class)))
                .single();
    }

    /** A closing of a seller who has no documents. */
    Optional<String> stray() {
        return jdbc.sql(
                        """
                        select c.seller_id
                        from closing c
                        where not exists (
                            select 1 from invoice_series s
                            where s.seller_id = c.seller_id and s.environment = c.environment)
                        limit 1
                        """)
                .query((row, number) ->
                        "there are closings of "
                                + row.getString("seller_id")
                                + ", and no documents")
                .optional();
    }

    Optional<Closing.Signed> last(Books books) {
        return jdbc.sql(
                        """
                        select seq, period, first_day, last_day, content, previous_hash, closing_hash, key_id, signature
                        from closing
                        where seller_id = :seller and environment = :environment
                        order by seq desc
                        limit 1
                        """)
                .param("seller", books.sellerId())
                .param("environment", books.environment().code())
                .query((row, number) -> signed(books, row))
                .optional();
    }

    /** Closings of days that end in a period, oldest first. */
    List<Closing.Signed> days(Books books, LocalDate from, LocalDate to) {
        return jdbc.sql(
                        """
                        select seq, period, first_day, last_day, content, previous_hash, closing_hash, key_id, signature
                        from closing
                        where seller_id = :seller and environment = :environment and period = 'day'
                            and last_day between :from and :to
                        order by last_day
                        """)
                .param("seller", books.sellerId())
                .param("environment", books.environment().code())
                .param("from", from)
                .param("to", to)
                .query((row, number) -> signed(books, row))
                .list();
    }

    /** The closings behind one, in the order of the chain. */
    List<Closing.Signed> page(Books books, long after, int limit) {
        return jdbc.sql(
                        """
                        select seq, period, first_day, last_day, content, previous_hash, closing_hash, key_id, signature
                        from closing
                        where seller_id = :seller and environment = :environment and seq > :after
                        order by seq
                        limit :limit
                        """)
                .param("seller", books.sellerId())
                .param("environment", books.environment().code())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> signed(books, row))
                .list();
    }

    /** False where another node closed it first. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean add(Closing.Signed signed) {
        var closing = signed.closing();
        return jdbc.sql(
                                """
                                insert into closing (
                                    seller_id, environment, seq, period, first_day, last_day, content, previous_hash,
                                    closing_hash, key_id, signature)
                                values (
                                    :seller, :environment, :seq, :period, :first, :last, :content, :previous, :hash,
                                    :key, :signature)
                                on conflict do nothing
                                """)
                        .param("seller", closing.sellerId())
                        .param("environment", closing.environment().code())
                        .param("seq", closing.sequence())
                        .param("period", closing.period().code())
                        .param("first", closing.firstDay())
                        .param("last", closing.lastDay())
                        .param("content", closing.content())
                        .param("previous", closing.previousHash())
                        .param("hash", signed.hash())
                        .param("key", signed.keyId())
                        .param("signature", signed.signature())
                        .update()
                == 1;
    }

    private static Closing.Signed signed(Books books, ResultSet row) throws SQLException {
        return new Closing.Signed(
                new Closing(
                        books.sellerId(),
                        books.environment(),
                        row.getLong("seq"),
                        ClosingPeriod.of(row.getString("period")),
                        row.getObject("first_day", LocalDate.class),
                        row.getObject("last_day", LocalDate.class),
                        row.getString("content"),
                        row.getBytes("previous_hash")),
                row.getBytes("closing_hash"),
                row.getString("key_id"),
                row.getBytes("signature"));
    }
}
