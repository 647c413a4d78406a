package com.comptappart.invoice;

import com.comptappart.kernel.Proportion;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a credit note of a given amount takes of each line of its invoice: in proportion to what
 * earlier ones left, first over the VAT rates, then over the lines of each, by largest remainder.
 * Per line and rate it never takes more than is left, in net and in VAT; the one that takes the
 * rest takes exactly the rest. Amounts in minor units, tax included where not said otherwise.
 *
 * <p>Source: {@code invoicing.md}, "Credit notes".
 */
final class CreditSplit {

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

    private CreditSplit() {}

    /**
     * @param earlier what earlier credit notes took, in any order
     * @throws IllegalArgumentException when the amount is not within what is left
     */
    static List<Part> of(long amount, List<InvoiceLine> lines, List<Part> earlier) {
        var left = left(lines, earlier);
        long rest = gross(left);
        if (amount < 1 || amount > rest) {
            throw new IllegalArgumentException(
                    amount + " can't be credited: " + rest + " is left of the invoice");
        }
        if (amount == rest) {
            return left.stream().filter(part -> !part.isEmpty()).toList();
        }
        Map<BigDecimal, List<Part>> byRate = new TreeMap<>(Comparator.reverseOrder());
        for (Part part : left) {
            byRate.computeIfAbsent(
                            lines.get(part.line()).vatRate().stripTrailingZeros(),
                            _ -> new ArrayList<>())
                    .add(part);
        }
        var rates = List.copyOf(byRate.values());
        long[] amounts =
                Proportion.spread(amount, rates.stream().mapToLong(CreditSplit::gross).toArray());
        var taken = new ArrayList<Part>();
        for (int i = 0; i < amounts.length; i++) {
            taken.addAll(ofRate(amounts[i], rates.get(i), lines));
        }
        taken.removeIf(Part::isEmpty);
        taken.sort(Comparator.comparingInt(Part::line));
        return taken;
    }

    /**
     * The same of some lines only, or all that is left of them where that is less.
     *
     * @param only their indexes in the invoice, from 0
     */
    static List<Part> ofLines(
            long amount, List<InvoiceLine> lines, List<Part> earlier, List<Integer> only) {
        var others = new ArrayList<>(earlier);
        long room = 0;
        for (Part part : left(lines, earlier)) {
            if (only.contains(part.line())) {
                room += part.gross();
            } else {
                others.add(part);
            }
        }
        long taken = Math.min(amount, room);
        return taken < 1 ? List.of() : of(taken, lines, others);
    }

    /** One part for each line, in the order of the lines. */
    static List<Part> merged(List<Part> parts) {
        Map<Integer, Part> byLine = new TreeMap<>();
        for (Part part : parts) {
            byLine.merge(
                    part.line(),
                    part,
                    (one, other) ->
                            new Part(one.line(), one.net() + other.net(), one.vat() + other.vat()));
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

    private static List<Part> ofRate(long amount, List<Part> left, List<InvoiceLine> lines) {
        long[] gross = Proportion.spread(amount, left.stream().mapToLong(Part::gross).toArray());
        var bounds = new ArrayList<Bounds>(gross.length);
        for (int i = 0; i < gross.length; i++) {
            bounds.add(Bounds.of(gross[i], left.get(i)));
        }
        long[] vat = vat(target(amount, left, lines), gross, left, bounds);
        var taken = new ArrayList<Part>(gross.length);
        for (int i = 0; i < gross.length; i++) {
            taken.add(new Part(left.get(i).line(), gross[i] - vat[i], vat[i]));
        }
        return taken;
    }

    /**
     * The VAT that brings the rate's credited total to its proportion of the invoiced VAT: rounding
     * does not add up over many small credit notes.
     */
    private static long target(long amount, List<Part> left, List<InvoiceLine> lines) {
        long gross = left.stream().mapToLong(part -> lines.get(part.line()).gross()).sum();
        long vat = left.stream().mapToLong(part -> lines.get(part.line()).vat()).sum();
        long leftVat = left.stream().mapToLong(Part::vat).sum();
        if (gross == 0) {
            return 0;
        }
        long leftAfter = gross(left) - amount;
        return leftVat - halfUp(vat, leftAfter, gross);
    }

    /** Spreads the rate's VAT over its lines, each within its bounds. */
    private static long[] vat(long target, long[] gross, List<Part> left, List<Bounds> bounds) {
        var vat = new long[gross.length];
        var remainders = new long[gross.length];
        long open = target;
        for (int i = 0; i < gross.length; i++) {
            long whole = left.get(i).gross();
            if (whole != 0) {
                var exact = product(left.get(i).vat(), gross[i]);
                vat[i] = floor(exact, whole);
                remainders[i] = remainder(exact, whole);
            }
            vat[i] = bounds.get(i).clamp(vat[i]);
            open -= vat[i];
        }
        var order =
                IntStream.range(0, gross.length)
                        .boxed()
                        .sorted(Comparator.comparingLong((Integer i) -> remainders[i]).reversed())
                        .toList();
        boolean moved = true;
        while (open != 0 && moved) {
            moved = false;
            for (int i : open > 0 ? order : order.reversed()) {
                long step = Long.signum(open);
                if (open != 0 && bounds.get(i).allows(vat[i] + step)) {
                    vat[i] += step;
                    open -= step;
                    moved = true;
                }
            }
        }
        return vat;
    }

    /**
     * The VAT that a line may take so that neither its VAT nor its net goes beyond what is left.
     */
    private record Bounds(long least, long most) {

        static Bounds of(long gross, Part left) {
            return new Bounds(
                    Math.max(Math.min(0, left.vat()), gross - Math.max(0, left.net())),
                    Math.min(Math.max(0, left.vat()), gross - Math.min(0, left.net())));
        }

        boolean allows(long vat) {
            return vat >= least && vat <= most;
        }

        long clamp(long vat) {
            return Math.max(least, Math.min(most, vat));
        }
    }

    private static long gross(List<Part> parts) {
        return parts.stream().mapToLong(Part::gross).sum();
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

    /** Of the rounding down, as a fraction of the divisor in billionths: only compared. */
    private static long remainder(BigInteger value, long divisor) {
        var rest = value.subtract(product(floor(value, divisor), divisor));
        return floor(rest.multiply(BigInteger.valueOf(1_000_000_000)), divisor);
    }
}
