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
 * Adds up a day's sales to consumers as e-reporting wants them (CGI ann. II art. 242 nonies M):
 * flux 10.3, the transactions, and flux 10.4, what was received for services whose VAT is due on
 * receipt.
 */
final class FluxTen {

    private static final String TRANSACTIONS = "10.3";
    private static final String PAYMENTS = "10.4";

    /**
     * A row.
     *
     * @param day on which the document was issued, Europe/Paris: what is declared of a day never
     *     changes when the day is over
     * @param receivedOn the day of the payment or the refund; flux 10.4 only
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
            String flux, LocalDate receivedOn, String category, String currency, BigDecimal rate)
            implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::flux)
                        .thenComparing(Key::receivedOn)
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

    private final Rows rows;
    private final Map<Key, Sum> sums = new TreeMap<>();
    private @Nullable LocalDate day;

    FluxTen(Rows rows) {
        this.rows = rows;
    }

    void add(IssuedDocument document) throws IOException {
        if (document.content().buyer().business()) {
            return;
        }
        if (!document.issueDate().equals(day)) {
            endDay();
            day = document.issueDate();
        }
        String currency = document.content().currency().code();
        var received = Paris.dayOf(document.content().payment().paidAt());
        Set<Key> seen = new HashSet<>();
        for (TaxedPart part : TaxedPart.of(document)) {
            var rate = part.tax().rate();
            add(
                    new Key(TRANSACTIONS, LocalDate.EPOCH, category(part), currency, rate),
                    part,
                    document,
                    seen);
            if (isDueOnReceipt(part, document)) {
                add(new Key(PAYMENTS, received, "", currency, rate), part, document, seen);
            }
        }
    }

    /** A document counts once in a row. */
    private void add(Key key, TaxedPart part, IssuedDocument document, Set<Key> seen) {
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

    void endDay() throws IOException {
        if (day != null) {
            for (var each : sums.entrySet()) {
                rows.write(row(day, each.getKey(), each.getValue()));
            }
        }
        sums.clear();
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

    private static Row row(LocalDate day, Key key, Sum sum) {
        var currency = new Currency(key.currency());
        boolean isPayment = key.flux().equals(PAYMENTS);
        return new Row(
                key.flux(),
                day,
                isPayment ? key.receivedOn() : null,
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
