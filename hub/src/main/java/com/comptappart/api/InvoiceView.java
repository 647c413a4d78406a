package com.comptappart.api;

import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** An issued invoice or credit note as the API shows it. */
@Schema(name = "Invoice")
record InvoiceView(
        @Schema(example = "FQCA-2026-000156") String number,
        @Schema(allowableValues = {"invoice", "credit_note"}) String object,
        @Schema(example = "156") long orderId,
        @Schema(description = "The partner's id") String partner,
        String environment,
        @Schema(description = "Europe/Paris") LocalDate issueDate,
        @Schema(example = "EUR") String currency,
        @Schema(description = "Tax included", example = "99.99") BigDecimal totalAmount,
        @Schema(example = "16.67") BigDecimal taxAmount,
        @Schema(description = "The number of the invoice that a credit note corrects")
                @Nullable String refersTo,
        @Schema(description = "Stripe's id of the refund that a credit note is for")
                @Nullable String refundId,
        @Schema(
                        description = "Signed; needs no key",
                        format = "uri",
                        example = "https://hub.example/invoices/4eC39HqLyjWDarjtT1zdp7dc")
                String pdfUrl,
        @Schema(example = "FQCA-2026-000156.pdf") String pdfFilename,
        Instant issuedAt) {

    static InvoiceView of(InvoiceIssued invoice, String pdfUrl) {
        var currency = new Currency(invoice.currency());
        return new InvoiceView(
                invoice.number(),
                invoice.kind().code(),
                invoice.order().value(),
                invoice.partner().value(),
                invoice.environment().code(),
                invoice.issueDate(),
                invoice.currency(),
                new Money(invoice.totalMinor(), currency).decimal(),
                new Money(invoice.taxMinor(), currency).decimal(),
                invoice.refersTo().isEmpty() ? null : invoice.refersTo(),
                invoice.refundId().isEmpty() ? null : invoice.refundId(),
                pdfUrl,
                invoice.filename(),
                invoice.issuedAt());
    }
}
