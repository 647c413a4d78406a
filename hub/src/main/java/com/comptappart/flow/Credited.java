package com.comptappart.flow;

import com.comptappart.invoice.DocumentKind;
import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.OrderId;
import com.comptappart.order.OrderRefund;
import com.comptappart.order.Refunds;
import java.util.List;
import java.util.Map;

/** The invoices and refunds behind credit notes. */
record Credited(Map<OrderId, InvoiceIssued> invoices, Map<OrderId, List<OrderRefund>> refunds) {

    /** What one credit note is about. */
    record Of(InvoiceIssued invoice, OrderRefund refund) {}

    /** Those behind the credit notes among documents; nothing is asked where there is none. */
    static Credited behind(List<InvoiceIssued> documents, Invoices invoices, Refunds refunds) {
        var ids =
                documents.stream()
                        .filter(document -> document.kind() == DocumentKind.CREDIT_NOTE)
                        .map(InvoiceIssued::order)
                        .distinct()
                        .toList();
        return ids.isEmpty()
                ? new Credited(Map.of(), Map.of())
                : new Credited(invoices.ofOrders(ids), refunds.ofOrders(ids));
    }

    Of of(InvoiceIssued creditNote) {
        var invoice = invoices.get(creditNote.order());
        var refund =
                refunds.getOrDefault(creditNote.order(), List.of()).stream()
                        .filter(each -> each.covers().isEmpty())
                        .filter(each -> each.refundId().equals(creditNote.refundId()))
                        .findFirst();
        if (invoice == null || refund.isEmpty()) {
            throw new IllegalStateException(
                    "the credit note " + creditNote.number() + " has no invoice or no refund");
        }
        return new Of(invoice, refund.get());
    }
}
