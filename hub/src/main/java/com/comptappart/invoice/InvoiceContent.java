package com.comptappart.invoice;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that an invoice or a credit note says but its number and date: a snapshot that nothing
 * changes afterwards.
 *
 * @param supplyDate Europe/Paris
 * @param language {@code fr} or {@code en}
 * @param orderReference our order's id
 * @param corrects what a credit note refers to; null for an invoice
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InvoiceContent(
        Environment environment,
        SellerSnapshot seller,
        Party buyer,
        Currency currency,
        List<InvoiceLine> lines,
        Payment payment,
        LocalDate supplyDate,
        Nature nature,
        String language,
        String orderReference,
        @Nullable Correction corrects) {

    public InvoiceContent {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("an invoice has a line");
        }
        if (corrects != null && corrects.invoiceLines().size() != lines.size()) {
            throw new IllegalArgumentException(
                    "a line of a credit note takes from one of the invoice");
        }
    }

    /** An invoice's. */
    public InvoiceContent(
            Environment environment,
            SellerSnapshot seller,
            Party buyer,
            Currency currency,
            List<InvoiceLine> lines,
            Payment payment,
            LocalDate supplyDate,
            Nature nature,
            String language,
            String orderReference) {
        this(
                environment,
                seller,
                buyer,
                currency,
                lines,
                payment,
                supplyDate,
                nature,
                language,
                orderReference,
                null);
    }

    DocumentKind kind() {
        return corrects == null ? DocumentKind.INVOICE : DocumentKind.CREDIT_NOTE;
    }

    /** Sums of one VAT rate (BG-23). */
    record RateTotal(BigDecimal rate, long net, long vat) {}

    long net() {
        return lines.stream().mapToLong(InvoiceLine::net).sum();
    }

    long vat() {
        return lines.stream().mapToLong(InvoiceLine::vat).sum();
    }

    long gross() {
        return net() + vat();
    }

    /** Highest rate first. */
    List<RateTotal> rates() {
        Map<BigDecimal, long[]> sums = new TreeMap<>(java.util.Comparator.reverseOrder());
        for (InvoiceLine line : lines) {
            long[] sum = sums.computeIfAbsent(plain(line.vatRate()), _ -> new long[2]);
            sum[0] += line.net();
            sum[1] += line.vat();
        }
        return sums.entrySet().stream()
                .map(each -> new RateTotal(each.getKey(), each.getValue()[0], each.getValue()[1]))
                .toList();
    }

    /** The rate as it is shown: no zeros at its end, never an exponent. */
    static BigDecimal plain(BigDecimal rate) {
        var stripped = rate.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
