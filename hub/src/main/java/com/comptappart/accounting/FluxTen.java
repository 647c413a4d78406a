package com.comptappart.accounting;

import com.comptappart.invoice.IssuedDocument;
import com.comptappart.invoice.Nature;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Money;
import com.comptappart.kernel.Paris;
import com.comptappart.kernel.VatCategory;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up each day's sales to consumers as e-reporting wants them (CGI ann. II art. 242 nonies M):
 * flux 10.3, the transactions by their own date, and flux 10.4, what was received for services
 * whose VAT is due on receipt, by the day of that. A refund is negative on its day.
 */
final class FluxTen {

    private static final String TRANSACTIONS = "10.3";
    private static final String PAYMENTS = "10.4";

    /**
     * A row.
     *
     * @param day of the sale or the refund; of the payment in flux 10.4. Europe/Paris
     * @param receivedOn the same day; flux 10.4 only
     * @param category {@code TLB1} goods, {@code TPS1} services, {@code TNT1} not taxed in France;
     *     flux 10.3 only
     * @param transactions invoices; {@code creditNotes} are counted apart, their amounts are
     *     negative
     * @param netAmount and {@code vatAmount}: flux 10.3 only
     */
    record Row(
            String flux,
            LocalDate day,
            @Nullable LocalDate receivedOn,
            @Nullable String category,
            BigDecimal rate,
            String currency,
            long transactions,
            long creditNotes,
            @Nullable BigDecimal netAmount,
            @Nullable BigDecimal vatAmount,
            BigDecimal totalAmount,
            @Nullable BigDecimal vatAmountEur,
            BigDecimal totalAmountEur) {}

    /** Takes rows. */
    interface Rows {
        void write(Row row) throws IOException;
    }

    private record Key(
            LocalDate day, String flux, String category, String currency, BigDecimal rate)
            implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::day)
                        .thenComparing(Key::flux)
                        .thenComparing(Key::category)
                        .thenComparing(Key::currency)
                        .thenComparing(Key::rate, Comparator.reverseOrder());

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private static final class Sum {
        private long transactions;
        private long creditNotes;
        private long net;
        private long vat;
        private long euro;
        private long vatEuro;
    }

    private final Days days;
    private final Map<Key, Sum> sums = new TreeMap<>();

    FluxTen(Days days) {
        this.days = days;
    }

    /** The day of the sale, or that on which it was refunded. */
    static LocalDate soldOn(IssuedDocument document) {
        return document.isCreditNote() ? receivedOn(document) : document.content().supplyDate();
    }

    /** The day on which the money moved. */
    static LocalDate receivedOn(IssuedDocument document) {
        return Paris.dayOf(document.content().payment().paidAt());
    }

    void add(IssuedDocument document) {
        if (document.content().buyer().business()) {
            return;
        }
        String currency = document.content().currency().code();
        Set<Key> seen = new HashSet<>();
        for (TaxedPart part : TaxedPart.of(document)) {
            var rate = part.tax().rate();
            add(
                    new Key(soldOn(document), TRANSACTIONS, category(part), currency, rate),
                    part,
                    document,
                    seen);
            if (isDueOnReceipt(part, document)) {
                add(
                        new Key(receivedOn(document), PAYMENTS, "", currency, rate),
                        part,
                        document,
                        seen);
            }
        }
    }

    /** A document counts once in a row. */
    private void add(Key key, TaxedPart part, IssuedDocument document, Set<Key> seen) {
        if (!days.contains(key.day())) {
            return;
        }
        var sum = sums.computeIfAbsent(key, _ -> new Sum());
        if (seen.add(key)) {
            sum.transactions += document.isCreditNote() ? 0 : 1;
            sum.creditNotes += document.isCreditNote() ? 1 : 0;
        }
        sum.net = Math.addExact(sum.net, part.net());
        sum.vat = Math.addExact(sum.vat, part.vat());
        sum.euro = Math.addExact(sum.euro, part.grossEuro());
        sum.vatEuro = Math.addExact(sum.vatEuro, part.vatEuro());
    }

    void write(Rows rows) throws IOException {
        for (var each : sums.entrySet()) {
            rows.write(row(each.getKey(), each.getValue()));
        }
    }

    /** Mixed lines count as services: their VAT is due no later. */
    private static String category(TaxedPart part) {
        if (!part.tax().country().isEmpty() || part.tax().category() == VatCategory.O) {
            return "TNT1";
        }
        return part.nature() == Nature.GOODS ? "TLB1" : "TPS1";
    }

    private static boolean isDueOnReceipt(TaxedPart part, IssuedDocument document) {
        return part.tax().isFrench()
                && part.nature() != Nature.GOODS
                && !document.content().seller().vatOnDebits();
    }

    private static Row row(Key key, Sum sum) {
        var currency = new Currency(key.currency());
        boolean isPayment = key.flux().equals(PAYMENTS);
        return new Row(
                key.flux(),
                key.day(),
                isPayment ? key.day() : null,
                isPayment ? null : key.category(),
                key.rate(),
                key.currency(),
                sum.transactions,
                sum.creditNotes,
                isPayment ? null : new Money(sum.net, currency).decimal(),
                isPayment ? null : new Money(sum.vat, currency).decimal(),
                new Money(sum.net + sum.vat, currency).decimal(),
                isPayment ? null : new Money(sum.vatEuro, Currency.EUR).decimal(),
                new Money(sum.euro, Currency.EUR).decimal());
    }
}
