package com.comptappart.invoice;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.OrderId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Issued documents as rows. */
@Repository
class InvoiceRows {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;

    InvoiceRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Stores documents, opens their links and ends their requests. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void store(ArchivedBatch batch, Instant linksOpenUntil) {
        var entries = batch.entries();
        var key = entries.getFirst().series();
        jdbc.sql(
                        """
                        insert into invoice (
                            partner_id, order_id, refund_id, refers_to, environment, seller_id, kind, year, seq, number,
                            issue_date, currency, total_minor, tax_minor, content, content_sha256, prefix_id,
                            dictionary_id, pdf_tail, pdf_sha256, previous_hash, entry_hash, issued_at)
                        select partner_id, order_id, refund_id, refers_to, :environment, :seller, :kind, :year, seq, number,
                            issue_date, currency, total_minor, tax_minor, content, content_sha256, prefix_id,
                            dictionary_id, pdf_tail, pdf_sha256, previous_hash, entry_hash, issued_at
                        from unnest(
                            :partners::text[], :orders::bigint[], :refunds::text[], :refers::text[], :seqs::bigint[], :numbers::text[], :dates::date[],
                            :currencies::text[], :totals::bigint[], :taxes::bigint[], :contents::text[],
                            :content_hashes::bytea[], :prefixes::text[], :dictionaries::text[], :tails::bytea[], :pdf_hashes::bytea[],
                            :previous::bytea[], :hashes::bytea[], :issued::timestamptz[])
                            as given (
                                partner_id, order_id, refund_id, refers_to, seq, number, issue_date, currency, total_minor,
                                tax_minor, content,
                                content_sha256, prefix_id, dictionary_id, pdf_tail, pdf_sha256, previous_hash, entry_hash,
                                issued_at)
                        """)
                .param("environment", key.environment().code())
                .param("seller", key.sellerId())
                .param("kind", key.kind().code())
                .param("year", key.year())
                .param("partners", Columns.texts(entries, entry -> entry.partner().value()))
                .param("orders", Columns.longs(entries, entry -> entry.order().value()))
                .param("refunds", Columns.texts(entries, LedgerEntry::refundId))
                .param("refers", Columns.texts(entries, LedgerEntry::refersTo))
                .param("seqs", Columns.longs(entries, LedgerEntry::sequence))
                .param("numbers", Columns.texts(entries, entry -> entry.invoice().number()))
                .param(
                        "dates",
                        Columns.texts(entries, entry -> entry.invoice().issueDate().toString()))
                .param(
                        "currencies",
                        Columns.texts(
                                entries, entry -> entry.invoice().content().currency().code()))
                .param("totals", Columns.longs(entries, entry -> entry.invoice().content().gross()))
                .param("taxes", Columns.longs(entries, entry -> entry.invoice().content().vat()))
                .param("contents", Columns.texts(entries, LedgerEntry::content))
                .param("content_hashes", bytes(entries, LedgerEntry::contentHash))
                .param("prefixes", Columns.texts(entries, entry -> entry.document().prefixId()))
                .param("dictionaries", Columns.texts(batch.tails(), PackedTail::dictionaryId))
                .param(
                        "tails",
                        batch.tails().stream().map(PackedTail::bytes).toArray(byte[][]::new))
                .param("pdf_hashes", bytes(entries, entry -> entry.document().pdfSha256()))
                .param("previous", bytes(entries, LedgerEntry::previousHash))
                .param("hashes", bytes(entries, LedgerEntry::hash))
                .param("issued", Columns.texts(entries, entry -> entry.issuedAt().toString()))
                .update();
        end(entries, linksOpenUntil);
    }

    private void end(List<LedgerEntry> entries, Instant linksOpenUntil) {
        jdbc.sql(
                        """
                        with ended as (
                            delete from invoice_request r
                            using unnest(:partners::text[], :orders::bigint[], :refunds::text[])
                                as given (partner_id, order_id, refund_id)
                            where r.partner_id = given.partner_id and r.order_id = given.order_id and r.kind = :kind
                                and r.refund_id = given.refund_id
                            returning r.partner_id, r.order_id, r.kind, r.refund_id)
                        insert into invoice_link (partner_id, order_id, kind, refund_id, open_until)
                        select partner_id, order_id, kind, refund_id, :until from ended
                        """)
                .param("partners", Columns.texts(entries, entry -> entry.partner().value()))
                .param("orders", Columns.longs(entries, entry -> entry.order().value()))
                .param("refunds", Columns.texts(entries, LedgerEntry::refundId))
                .param("kind", entries.getFirst().series().kind().code())
                .param("until", linksOpenUntil.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The invoices of those orders and all their credit notes. */
    List<CreditNotes.Issued> issued(List<RequestRows.Due> due) {
        return jdbc.sql(
                        """
                        select i.order_id, i.number, i.issue_date, i.content
                        from (
                            select distinct partner_id, order_id
                            from unnest(:partners::text[], :orders::bigint[]) as given (partner_id, order_id)) as owed
                        join invoice i on i.partner_id = owed.partner_id and i.order_id = owed.order_id
                        """)
                .param("partners", Columns.texts(due, each -> each.partner().value()))
                .param("orders", Columns.longs(due, each -> each.order().value()))
                .query((row, number) ->
                        new CreditNotes.Issued(
                                new OrderId(row.getLong("order_id")),
                                new NumberedInvoice(
                                        row.getString("number"),
                                        row.getObject("issue_date", LocalDate.class),
                                        JSON.readValue(
                                                row.getString("content"), InvoiceContent.class))))
                .list();
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

    private static byte[][] bytes(List<LedgerEntry> entries, Function<LedgerEntry, byte[]> value) {
        return entries.stream().map(value).toArray(byte[][]::new);
    }
}
