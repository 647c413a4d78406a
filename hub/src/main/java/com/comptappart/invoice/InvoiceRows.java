package com.comptappart.invoice;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Issued documents as rows. */
@Repository
class InvoiceRows {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String COPY =
            """
            copy invoice (
                partner_id, order_id, refund_id, refers_to, environment, seller_id, kind, year, seq, number,
                issue_date, currency, total_minor, tax_minor, content, content_sha256, prefix_id,
                dictionary_id, pdf_tail, pdf_sha256, previous_hash, entry_hash, issued_at)
            from stdin with (format binary)
            """;

    private static final int COLUMNS = 23;
    private static final int USUAL_ROW = 4_096;

    private final JdbcClient jdbc;
    private final JdbcOperations connections;

    InvoiceRows(JdbcClient jdbc, JdbcOperations connections) {
        this.jdbc = jdbc;
        this.connections = connections;
    }

    /** Stores documents and ends their requests. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void store(ArchivedBatch batch) {
        var entries = batch.entries();
        var rows = new CopiedRows(USUAL_ROW * entries.size());
        for (int i = 0; i < entries.size(); i++) {
            add(rows.row(COLUMNS), entries.get(i), batch.tails().get(i));
        }
        connections.execute(
                (ConnectionCallback<Boolean>)
                        connection -> {
                            rows.send(connection, COPY);
                            return true;
                        });
        end(entries);
    }

    private static void add(CopiedRows rows, LedgerEntry entry, PackedTail tail) {
        var series = entry.series();
        var invoice = entry.invoice();
        var content = invoice.content();
        rows.text(entry.partner().value())
                .bigint(entry.order().value())
                .text(entry.refundId())
                .text(entry.refersTo())
                .text(series.environment().code())
                .text(series.sellerId())
                .text(series.kind().code())
                .integer(series.year())
                .bigint(entry.sequence())
                .text(invoice.number())
                .date(invoice.issueDate())
                .text(content.currency().code())
                .bigint(content.gross())
                .bigint(content.vat())
                .bytes(entry.content())
                .bytes(entry.contentHash())
                .text(entry.document().prefixId())
                .text(tail.dictionaryId())
                .bytes(tail.bytes())
                .bytes(entry.document().pdfSha256())
                .bytes(entry.previousHash())
                .bytes(entry.hash())
                .timestamp(entry.issuedAt());
    }

    private void end(List<LedgerEntry> entries) {
        jdbc.sql(
                        """
                        delete from invoice_request r
                        using unnest(:partners::text[], :orders::bigint[], :refunds::text[])
                            as given (partner_id, order_id, refund_id)
                        where r.partner_id = given.partner_id and r.order_id = given.order_id and r.kind = :kind
                            and r.refund_id = given.refund_id
                        """)
                .param("partners", Columns.texts(entries, entry -> entry.partner().value()))
                .param("orders", Columns.longs(entries, entry -> entry.order().value()))
                .param("refunds", Columns.texts(entries, LedgerEntry::refundId))
                .param("kind", entries.getFirst().series().kind().code())
                .update();
    }

    /**
     * The invoices of those orders and all their credit notes.
     *
     * @param partners whose each order is
     */
    List<CreditNotes.Issued> issued(Collection<PartnerId> partners, Collection<OrderId> orders) {
        return jdbc.sql(
                        """
                        select i.order_id, i.number, i.issue_date, i.content
                        from (
                            select distinct partner_id, order_id
                            from unnest(:partners::text[], :orders::bigint[]) as given (partner_id, order_id)) as owed
                        join invoice i on i.partner_id = owed.partner_id and i.order_id = owed.order_id
                        """)
                .param("partners", Columns.texts(partners, PartnerId::value))
                .param("orders", Columns.longs(orders, OrderId::value))
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
}
