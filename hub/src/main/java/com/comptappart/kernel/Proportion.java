package com.comptappart.kernel;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;

/** Spreads whole amounts in proportion, so that the parts add up to them exactly. */
public final class Proportion {

    private Proportion() {}

    /**
     * Parts of an amount in proportion to weights, by largest remainder: the odd units go to the
     * largest remainders, the earlier first. Where the amount is between 0 and the sum of the
     * weights, each part is between 0 and its weight, negative weights included.
     *
     * @param amount minor units
     * @param weights where their sum is 0 the first takes all
     */
    public static long[] spread(long amount, long[] weights) {
        long sum = 0;
        for (long weight : weights) {
            sum = Math.addExact(sum, weight);
        }
        var parts = new long[weights.length];
        if (sum == 0) {
            if (parts.length > 0) {
                parts[0] = amount;
            }
            return parts;
        }
        if (sum < 0) {
            return negated(spread(-amount, negated(weights)));
        }
        var remainders = new long[weights.length];
        long given = 0;
        for (int i = 0; i < weights.length; i++) {
            divide(amount, weights[i], sum, i, parts, remainders);
            given += parts[i];
        }
        giveOdd(amount - given, parts, remainders);
        return parts;
    }

    /** One more to each of the largest remainders, the earlier first. */
    private static void giveOdd(long odd, long[] parts, long[] remainders) {
        if (odd == 0) {
            return;
        }
        if (odd == 1) {
            parts[largest(remainders)]++;
            return;
        }
        var order = new Integer[parts.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingLong((Integer i) -> remainders[i]).reversed());
        for (int i = 0; i < odd; i++) {
            parts[order[i]]++;
        }
    }

    private static int largest(long[] remainders) {
        int largest = 0;
        for (int i = 1; i < remainders.length; i++) {
            if (remainders[i] > remainders[largest]) {
                largest = i;
            }
        }
        return largest;
    }

    /** {@code amount × weight / sum}, rounded down, and what remains of it. */
    private static void divide(
            long amount, long weight, long sum, int at, long[] parts, long[] remainders) {
        long product = amount * weight;
        if (Math.multiplyHigh(amount, weight) == product >> 63) {
            parts[at] = Math.floorDiv(product, sum);
            remainders[at] = Math.floorMod(product, sum);
            return;
        }
        var divisor = BigInteger.valueOf(sum);
        var large = BigInteger.valueOf(amount).multiply(BigInteger.valueOf(weight));
        var remainder = large.mod(divisor);
        parts[at] = large.subtract(remainder).divide(divisor).longValueExact();
        remainders[at] = remainder.longValueExact();
    }

    private static long[] negated(long[] amounts) {
        return Arrays.stream(amounts).map(Math::negateExact).toArray();
    }
}
