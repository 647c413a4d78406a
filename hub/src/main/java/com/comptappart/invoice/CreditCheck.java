package com.comptappart.invoice;

import com.comptappart.invoice.CreditSplit.Part;
import com.comptappart.kernel.OrderId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks that credit notes refer to the invoice of their order and never exceed it, per line and
 * rate, in net and in VAT (invariant I6).
 */
@Repository
class CreditCheck implements LedgerCheck {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PAGE = 500;

    private final JdbcClient jdbc;

    CreditCheck(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(OrderId order, String refersTo, String refundId, NumberedInvoice document) {}

    @Override
    public Optional<String> firstBreak(LedgerDays days) {
        long after = 0;
        while (true) {
            Map<OrderId, List<Row>> page = page(after);
            for (List<Row> documents : page.values()) {
                var wrong = wrong(documents);
                if (wrong.isPresent()) {
                    return wrong;
                }
                after = documents.getFirst().order().value();
            }
            if (page.size() < PAGE) {
                return Optional.empty();
            }
        }
    }

    /** The documents of orders that have credit notes. */
    private Map<OrderId, List<Row>> page(long after) {
        Map<OrderId, List<Row>> page = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        select i.order_id, i.refers_to, i.refund_id, i.number, i.issue_date, i.content
                        from (
                            select distinct partner_id, order_id
                            from invoice
                            where kind = 'credit_note' and order_id > :after
                            order by order_id
                            limit :limit) as credited
                        join invoice i on i.partner_id = credited.partner_id and i.order_id = credited.order_id
                        order by i.order_id, i.kind desc, i.year, i.seq
                        """)
                .param("after", after)
                .param("limit", PAGE)
                .query((row, number) ->
                        new Row(
                                new OrderId(row.getLong("order_id")),
                                row.getString("refers_to"),
                                row.getString("refund_id"),
                                new NumberedInvoice(
                                        row.getString("number"),
                                        row.getObject("issue_date", LocalDate.class),
                                        JSON.readValue(
                                                row.getString("content"), InvoiceContent.class))))
                .list()
                .forEach(row -> page.computeIfAbsent(row.order(), _ -> new ArrayList<>()).add(row));
        return page;
    }

    private static Optional<String> wrong(List<Row> documents) {
        var first = documents.getFirst();
        var invoice = first.document();
        if (invoice.content().corrects() != null) {
            return Optional.of(invoice.number() + " corrects an invoice that is not there");
        }
        var taken = new ArrayList<Part>();
        for (Row row : documents.subList(1, documents.size())) {
            String number = row.document().number();
            var corrects = row.document().content().corrects();
            if (corrects == null
                    || !corrects.invoiceNumber().equals(invoice.number())
                    || !corrects.invoiceDate().equals(invoice.issueDate())
                    || !corrects.invoiceNumber().equals(row.refersTo())
                    || !corrects.refundId().equals(row.refundId())) {
                return Optional.of(number + " does not refer to the invoice " + invoice.number());
            }
            taken.addAll(CreditNotes.parts(row.document().content()));
            if (!isWithin(invoice.content(), row.document().content(), taken)) {
                return Optional.of(
                        number
                                + " takes more than earlier credit notes left of "
                                + invoice.number());
            }
        }
        return Optional.empty();
    }

    /** Each line's rate is its invoice line's, so that what holds per line holds per rate. */
    private static boolean isWithin(
            InvoiceContent invoice, InvoiceContent creditNote, List<Part> taken) {
        var parts = CreditNotes.parts(creditNote);
        for (int i = 0; i < parts.size(); i++) {
            int line = parts.get(i).line();
            if (line < 0
                    || line >= invoice.lines().size()
                    || invoice.lines()
                                    .get(line)
                                    .vatRate()
                                    .compareTo(creditNote.lines().get(i).vatRate())
                            != 0) {
                return false;
            }
        }
        return CreditSplit.left(invoice.lines(), taken).stream()
                .allMatch(left ->
                        isBetween(left.net(), invoice.lines().get(left.line()).net())
                                && isBetween(left.vat(), invoice.lines().get(left.line()).vat()));
    }

    private static boolean isBetween(long left, long whole) {
        return left >= Math.min(0, whole) && left <= Math.max(0, whole);
    }
}
