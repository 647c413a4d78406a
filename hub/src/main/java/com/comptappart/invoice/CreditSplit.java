package com.comptappart.invoice;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Proportion;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a credit note of a given amount takes of each line of its invoice: in proportion to what
 * earlier ones left, first over the VAT rates, then, net and VAT each, over the lines of each, by
 * largest remainder. Per line and rate it never takes more than is left, in net and in VAT; the one
 * that takes the rest takes exactly the rest. Amounts in minor units, tax included where not said
 * otherwise.
 *
 * <p>The VAT of a rate is within what EN 16931 lets it differ from the net times the rate, and so
 * is what is left of both wherever that can be: it may be the next credit note. The limit is one
 * whole unit of the currency, which binds only where the currency has no smaller one.
 *
 * <p>Sources: {@code invoicing.md}, "Credit notes"; EN 16931, BR-CO-17 and BR-S-09.
 */
final class CreditSplit {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** In hundredths of a unit: under one, once the net times the rate is rounded to them. */
    private static final BigDecimal TOLERANCE = new BigDecimal("99.5");

    private final List<InvoiceLine> lines;
    private final int decimals;
    private final List<Part> left;
    private final List<Part> taken = new ArrayList<>();

    /**
     * What is taken of one line.
     *
     * @param line index in the invoice, from 0
     */
    record Part(int line, long net, long vat) {

        long gross() {
            return net + vat;
        }

        Part less(long otherNet, long otherVat) {
            return new Part(line, net - otherNet, vat - otherVat);
        }

        boolean isEmpty() {
            return net == 0 && vat == 0;
        }
    }

    /**
     * @param earlier what earlier credit notes took, in any order
     */
    CreditSplit(Currency currency, List<InvoiceLine> lines, List<Part> earlier) {
        this.lines = lines;
        this.decimals = currency.decimals();
        this.left = left(lines, earlier);
    }

    /**
     * Takes an amount of all lines.
     *
     * @throws IllegalArgumentException when the amount is not within what is left
     */
    void take(long amount) {
        long rest = gross(left);
        if (amount < 1 || amount > rest) {
            throw new IllegalArgumentException(
                    amount + " can't be credited: " + rest + " is left of the invoice");
        }
        spread(amount, left);
    }

    /**
     * Takes an amount of some lines only, or all that is left of them where that is less.
     *
     * @param only their indexes in the invoice, from 0
     * @return what it took
     */
    long take(long amount, List<Integer> only) {
        var of = left.stream().filter(part -> only.contains(part.line())).toList();
        long some = Math.min(amount, gross(of));
        if (some < 1) {
            return 0;
        }
        spread(some, of);
        return some;
    }

    /** All that was taken: one part for each line, in the order of the lines. */
    List<Part> taken() {
        Map<Integer, Part> byLine = new TreeMap<>();
        for (Part part : taken) {
            byLine.merge(part.line(), part, (one, other) -> one.less(-other.net(), -other.vat()));
        }
        return byLine.values().stream().filter(part -> !part.isEmpty()).toList();
    }

    /** What is left of each line. */
    static List<Part> left(List<InvoiceLine> lines, List<Part> earlier) {
        var left = new ArrayList<Part>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            left.add(new Part(i, lines.get(i).net(), lines.get(i).vat()));
        }
        for (Part part : earlier) {
            left.set(part.line(), left.get(part.line()).less(part.net(), part.vat()));
        }
        return left;
    }

    private void spread(long amount, List<Part> of) {
        var parts = amount == gross(of) ? List.copyOf(of) : overRates(amount, of);
        for (Part part : parts) {
            taken.add(part);
            left.set(part.line(), left.get(part.line()).less(part.net(), part.vat()));
        }
    }

    private List<Part> overRates(long amount, List<Part> of) {
        Map<BigDecimal, List<Part>> byRate = new TreeMap<>(Comparator.reverseOrder());
        for (Part part : of) {
            byRate.computeIfAbsent(rate(part), _ -> new ArrayList<>()).add(part);
        }
        var rates = List.copyOf(byRate.values());
        long[] amounts =
                Proportion.spread(amount, rates.stream().mapToLong(CreditSplit::gross).toArray());
        var parts = new ArrayList<Part>();
        for (int i = 0; i < amounts.length; i++) {
            parts.addAll(ofRate(amounts[i], rates.get(i)));
        }
        return parts;
    }

    private List<Part> ofRate(long amount, List<Part> of) {
        long ofRate = vat(amount, of);
        long[] vat = Proportion.spread(ofRate, of.stream().mapToLong(Part::vat).toArray());
        long[] net = Proportion.spread(amount - ofRate, of.stream().mapToLong(Part::net).toArray());
        var parts = new ArrayList<Part>(of.size());
        for (int i = 0; i < of.size(); i++) {
            parts.add(new Part(of.get(i).line(), net[i], vat[i]));
        }
        return parts;
    }

    /**
     * The VAT of an amount at one rate: nearest to the invoice's own proportion, but so that what
     * is left is valid, and rather this document, and never beyond what is left. Each step keeps
     * what those before it reached, where there is a VAT that has both.
     */
    private long vat(long amount, List<Part> of) {
        var percent = rate(of.getFirst());
        var rest = left.stream().filter(part -> rate(part).compareTo(percent) == 0).toList();
        var given = taken.stream().filter(part -> rate(part).compareTo(percent) == 0).toList();
        long vat = proportional(amount, of);
        vat = valid(gross(rest) - amount, percent).from(vat(rest)).nearest(vat);
        vat = valid(gross(given) + amount, percent).less(vat(given)).nearest(vat);
        return within(amount, of).nearest(vat);
    }

    /**
     * The VAT that brings the credited total to its proportion of the invoiced VAT: rounding does
     * not add up over many small credit notes.
     */
    private long proportional(long amount, List<Part> of) {
        long gross = of.stream().mapToLong(part -> lines.get(part.line()).gross()).sum();
        long vat = of.stream().mapToLong(part -> lines.get(part.line()).vat()).sum();
        return gross == 0 ? 0 : vat(of) - halfUp(vat, gross(of) - amount, gross);
    }

    /** What EN 16931 lets the VAT of an amount be. */
    private Range valid(long gross, BigDecimal percent) {
        var divisor = HUNDRED.add(percent);
        var exact = percent.multiply(BigDecimal.valueOf(gross));
        var tolerance = TOLERANCE.movePointRight(decimals);
        return new Range(
                exact.subtract(tolerance).divide(divisor, 0, RoundingMode.FLOOR).longValueExact()
                        + 1,
                exact.add(tolerance).divide(divisor, 0, RoundingMode.FLOOR).longValueExact());
    }

    /** So that neither the VAT nor the net goes beyond what is left. */
    private static Range within(long amount, List<Part> left) {
        long vat = vat(left);
        long net = gross(left) - vat;
        return new Range(
                Math.max(Math.min(0, vat), amount - Math.max(0, net)),
                Math.min(Math.max(0, vat), amount - Math.min(0, net)));
    }

    /** From the least to the most. */
    private record Range(long least, long most) {

        Range less(long value) {
            return new Range(least - value, most - value);
        }

        /** What a value must be reduced by to come within it. */
        Range from(long value) {
            return new Range(value - most, value - least);
        }

        long nearest(long value) {
            return Math.max(least, Math.min(most, value));
        }
    }

    private BigDecimal rate(Part part) {
        return InvoiceContent.plain(lines.get(part.line()).vatRate());
    }

    private static long gross(List<Part> parts) {
        return parts.stream().mapToLong(Part::gross).sum();
    }

    private static long vat(List<Part> parts) {
        return parts.stream().mapToLong(Part::vat).sum();
    }

    private static BigInteger product(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    private static long halfUp(long a, long b, long divisor) {
        var doubled = product(a, b).shiftLeft(1).add(BigInteger.valueOf(divisor));
        return floor(doubled, Math.multiplyExact(divisor, 2));
    }

    private static long floor(BigInteger value, long divisor) {
        var quotient = value.divideAndRemainder(BigInteger.valueOf(divisor));
        boolean down = quotient[1].signum() != 0 && (quotient[1].signum() < 0) != (divisor < 0);
        return quotient[0].longValueExact() - (down ? 1 : 0);
    }
}
