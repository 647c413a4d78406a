package com.comptappart.invoice;

import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * An issued document as the ledger keeps it, linked to the former one of its series.
 *
 * @param content canonical JSON of {@link InvoiceContent}
 */
record LedgerEntry(
        PartnerId partner,
        OrderId order,
        Series.Key series,
        long sequence,
        NumberedInvoice invoice,
        String content,
        RenderedInvoice document,
        byte[] previousHash,
        Instant issuedAt) {

    LedgerEntry {
        issuedAt = issuedAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** Empty for an invoice. */
    String refundId() {
        var corrects = invoice.content().corrects();
        return corrects == null ? "" : corrects.refundId();
    }

    /** The number of the invoice that a credit note corrects; empty for an invoice. */
    String refersTo() {
        var corrects = invoice.content().corrects();
        return corrects == null ? "" : corrects.invoiceNumber();
    }

    byte[] contentHash() {
        return Hashes.sha256(content);
    }

    /**
     * SHA-256 over all that the law cares about and the former entry's hash: no entry can be
     * changed, added or taken out without breaking those that follow (CGI art. 286 I 3° bis,
     * securing by chaining).
     */
    byte[] hash() {
        var hex = HexFormat.of();
        var what = invoice.content();
        return Hashes.sha256(
                String.join(
                        "|",
                        "v1",
                        series.sellerId(),
                        series.environment().code(),
                        series.kind().code(),
                        Integer.toString(series.year()),
                        Long.toString(sequence),
                        invoice.number(),
                        invoice.issueDate().toString(),
                        issuedAt.toString(),
                        what.currency().code(),
                        Long.toString(what.net()),
                        Long.toString(what.vat()),
                        Long.toString(what.gross()),
                        hex.formatHex(document.pdfSha256()),
                        hex.formatHex(contentHash()),
                        hex.formatHex(previousHash)));
    }
}
