package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * An invoice or a credit note as the ledger has it, without its PDF.
 *
 * @param sequence its place in the series of its kind and year
 * @param issueDate Europe/Paris
 * @param json the canonical text of the content: what its hash is over
 * @param euroUnits units of its currency for one euro, as frozen in it or as known today where it
 *     has no VAT to convert; empty where nobody says it
 */
public record IssuedDocument(
        PartnerId partner,
        OrderId order,
        String sellerId,
        Environment environment,
        DocumentKind kind,
        int year,
        long sequence,
        String number,
        LocalDate issueDate,
        Instant issuedAt,
        InvoiceContent content,
        String json,
        Optional<BigDecimal> euroUnits,
        Proof proof) {

    /**
     * What makes it unalterable, SHA-256 in hexadecimal.
     *
     * @param previous the entry before it in its series
     */
    public record Proof(String pdf, String content, String previous, String entry) {}

    /** Names it to {@link Invoices#documents}. */
    public String reference() {
        return environment.code() + "/" + number;
    }

    public boolean isCreditNote() {
        return kind == DocumentKind.CREDIT_NOTE;
    }
}
