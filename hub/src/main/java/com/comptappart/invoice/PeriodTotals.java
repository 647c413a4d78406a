package com.comptappart.invoice;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums of documents, in minor units, per currency, VAT category and rate; credit notes subtract,
 * but are counted apart.
 */
final class PeriodTotals {

    /**
     * Sums of one VAT category (BT-151) and rate.
     *
     * @param rate percent
     */
    record Rate(String category, String rate, long net, long vat) {}

    private record Rated(String category, BigDecimal rate) implements Comparable<Rated> {

        @Override
        public int compareTo(Rated other) {
            int categories = category.compareTo(other.category);
            return categories == 0 ? rate.compareTo(other.rate) : categories;
        }
    }

    /**
     * Sums of one currency.
     *
     * @param total invoices less credit notes, tax included
     * @param invoiced invoices alone, tax included: it never goes back
     */
    record OfCurrency(
            String currency,
            long invoices,
            long creditNotes,
            List<Rate> rates,
            long total,
            long invoiced) {}

    private static final class Sum {
        private long invoices;
        private long creditNotes;
        private long total;
        private long invoiced;
        private final Map<Rated, long[]> rates = new TreeMap<>();
    }

    private final Map<String, Sum> sums = new TreeMap<>();

    void add(InvoiceContent content) {
        var sum = sum(content.currency().code());
        boolean isInvoice = content.kind() == DocumentKind.INVOICE;
        int sign = isInvoice ? 1 : -1;
        sum.invoices += isInvoice ? 1 : 0;
        sum.creditNotes += isInvoice ? 0 : 1;
        sum.total = Math.addExact(sum.total, sign * content.gross());
        sum.invoiced = Math.addExact(sum.invoiced, isInvoice ? content.gross() : 0);
        for (var rate : content.rates()) {
            add(
                    sum,
                    new Rated(rate.category().name(), rate.rate()),
                    sign * rate.net(),
                    sign * rate.vat());
        }
    }

    void add(PeriodTotals other) {
        add(other.list());
    }

    void add(List<OfCurrency> totals) {
        for (OfCurrency each : totals) {
            var sum = sum(each.currency());
            sum.invoices += each.invoices();
            sum.creditNotes += each.creditNotes();
            sum.total = Math.addExact(sum.total, each.total());
            sum.invoiced = Math.addExact(sum.invoiced, each.invoiced());
            each.rates()
                    .forEach(rate ->
                            add(
                                    sum,
                                    new Rated(rate.category(), new BigDecimal(rate.rate())),
                                    rate.net(),
                                    rate.vat()));
        }
    }

    /** By currency, each by rate. */
    List<OfCurrency> list() {
        return sums.entrySet().stream()
                .map(each -> {
                    var sum = each.getValue();
                    return new OfCurrency(
                            each.getKey(),
                            sum.invoices,
                            sum.creditNotes,
                            rates(sum),
                            sum.total,
                            sum.invoiced);
                })
                .toList();
    }

    private static List<Rate> rates(Sum sum) {
        return sum.rates.entrySet().stream()
                .map(rate ->
                        new Rate(
                                rate.getKey().category(),
                                rate.getKey().rate().toPlainString(),
                                rate.getValue()[0],
                                rate.getValue()[1]))
                .toList();
    }

    private Sum sum(String currency) {
        return sums.computeIfAbsent(currency, _ -> new Sum());
    }

    private static void add(Sum sum, Rated rate, long net, long vat) {
        long[] of = sum.rates.computeIfAbsent(rate, _ -> new long[2]);
        of[0] = Math.addExact(of[0], net);
        of[1] = Math.addExact(of[1], vat);
    }
}
