package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import java.time.LocalDate;

/**
 * An issued invoice or credit note without its bytes.
 *
 * @param number as printed, unique within an environment
 * @param issueDate Europe/Paris
 * @param refersTo the number of the invoice that a credit note corrects; empty for an invoice
 * @param refundId Stripe's id of the refund that a credit note is for; empty for an invoice
 * @param token opens the PDF at {@code /invoices/{token}}
 * @param totalMinor tax included, minor units
 */
public record InvoiceIssued(
        PartnerId partner,
        OrderId order,
        Environment environment,
        String number,
        LocalDate issueDate,
        String currency,
        long totalMinor,
        long taxMinor,
        DocumentKind kind,
        String refersTo,
        String refundId,
        String token,
        Instant issuedAt) {

    /** The name that the PDF is saved under. */
    public String filename() {
        return number + ".pdf";
    }

    /** Names the document to {@link Invoices#documents}. */
    public String reference() {
        return reference(environment, number);
    }

    static String reference(Environment environment, String number) {
        return environment.code() + "/" + number;
    }
}
