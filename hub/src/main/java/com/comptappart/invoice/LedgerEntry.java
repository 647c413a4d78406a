package com.comptappart.invoice;

import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** An issued document as the ledger keeps it, linked to the former one of its series. */
final class LedgerEntry {

    private final PartnerId partner;
    private final OrderId order;
    private final Series.Key series;
    private final long sequence;
    private final NumberedInvoice invoice;
    private final byte[] content;
    private final byte[] contentHash;
    private final RenderedInvoice document;
    private final byte[] previousHash;
    private final Instant issuedAt;
    private final byte[] hash;

    /**
     * @param content canonical JSON of {@link InvoiceContent}, UTF-8
     */
    LedgerEntry(
            PartnerId partner,
            OrderId order,
            Series.Key series,
            long sequence,
            NumberedInvoice invoice,
            byte[] content,
            RenderedInvoice document,
            byte[] previousHash,
            Instant issuedAt) {
        this.partner = partner;
        this.order = order;
        this.series = series;
        this.sequence = sequence;
        this.invoice = invoice;
        this.content = content;
        this.contentHash = Hashes.sha256(content);
        this.document = document;
        this.previousHash = previousHash;
        this.issuedAt = issuedAt.truncatedTo(ChronoUnit.MICROS);
        this.hash = chained();
    }

    PartnerId partner() {
        return partner;
    }

    OrderId order() {
        return order;
    }

    Series.Key series() {
        return series;
    }

    long sequence() {
        return sequence;
    }

    NumberedInvoice invoice() {
        return invoice;
    }

    /** Canonical JSON of {@link InvoiceContent}, UTF-8. */
    byte[] content() {
        return content;
    }

    RenderedInvoice document() {
        return document;
    }

    byte[] previousHash() {
        return previousHash;
    }

    Instant issuedAt() {
        return issuedAt;
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
        return contentHash;
    }

    /**
     * SHA-256 over all that the law cares about and the former entry's hash: no entry can be
     * changed, added or taken out without breaking those that follow (CGI art. 286 I 3° bis,
     * securing by chaining).
     */
    byte[] hash() {
        return hash;
    }

    private byte[] chained() {
        var hex = HexFormat.of();
        var what = invoice.content();
        long net = what.net();
        long vat = what.vat();
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
                        Long.toString(net),
                        Long.toString(vat),
                        Long.toString(net + vat),
                        hex.formatHex(document.pdfSha256()),
                        hex.formatHex(contentHash),
                        hex.formatHex(previousHash)));
    }
}
