package com.comptappart.flow;

import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.kernel.OrderId;
import com.comptappart.order.OrderRefund;
import java.util.List;
import java.util.Map;

/** The invoices and refunds behind credit notes. */
record Credited(Map<OrderId, InvoiceIssued> invoices, Map<OrderId, List<OrderRefund>> refunds) {

    /** What one credit note is about. */
    record Of(InvoiceIssued invoice, OrderRefund refund) {}

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
