package com.comptappart.invoice;

import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Reads the ledger in the order of its numbers. */
@Repository
class LedgerRows {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final InvoiceFiles files;

    LedgerRows(JdbcClient jdbc, InvoiceFiles files) {
        this.jdbc = jdbc;
        this.files = files;
    }

    /** A row and the totals that its columns claim. */
    record Kept(
            LedgerEntry entry,
            PackedTail packed,
            byte[] contentHash,
            byte[] hash,
            String refundId,
            String refersTo,
            String currency,
            long total,
            long tax) {}

    /** Sellers, environments and kinds one after the other, each by year. */
    List<Series> allSeries() {
        return jdbc.sql(
                        """
                        select seller_id, environment, kind, year, prefix, last_number, last_date, last_hash
                        from invoice_series
                        order by seller_id, environment, kind, year
                        """)
                .query((row, number) -> SeriesRows.series(row))
                .list();
    }

    /** A document whose series there is not. */
    Optional<String> strays() {
        return jdbc.sql(
                        """
                        select i.number
                        from invoice i
                        where not exists (
                            select 1 from invoice_series s
                            where s.seller_id = i.seller_id and s.environment = i.environment and s.kind = i.kind
                                and s.year = i.year)
                        limit 1
                        """)
                .query((row, number) -> row.getString("number") + " belongs to no series")
                .optional();
    }

    /**
     * The documents that follow a number.
     *
     * @throws tools.jackson.core.JacksonException where a content can't be read any more
     */
    List<Kept> page(Series series, long after, int limit) {
        return page(series, after, limit, true);
    }

    /**
     * The same without the bytes of the PDF, which only its hash stands for: an entry's own hash
     * needs no more.
     */
    List<Kept> pageOfEntries(Series series, long after, int limit) {
        return page(series, after, limit, false);
    }

    private List<Kept> page(Series series, long after, int limit, boolean withTails) {
        return jdbc.sql(
                        """
                        select partner_id, order_id, refund_id, refers_to, seq, number, issue_date, currency, total_minor, tax_minor, content,
                            content_sha256, prefix_id, case when :tails then dictionary_id else '' end as dictionary_id,
                            case when :tails then pdf_tail else ''::bytea end as pdf_tail, pdf_sha256, previous_hash,
                            entry_hash, issued_at
                        from invoice
                        where seller_id = :seller and environment = :environment and kind = :kind and year = :year
                            and seq > :after
                        order by seq
                        limit :limit
                        """)
                .param("seller", series.key().sellerId())
                .param("environment", series.key().environment().code())
                .param("kind", series.key().kind().code())
                .param("year", series.key().year())
                .param("after", after)
                .param("limit", limit)
                .param("tails", withTails)
                .query((row, number) -> kept(series.key(), row))
                .list();
    }

    /** Nothing where the bytes can't be unpacked: the hash over the document tells. */
    private byte[] tail(PackedTail packed) {
        try {
            return files.unpack(packed);
        } catch (IllegalStateException e) {
            return new byte[0];
        }
    }

    private Kept kept(Series.Key key, ResultSet row) throws SQLException {
        byte[] content = row.getBytes("content");
        var packed = new PackedTail(row.getString("dictionary_id"), row.getBytes("pdf_tail"));
        var invoice =
                new NumberedInvoice(
                        row.getString("number"),
                        row.getObject("issue_date", LocalDate.class),
                        JSON.readValue(content, InvoiceContent.class));
        var entry =
                new LedgerEntry(
                        new PartnerId(row.getString("partner_id")),
                        new OrderId(row.getLong("order_id")),
                        key,
                        row.getLong("seq"),
                        invoice,
                        content,
                        new RenderedInvoice(
                                row.getString("prefix_id"),
                                tail(packed),
                                row.getBytes("pdf_sha256")),
                        row.getBytes("previous_hash"),
                        row.getTimestamp("issued_at").toInstant());
        return new Kept(
                entry,
                packed,
                row.getBytes("content_sha256"),
                row.getBytes("entry_hash"),
                row.getString("refund_id"),
                row.getString("refers_to"),
                row.getString("currency"),
                row.getLong("total_minor"),
                row.getLong("tax_minor"));
    }

    /** What the archive must have of a document, byte for byte. */
    record Stamp(String partner, byte[] entryHash, byte[] tailSha256) {}

    List<Stamp> stamps(Series series, long first, long last) {
        return jdbc.sql(
                        """
                        select partner_id, entry_hash, sha256(pdf_tail) as tail_sha256
                        from invoice
                        where seller_id = :seller and environment = :environment and kind = :kind and year = :year
                            and seq between :first and :last
                        order by seq
                        """)
                .param("seller", series.key().sellerId())
                .param("environment", series.key().environment().code())
                .param("kind", series.key().kind().code())
                .param("year", series.key().year())
                .param("first", first)
                .param("last", last)
                .query((row, number) ->
                        new Stamp(
                                row.getString("partner_id"),
                                row.getBytes("entry_hash"),
                                row.getBytes("tail_sha256")))
                .list();
    }
}
