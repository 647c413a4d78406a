package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Requests, series and documents as rows. */
@Repository
class InvoiceRows {

    static final String INVOICE = "invoice";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Whose requests wait. */
    record Writer(String sellerId, Environment environment) {}

    /** A request that is due. */
    record Due(PartnerId partner, OrderId order, String prefix, String content, int attempts) {
        InvoiceContent read() {
            return JSON.readValue(content, InvoiceContent.class);
        }
    }

    private final JdbcClient jdbc;

    InvoiceRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Writer> writersWithWork(Instant now) {
        return jdbc.sql(
                        """
                        select distinct seller_id, environment
                        from invoice_request
                        where due_at <= :now
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new Writer(
                                row.getString("seller_id"),
                                Environment.of(row.getString("environment"))))
                .list();
    }

    List<Due> due(Writer writer, Instant now, int limit) {
        return jdbc.sql(
                        """
                        select partner_id, order_id, prefix, content, attempts
                        from invoice_request
                        where seller_id = :seller and environment = :environment and due_at <= :now
                        order by created_at, order_id
                        limit :limit
                        """)
                .param("seller", writer.sellerId())
                .param("environment", writer.environment().code())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, number) ->
                        new Due(
                                new PartnerId(row.getString("partner_id")),
                                new OrderId(row.getLong("order_id")),
                                row.getString("prefix"),
                                row.getString("content"),
                                row.getInt("attempts")))
                .list();
    }

    /** The newest year's series of that kind. */
    Optional<Series> newest(Writer writer, String kind) {
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
                .param("kind", kind)
                .query((row, number) -> series(writer, kind, row))
                .optional();
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
                        .param("kind", series.key().kind())
                        .param("year", series.key().year())
                        .query((row, number) -> row.getBytes("last_hash"))
                        .optional()
                        .orElse(series.lastHash());
        jdbc.sql(
                        """
                        insert into invoice_series (
                            seller_id, environment, kind, year, prefix, last_number, last_date, last_hash)
                        values (:seller, :environment, :kind, :year, :prefix, 0, :date, :hash)
                        on conflict (seller_id, environment, kind, year) do nothing
                        """)
                .param("seller", series.key().sellerId())
                .param("environment", series.key().environment().code())
                .param("kind", series.key().kind())
                .param("year", series.key().year())
                .param("prefix", series.prefix())
                .param("date", series.lastDate())
                .param("hash", former)
                .update();
    }

    /**
     * Moves the counter from where it was read; false where somebody else moved it meanwhile, and
     * nothing may be stored.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean advance(Series from, List<LedgerEntry> entries) {
        var last = entries.getLast();
        return jdbc.sql(
                                """
                                update invoice_series
                                set last_number = :last, last_date = :date, last_hash = :hash
                                where seller_id = :seller and environment = :environment and kind = :kind and year = :year
                                    and last_number = :from and last_hash = :from_hash and not closed
                                """)
                        .param("last", last.sequence())
                        .param("date", last.invoice().issueDate())
                        .param("hash", last.hash())
                        .param("seller", from.key().sellerId())
                        .param("environment", from.key().environment().code())
                        .param("kind", from.key().kind())
                        .param("year", from.key().year())
                        .param("from", from.lastNumber())
                        .param("from_hash", from.lastHash())
                        .update()
                == 1;
    }

    /** Stores documents, opens their links and ends their requests. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void store(List<LedgerEntry> entries, Instant linksOpenUntil) {
        var key = entries.getFirst().series();
        jdbc.sql(
                        """
                        insert into invoice (
                            partner_id, order_id, environment, seller_id, kind, year, seq, number, issue_date, currency,
                            total_minor, tax_minor, content, content_sha256, prefix_id, pdf_tail, pdf_sha256,
                            previous_hash, entry_hash, issued_at)
                        select partner_id, order_id, :environment, :seller, :kind, :year, seq, number, issue_date, currency,
                            total_minor, tax_minor, content, content_sha256, prefix_id, pdf_tail, pdf_sha256,
                            previous_hash, entry_hash, issued_at
                        from unnest(
                            :partners::text[], :orders::bigint[], :seqs::bigint[], :numbers::text[], :dates::date[],
                            :currencies::text[], :totals::bigint[], :taxes::bigint[], :contents::text[],
                            :content_hashes::bytea[], :prefixes::text[], :tails::bytea[], :pdf_hashes::bytea[],
                            :previous::bytea[], :hashes::bytea[], :issued::timestamptz[])
                            as given (
                                partner_id, order_id, seq, number, issue_date, currency, total_minor, tax_minor, content,
                                content_sha256, prefix_id, pdf_tail, pdf_sha256, previous_hash, entry_hash, issued_at)
                        """)
                .param("environment", key.environment().code())
                .param("seller", key.sellerId())
                .param("kind", key.kind())
                .param("year", key.year())
                .param("partners", texts(entries, entry -> entry.partner().value()))
                .param("orders", longs(entries, entry -> entry.order().value()))
                .param("seqs", longs(entries, LedgerEntry::sequence))
                .param("numbers", texts(entries, entry -> entry.invoice().number()))
                .param("dates", texts(entries, entry -> entry.invoice().issueDate().toString()))
                .param(
                        "currencies",
                        texts(entries, entry -> entry.invoice().content().currency().code()))
                .param("totals", longs(entries, entry -> entry.invoice().content().gross()))
                .param("taxes", longs(entries, entry -> entry.invoice().content().vat()))
                .param("contents", texts(entries, LedgerEntry::content))
                .param("content_hashes", bytes(entries, LedgerEntry::contentHash))
                .param("prefixes", texts(entries, entry -> entry.document().prefixId()))
                .param("tails", bytes(entries, entry -> entry.document().tail()))
                .param("pdf_hashes", bytes(entries, entry -> entry.document().pdfSha256()))
                .param("previous", bytes(entries, LedgerEntry::previousHash))
                .param("hashes", bytes(entries, LedgerEntry::hash))
                .param("issued", texts(entries, entry -> entry.issuedAt().toString()))
                .update();
        end(entries, linksOpenUntil);
    }

    private void end(List<LedgerEntry> entries, Instant linksOpenUntil) {
        jdbc.sql(
                        """
                        with ended as (
                            delete from invoice_request r
                            using unnest(:partners::text[], :orders::bigint[]) as given (partner_id, order_id)
                            where r.partner_id = given.partner_id and r.order_id = given.order_id
                            returning r.partner_id, r.order_id)
                        insert into invoice_link (partner_id, order_id, kind, open_until)
                        select partner_id, order_id, :kind, :until from ended
                        """)
                .param("partners", texts(entries, entry -> entry.partner().value()))
                .param("orders", longs(entries, entry -> entry.order().value()))
                .param("kind", entries.getFirst().series().kind())
                .param("until", linksOpenUntil.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Puts a request off; it stays owed and shows why. */
    void postpone(Due request, Instant until, String reason) {
        jdbc.sql(
                        """
                        update invoice_request
                        set due_at = :until, attempts = attempts + 1, reason = :reason
                        where partner_id = :partner and order_id = :order
                        """)
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("reason", reason)
                .param("partner", request.partner().value())
                .param("order", request.order().value())
                .update();
    }

    void keepTemplate(String prefixId, byte[] prefix) {
        jdbc.sql(
                        """
                        insert into invoice_template (prefix_id, prefix) values (:id, :prefix)
                        on conflict (prefix_id) do nothing
                        """)
                .param("id", prefixId)
                .param("prefix", prefix)
                .update();
    }

    private static Series series(Writer writer, String kind, ResultSet row) throws SQLException {
        return new Series(
                new Series.Key(writer.sellerId(), writer.environment(), kind, row.getInt("year")),
                row.getString("prefix"),
                row.getLong("last_number"),
                row.getObject("last_date", LocalDate.class),
                row.getBytes("last_hash"));
    }

    private static String[] texts(List<LedgerEntry> entries, Function<LedgerEntry, String> value) {
        return entries.stream().map(value).toArray(String[]::new);
    }

    private static Long[] longs(List<LedgerEntry> entries, Function<LedgerEntry, Long> value) {
        return entries.stream().map(value).toArray(Long[]::new);
    }

    private static byte[][] bytes(List<LedgerEntry> entries, Function<LedgerEntry, byte[]> value) {
        return entries.stream().map(value).toArray(byte[][]::new);
    }
}
