package com.comptappart.invoice;

import com.comptappart.invoice.CreditSplit.Part;
import com.comptappart.invoice.RequestRows.Due;
import com.comptappart.kernel.OrderId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the contents of a batch of credit notes from their invoices and the credit notes before
 * them, those of the batch included.
 */
final class CreditNotes {

    private final Map<OrderId, NumberedInvoice> invoices = new HashMap<>();
    private final Map<OrderId, List<Part>> taken = new HashMap<>();

    /**
     * @param issued the invoices of the orders and all their credit notes
     */
    CreditNotes(List<Issued> issued) {
        for (Issued each : issued) {
            if (each.document().content().corrects() == null) {
                invoices.put(each.order(), each.document());
            } else {
                keep(each.order(), each.document().content());
            }
        }
    }

    /** An issued document of an order. */
    record Issued(OrderId order, NumberedInvoice document) {}

    /**
     * What a credit note says; the next of the same order is made as if it were not, until it is
     * {@linkplain #keep kept}.
     */
    InvoiceContent content(Due due) {
        var invoice = invoices.get(due.order());
        if (invoice == null) {
            throw new IllegalStateException("order " + due.order() + " has no invoice yet");
        }
        return content(
                invoice, taken.getOrDefault(due.order(), List.of()), due.refundId(), due.wanted());
    }

    void keep(OrderId order, InvoiceContent creditNote) {
        taken.computeIfAbsent(order, _ -> new ArrayList<>()).addAll(parts(creditNote));
    }

    /** What a credit note took of its invoice's lines. */
    static List<Part> parts(InvoiceContent creditNote) {
        var correction = creditNote.corrects();
        if (correction == null) {
            return List.of();
        }
        var parts = new ArrayList<Part>(creditNote.lines().size());
        for (int i = 0; i < creditNote.lines().size(); i++) {
            var line = creditNote.lines().get(i);
            parts.add(new Part(correction.invoiceLines().get(i) - 1, line.net(), line.vat()));
        }
        return parts;
    }

    static InvoiceContent content(
            NumberedInvoice invoice,
            List<Part> earlier,
            String refundId,
            CreditNoteRequest.Wanted wanted) {
        var whole = invoice.content();
        var parts = split(wanted, whole, earlier);
        long vat = parts.stream().mapToLong(Part::vat).sum();
        return new InvoiceContent(
                whole.environment(),
                whole.seller(),
                whole.buyer(),
                whole.currency(),
                parts.stream().map(part -> line(whole.lines().get(part.line()), part)).toList(),
                payment(whole.payment(), wanted, refundId),
                whole.supplyDate(),
                whole.nature(),
                wanted.language(),
                whole.orderReference(),
                new Correction(
                        invoice.number(),
                        invoice.issueDate(),
                        refundId,
                        wanted.refundedAt(),
                        wanted.reason(),
                        parts.stream().map(part -> part.line() + 1).toList()),
                whole.terms(),
                euroVat(whole, earlier.stream().mapToLong(Part::vat).sum(), vat));
    }

    /** First of the lines that it is for, as far as they go; what is over, of all. */
    private static List<Part> split(
            CreditNoteRequest.Wanted wanted, InvoiceContent invoice, List<Part> earlier) {
        var given = wanted.taken() == null ? List.<CreditNoteRequest.Taken>of() : wanted.taken();
        var split = new CreditSplit(invoice.currency(), invoice.lines(), earlier);
        long rest = wanted.amountMinor();
        for (CreditNoteRequest.Taken taken : given) {
            rest -= split.take(Math.min(rest, taken.minor()), taken.lines());
        }
        if (rest > 0) {
            split.take(rest);
        }
        return split.taken();
    }

    /** A refund goes the way that the payment came. */
    private static Payment payment(Payment paid, CreditNoteRequest.Wanted wanted, String refundId) {
        String means = wanted.means();
        return means == null
                ? new Payment(wanted.refundedAt(), paid.method(), paid.last4(), refundId)
                : new Payment(wanted.refundedAt(), means, null, refundId);
    }

    /**
     * At the invoice's own rate: what all credit notes take of an invoice's VAT in euros adds up to
     * it.
     */
    private static @Nullable EuroVat euroVat(InvoiceContent invoice, long before, long vat) {
        var converted = invoice.euroVat();
        if (converted == null || converted.rate() == null) {
            return converted;
        }
        int decimals = invoice.currency().decimals();
        long cents =
                EuroVat.cents(before + vat, decimals, converted.rate())
                        - EuroVat.cents(before, decimals, converted.rate());
        return new EuroVat(cents, converted.rate(), converted.rateDate(), converted.source());
    }

    /** A line that is taken whole keeps its quantity; a part of one is one piece. */
    private static InvoiceLine line(InvoiceLine line, Part part) {
        boolean isWhole = part.net() == line.net() && part.vat() == line.vat();
        int sign = part.net() < 0 || part.vat() < 0 ? -1 : 1;
        return new InvoiceLine(
                line.name(),
                isWhole ? line.quantity() : sign,
                part.net(),
                part.vat(),
                line.vatRate(),
                line.category(),
                line.exemption(),
                line.nature(),
                line.vatCountry());
    }
}
