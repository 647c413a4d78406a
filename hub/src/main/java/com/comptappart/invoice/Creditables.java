package com.comptappart.invoice;

import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says what may still be credited of an order. */
@Component
public class Creditables {

    private final InvoiceRows rows;
    private final RequestRows requests;

    Creditables(InvoiceRows rows, RequestRows requests) {
        this.rows = rows;
        this.requests = requests;
    }

    /** What is left after the credit notes that are issued or owed; empty without an invoice. */
    public Optional<Creditable> of(PartnerId partner, OrderId order) {
        // What is owed first: a credit note that is issued meanwhile is in one of both, or in both.
        var owed = requests.creditNotes(partner, order);
        var issued = rows.issued(List.of(partner), List.of(order));
        return issued.stream()
                .map(CreditNotes.Issued::document)
                .filter(each -> each.content().corrects() == null)
                .findFirst()
                .map(invoice -> {
                    var notes =
                            issued.stream()
                                    .map(each -> each.document().content())
                                    .filter(each -> each.corrects() != null)
                                    .toList();
                    var creditable = Creditable.of(invoice, notes);
                    for (var each : owed) {
                        var wanted = each.wanted();
                        if (notes.stream().noneMatch(note -> isFor(note, each.refundId()))) {
                            creditable =
                                    creditable.after(
                                            wanted.amountMinor(),
                                            wanted.taken() == null ? List.of() : wanted.taken());
                        }
                    }
                    return creditable;
                });
    }

    private static boolean isFor(InvoiceContent note, String refundId) {
        var corrects = note.corrects();
        return corrects != null && corrects.refundId().equals(refundId);
    }
}
