package com.comptappart.invoice;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.VatCategory;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that an invoice or a credit note says but its number and date: a snapshot that nothing
 * changes afterwards.
 *
 * @param supplyDate Europe/Paris
 * @param language {@code fr} or {@code en}
 * @param orderReference our order's id
 * @param corrects what a credit note refers to; null for an invoice
 * @param terms null where the invoice was asked for before there were any
 * @param euroVat null where the currency is the euro, and until the invoice is numbered
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
        @Nullable Correction corrects,
        @Nullable Terms terms,
        @Nullable EuroVat euroVat) {

    public InvoiceContent {
        lines =
                terms == null && seller.franchise()
                        ? lines.stream().map(InvoiceLine::ofFranchise).toList()
                        : List.copyOf(lines);
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
            String orderReference,
            Terms terms) {
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
                null,
                terms,
                null);
    }

    InvoiceContent withEuroVat(EuroVat converted) {
        return new InvoiceContent(
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
                corrects,
                terms,
                converted);
    }

    /** The mentions of law besides the exemptions. */
    public List<Note> notes() {
        return terms == null
                ? LegalTexts.builtIn().notes(seller, buyer, false, "", supplyDate)
                : terms.notes();
    }

    /** Whose look the document has. */
    @Nullable String brand() {
        return terms == null ? null : terms.brand();
    }

    DocumentKind kind() {
        return corrects == null ? DocumentKind.INVOICE : DocumentKind.CREDIT_NOTE;
    }

    /**
     * Sums of one VAT category and rate (BG-23).
     *
     * @param exemption why it is not taxed; null where it is
     */
    public record RateTotal(
            BigDecimal rate,
            long net,
            long vat,
            VatCategory category,
            @Nullable Exemption exemption) {

        public long gross() {
            return net + vat;
        }
    }

    /** What a line's amounts are summed with. */
    record Rated(VatCategory category, BigDecimal rate) {
        static Rated of(InvoiceLine line) {
            return new Rated(line.category(), plain(line.vatRate()));
        }
    }

    /** Whether all of it is outside the scope of French VAT; some of it can't be (BR-O-11). */
    boolean isOutsideScope() {
        return lines.getFirst().category() == VatCategory.O;
    }

    /** Minor units. */
    public long net() {
        long sum = 0;
        for (InvoiceLine line : lines) {
            sum += line.net();
        }
        return sum;
    }

    /** Minor units. */
    public long vat() {
        long sum = 0;
        for (InvoiceLine line : lines) {
            sum += line.vat();
        }
        return sum;
    }

    /** Tax included, minor units. */
    public long gross() {
        return net() + vat();
    }

    /** Highest rate first. */
    public List<RateTotal> rates() {
        var order = Comparator.comparing(Rated::rate).reversed().thenComparing(Rated::category);
        Map<Rated, List<InvoiceLine>> groups = new TreeMap<>(order);
        for (InvoiceLine line : lines) {
            groups.computeIfAbsent(Rated.of(line), _ -> new ArrayList<>()).add(line);
        }
        return groups.entrySet().stream()
                .map(group -> total(group.getKey(), group.getValue()))
                .toList();
    }

    private static RateTotal total(Rated rated, List<InvoiceLine> lines) {
        return new RateTotal(
                rated.rate(),
                lines.stream().mapToLong(InvoiceLine::net).sum(),
                lines.stream().mapToLong(InvoiceLine::vat).sum(),
                rated.category(),
                reason(lines));
    }

    /** EN 16931 has one breakdown a category: several reasons are said together. */
    private static @Nullable Exemption reason(List<InvoiceLine> lines) {
        var reasons =
                lines.stream()
                        .map(InvoiceLine::exemption)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
        if (reasons.size() < 2) {
            return reasons.isEmpty() ? null : reasons.getFirst();
        }
        return new Exemption(
                "", reasons.stream().map(Exemption::text).collect(Collectors.joining(" ; ")));
    }

    /** The rate as it is shown: no zeros at its end, never an exponent. */
    public static BigDecimal plain(BigDecimal rate) {
        var stripped = rate.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
