package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.queue.Wake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Where invoices and credit notes are asked for and found. */
@Repository
public class Invoices {

    /** An order's invoice that is not numbered yet, and why when it failed before. */
    public record Owed(OrderId order, Instant createdAt, int attempts, String reason) {}

    /** A refund's credit note that is not numbered yet, and why when it failed before. */
    public record OwedCreditNote(OrderId order, String refundId, int attempts, String reason) {}

    /** A document's bytes and the name that it is saved under. */
    public record Document(String filename, String mediaType, byte[] bytes) {}

    private final JdbcClient jdbc;
    private final RequestRows requests;
    private final InvoiceTokens tokens;
    private final InvoiceFiles files;
    private final Wake wake;
    private final Clock clock;

    Invoices(
            JdbcClient jdbc,
            RequestRows requests,
            InvoiceTokens tokens,
            InvoiceFiles files,
            Wake wake,
            Clock clock) {
        this.jdbc = jdbc;
        this.requests = requests;
        this.tokens = tokens;
        this.files = files;
        this.wake = wake;
        this.clock = clock;
    }

    /** Records that invoices are owed, each order once, in the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void request(List<InvoiceRequest> invoices) {
        add(invoices.stream().map(RequestRows.Request::of).toList());
    }

    /**
     * Records that credit notes are owed, each (order, refund) once, in the caller's transaction.
     * They wait for the invoices that they correct.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void requestCreditNotes(List<CreditNoteRequest> creditNotes) {
        add(creditNotes.stream().map(RequestRows.Request::of).toList());
    }

    private void add(List<RequestRows.Request> owed) {
        if (!owed.isEmpty()) {
            requests.add(owed, clock.instant());
            wake.afterCommit(InvoiceWork.NAME);
        }
    }

    /** Newest first. */
    public Page<InvoiceIssued> list(InvoiceFilter filter, PageRequest page) {
        var found =
                jdbc.sql(
                                """
                                select partner_id, order_id, environment, number, issue_date, currency, total_minor, tax_minor,
                                    kind, refers_to, refund_id, issued_at
                                from invoice
                                where (:partner::text is null or partner_id = :partner)
                                    and (:environment::text is null or environment = :environment)
                                    and (:order::bigint is null or order_id = :order)
                                    and (:number::text is null or number = :number)
                                    and (:after::text is null or (issued_at, environment, number) < (
                                        select a.issued_at, a.environment, a.number from invoice a
                                        where a.environment || '/' || a.number = :after
                                            and a.environment = :after_environment and a.number = :after_number))
                                order by issued_at desc, environment desc, number desc
                                limit :limit
                                """)
                        .param(
                                "partner",
                                filter.partner() == null ? null : filter.partner().value())
                        .param(
                                "environment",
                                filter.environment() == null ? null : filter.environment().code())
                        .param("order", filter.order() == null ? null : filter.order().value())
                        .param("number", filter.number())
                        .param("after", page.after())
                        .param("after_environment", cursor(page)[0])
                        .param("after_number", cursor(page)[1])
                        .param("limit", page.limit() + 1)
                        .query(this::issued)
                        .list();
        if (found.size() <= page.limit()) {
            return new Page<>(found, null);
        }
        var shown = found.subList(0, page.limit());
        return new Page<>(shown, shown.getLast().reference());
    }

    /** The issued invoices of those orders; an order without one yet is missing. */
    public Map<OrderId, InvoiceIssued> ofOrders(Collection<OrderId> orders) {
        Map<OrderId, InvoiceIssued> found = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        select partner_id, order_id, environment, number, issue_date, currency, total_minor, tax_minor,
                            kind, refers_to, refund_id, issued_at
                        from invoice
                        where order_id = any(:orders::bigint[]) and kind = 'invoice'
                        """)
                .param("orders", ids(orders))
                .query(this::issued)
                .list()
                .forEach(invoice -> found.put(invoice.order(), invoice));
        return found;
    }

    /** The issued credit notes of those orders, in the order of issue. */
    public Map<OrderId, List<InvoiceIssued>> creditNotesOf(Collection<OrderId> orders) {
        return jdbc
                .sql(
                        """
                        select partner_id, order_id, environment, number, issue_date, currency, total_minor, tax_minor,
                            kind, refers_to, refund_id, issued_at
                        from invoice
                        where order_id = any(:orders::bigint[]) and kind = 'credit_note'
                        order by year, seq
                        """)
                .param("orders", ids(orders))
                .query(this::issued)
                .list()
                .stream()
                .collect(Collectors.groupingBy(InvoiceIssued::order));
    }

    /** Orders whose invoice is still owed. */
    public Map<OrderId, Owed> owed(Collection<OrderId> orders) {
        Map<OrderId, Owed> found = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        select order_id, created_at, attempts, reason
                        from invoice_request
                        where order_id = any(:orders::bigint[]) and kind = 'invoice'
                        """)
                .param("orders", ids(orders))
                .query(Invoices::owed)
                .list()
                .forEach(owed -> found.put(owed.order(), owed));
        return found;
    }

    /**
     * Orders whose invoice can't be made yet, and why; oldest first. Null stands for all partners,
     * and for both environments.
     */
    public List<Owed> waiting(
            @Nullable PartnerId partner, @Nullable Environment environment, int limit) {
        return jdbc.sql(
                        """
                        select order_id, created_at, attempts, reason
                        from invoice_request
                        where (:partner::text is null or partner_id = :partner)
                            and (:environment::text is null or environment = :environment)
                            and kind = 'invoice' and reason <> ''
                        order by created_at, order_id
                        limit :limit
                        """)
                .param("partner", partner == null ? null : partner.value())
                .param("environment", environment == null ? null : environment.code())
                .param("limit", limit)
                .query(Invoices::owed)
                .list();
    }

    private static Owed owed(ResultSet row, int number) throws SQLException {
        return new Owed(
                new OrderId(row.getLong("order_id")),
                row.getTimestamp("created_at").toInstant(),
                row.getInt("attempts"),
                row.getString("reason"));
    }

    /** Credit notes of those orders that are still owed. */
    public List<OwedCreditNote> owedCreditNotes(Collection<OrderId> orders) {
        return jdbc.sql(
                        """
                        select order_id, refund_id, attempts, reason
                        from invoice_request
                        where order_id = any(:orders::bigint[]) and kind = 'credit_note'
                        """)
                .param("orders", ids(orders))
                .query((row, number) ->
                        new OwedCreditNote(
                                new OrderId(row.getLong("order_id")),
                                row.getString("refund_id"),
                                row.getInt("attempts"),
                                row.getString("reason")))
                .list();
    }

    /** The PDF of an invoice, as it was issued. */
    public Optional<Document> pdf(InvoiceIssued invoice) {
        return document(invoice.reference());
    }

    /** The Factur-X XML of an invoice, taken out of the PDF that was issued. */
    public Optional<Document> xml(InvoiceIssued invoice) {
        return document(invoice.reference()).map(files::xml);
    }

    /** The Factur-X XML that a document carries. */
    public Document xml(Document pdf) {
        return files.xml(pdf);
    }

    /** The PDFs of {@link InvoiceIssued#reference}s; an unknown one is missing. */
    public Map<String, Document> documents(Collection<String> references) {
        return files.load(references);
    }

    Optional<Document> document(String reference) {
        return Optional.ofNullable(files.load(List.of(reference)).get(reference));
    }

    InvoiceIssued issued(ResultSet row, int number) throws SQLException {
        var environment = Environment.of(row.getString("environment"));
        String printed = row.getString("number");
        return new InvoiceIssued(
                new PartnerId(row.getString("partner_id")),
                new OrderId(row.getLong("order_id")),
                environment,
                printed,
                row.getObject("issue_date", LocalDate.class),
                row.getString("currency"),
                row.getLong("total_minor"),
                row.getLong("tax_minor"),
                DocumentKind.of(row.getString("kind")),
                row.getString("refers_to"),
                row.getString("refund_id"),
                tokens.of(environment, printed),
                row.getTimestamp("issued_at").toInstant());
    }

    /** Environment and number of the page's cursor; nulls on the first page. */
    private static @Nullable String[] cursor(PageRequest page) {
        String after = page.after();
        if (after == null) {
            return new @Nullable String[] {null, null};
        }
        if (!after.matches("(staging|production)/[A-Z0-9-]{1,35}")) {
            throw Refused.invalid(
                    "cursor_invalid", "after: pass a next_cursor of this list, unchanged");
        }
        return after.split("/", 2);
    }

    private static Long[] ids(Collection<OrderId> orders) {
        return orders.stream().map(OrderId::value).toArray(Long[]::new);
    }
}
