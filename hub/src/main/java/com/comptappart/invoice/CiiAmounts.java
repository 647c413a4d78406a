package com.comptappart.invoice;

import com.comptappart.invoice.InvoiceContent.Rated;
import com.comptappart.kernel.Proportion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The amounts of a document in hundredths, since EN 16931 knows two decimals at most. They are our
 * integers; where a currency has three decimals and an amount uses the third, they are rounded so
 * that every sum still adds up (BR-CO-10, BR-CO-13, BR-CO-15, BR-S-08).
 */
final class CiiAmounts {

    private final int decimals;
    private final long[] nets;
    private final Map<Rated, long[]> rates = new HashMap<>();
    private long net;
    private long vat;

    CiiAmounts(InvoiceContent content) {
        decimals = content.currency().decimals();
        nets = new long[content.lines().size()];
        var totals = content.rates();
        long[] gross =
                spread(
                        content.gross(),
                        totals.stream().mapToLong(InvoiceContent.RateTotal::gross).toArray());
        for (int i = 0; i < totals.size(); i++) {
            var total = totals.get(i);
            long vatOfRate = hundredths(total.vat());
            var rated = new Rated(total.category(), total.rate());
            rates.put(rated, new long[] {gross[i] - vatOfRate, vatOfRate});
            net += gross[i] - vatOfRate;
            vat += vatOfRate;
            lines(content.lines(), rated, gross[i] - vatOfRate);
        }
    }

    private void lines(List<InvoiceLine> lines, Rated rated, long netOfRate) {
        var of = new ArrayList<Integer>();
        for (int i = 0; i < lines.size(); i++) {
            if (Rated.of(lines.get(i)).equals(rated)) {
                of.add(i);
            }
        }
        long[] exact = of.stream().mapToLong(i -> lines.get(i).net()).toArray();
        long[] parts = decimals == 3 ? Proportion.spread(netOfRate, exact) : scaled(exact);
        for (int i = 0; i < parts.length; i++) {
            nets[of.get(i)] = parts[i];
        }
    }

    private long[] spread(long total, long[] weights) {
        return decimals == 3 ? Proportion.spread(hundredths(total), weights) : scaled(weights);
    }

    private long[] scaled(long[] minor) {
        long[] scaled = new long[minor.length];
        for (int i = 0; i < minor.length; i++) {
            scaled[i] = hundredths(minor[i]);
        }
        return scaled;
    }

    private long hundredths(long minor) {
        return switch (decimals) {
            case 0 -> Math.multiplyExact(minor, 100L);
            case 2 -> minor;
            default -> Math.floorDiv(minor + 5, 10L);
        };
    }

    long netOf(int line) {
        return nets[line];
    }

    long netOf(InvoiceContent.RateTotal total) {
        return of(total)[0];
    }

    long vatOf(InvoiceContent.RateTotal total) {
        return of(total)[1];
    }

    private long[] of(InvoiceContent.RateTotal total) {
        var found = rates.get(new Rated(total.category(), total.rate()));
        if (found == null) {
            throw new IllegalStateException("no amounts of " + total);
        }
        return found;
    }

    long net() {
        return net;
    }

    long vat() {
        return vat;
    }

    long gross() {
        return net + vat;
    }

    static String text(long hundredths) {
        return BigDecimal.valueOf(hundredths, 2).toPlainString();
    }
}
