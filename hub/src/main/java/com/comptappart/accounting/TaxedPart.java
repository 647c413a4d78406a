package com.comptappart.accounting;

import com.comptappart.invoice.EuroVat;
import com.comptappart.invoice.InvoiceContent;
import com.comptappart.invoice.InvoiceLine;
import com.comptappart.invoice.IssuedDocument;
import com.comptappart.invoice.Nature;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Proportion;
import com.comptappart.kernel.VatCategory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a document adds to the books under one nature, category and rate; negative where it is a
 * credit note's. Every export is made of these, so that all say the same.
 *
 * @param net before tax, minor units of the document's currency
 * @param netEuro the same in euro cents
 */
record TaxedPart(Nature nature, Tax tax, long net, long vat, long netEuro, long vatEuro) {

    /**
     * Which tax.
     *
     * @param rate percent, without zeros at its end
     * @param country whose tax it is, ISO 3166-1 alpha-2; empty for France's
     */
    record Tax(VatCategory category, BigDecimal rate, String country) implements Comparable<Tax> {

        private static final Comparator<Tax> ORDER =
                Comparator.comparing(Tax::country)
                        .thenComparing(Tax::category)
                        .thenComparing(Tax::rate, Comparator.reverseOrder());

        Tax {
            rate = InvoiceContent.plain(rate);
        }

        /** Whether it is French VAT. */
        boolean isFrench() {
            return category == VatCategory.S && country.isEmpty();
        }

        @Override
        public int compareTo(Tax other) {
            return ORDER.compare(this, other);
        }
    }

    private record Key(Tax tax, Nature nature) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::tax).thenComparing(Key::nature);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    long gross() {
        return net + vat;
    }

    long grossEuro() {
        return netEuro + vatEuro;
    }

    /** Of the same nature and tax, together. */
    TaxedPart plus(TaxedPart other) {
        return new TaxedPart(
                nature,
                tax,
                Math.addExact(net, other.net),
                Math.addExact(vat, other.vat),
                Math.addExact(netEuro, other.netEuro),
                Math.addExact(vatEuro, other.vatEuro));
    }

    /**
     * The parts of a document, in a fixed order. In euros they add up to the document's total and
     * to the VAT that it states, converted once; the odd cents go to the largest remainders.
     */
    static List<TaxedPart> of(IssuedDocument document) {
        var content = document.content();
        Map<Key, long[]> sums = new TreeMap<>();
        for (InvoiceLine line : content.lines()) {
            var country = line.vatCountry() == null ? "" : line.vatCountry();
            var tax = new Tax(line.category(), line.vatRate(), country);
            var nature = line.nature() == null ? content.nature() : line.nature();
            var sum = sums.computeIfAbsent(new Key(tax, nature), _ -> new long[2]);
            sum[0] = Math.addExact(sum[0], line.net());
            sum[1] = Math.addExact(sum[1], line.vat());
        }
        long[] net = sums.values().stream().mapToLong(sum -> sum[0]).toArray();
        long[] vat = sums.values().stream().mapToLong(sum -> sum[1]).toArray();
        long[] netEuro = net;
        long[] vatEuro = vat;
        if (!content.currency().equals(Currency.EUR)) {
            long all = cents(document, content.gross());
            var stated = content.euroVat();
            long tax = stated == null ? cents(document, content.vat()) : stated.cents();
            netEuro = Proportion.spread(all - tax, net);
            vatEuro = Proportion.spread(tax, vat);
        }
        int sign = document.isCreditNote() ? -1 : 1;
        var parts = new ArrayList<TaxedPart>(sums.size());
        int i = 0;
        for (Key key : sums.keySet()) {
            parts.add(
                    new TaxedPart(
                            key.nature(),
                            key.tax(),
                            sign * net[i],
                            sign * vat[i],
                            sign * netEuro[i],
                            sign * vatEuro[i]));
            i++;
        }
        return parts;
    }

    private static long cents(IssuedDocument document, long minor) {
        var units =
                document.euroUnits()
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        document.number() + " can't be told in euros"));
        return EuroVat.cents(minor, document.content().currency().decimals(), units);
    }
}
