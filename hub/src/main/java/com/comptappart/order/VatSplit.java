package com.comptappart.order;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Proportion;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;

/**
 * Splits tax-included amounts into net and VAT so that every sum is exact: per rate the VAT is
 * {@code halfUp(G × r / (100 + r))} of the rate's total G, and the net is spread over the lines by
 * largest remainder.
 *
 * <p>Source: {@code invoicing.md}, "VAT rounding with tax-inclusive prices"; amounts in minor
 * units.
 */
public final class VatSplit {

    /** Minor units; {@code net + vat} is the line. */
    public record Split(long net, long vat) {}

    private VatSplit() {}

    /**
     * @param gross tax included, one a line; credits, which are negative, are split among
     *     themselves
     * @param rates percent, one a line
     */
    public static List<Split> inclusive(List<Long> gross, List<BigDecimal> rates) {
        if (gross.size() != rates.size()) {
            throw new IllegalArgumentException("one rate a line");
        }
        var result = new Split[gross.size()];
        split(gross, rates, result, false);
        split(gross, rates, result, true);
        return List.of(result);
    }

    /**
     * The same, in the decimals that an electronic invoice has: EN 16931 knows two at most, so that
     * what is charged in whole hundredths of a three-decimal currency is split into such.
     */
    public static List<Split> inclusive(
            List<Long> gross, List<BigDecimal> rates, Currency currency) {
        boolean hundredths =
                currency.decimals() == 3 && gross.stream().allMatch(each -> each % 10 == 0);
        if (!hundredths) {
            return inclusive(gross, rates);
        }
        return inclusive(gross.stream().map(each -> each / 10).toList(), rates).stream()
                .map(split -> new Split(split.net() * 10, split.vat() * 10))
                .toList();
    }

    private static void split(
            List<Long> gross, List<BigDecimal> rates, Split[] result, boolean credits) {
        for (int first = 0; first < result.length; first++) {
            if (result[first] == null && gross.get(first) < 0 == credits) {
                splitRate(sameRate(gross, rates, first, credits), gross, rates.get(first), result);
            }
        }
    }

    /** The lines from that one on that have its rate. */
    private static int[] sameRate(
            List<Long> gross, List<BigDecimal> rates, int first, boolean credits) {
        var lines = new int[gross.size() - first];
        int count = 0;
        var rate = rates.get(first);
        for (int i = first; i < gross.size(); i++) {
            if (gross.get(i) < 0 == credits && rates.get(i).compareTo(rate) == 0) {
                lines[count++] = i;
            }
        }
        return Arrays.copyOf(lines, count);
    }

    private static void splitRate(int[] lines, List<Long> gross, BigDecimal rate, Split[] result) {
        long sign = gross.get(lines[0]) < 0 ? -1 : 1;
        var weights = new long[lines.length];
        long total = 0;
        for (int i = 0; i < lines.length; i++) {
            weights[i] = sign * gross.get(lines[i]);
            total = Math.addExact(total, weights[i]);
        }
        long[] nets = Proportion.spread(total - vatWithin(total, rate), weights);
        for (int i = 0; i < nets.length; i++) {
            result[lines[i]] = new Split(sign * nets[i], sign * (weights[i] - nets[i]));
        }
    }

    /** Half up; in longs where they suffice. */
    static long vatWithin(long gross, BigDecimal rate) {
        long part = rate.unscaledValue().longValueExact();
        long whole = 100;
        for (int i = 0; i < rate.scale(); i++) {
            whole = Math.multiplyExact(whole, 10L);
        }
        boolean suffice =
                rate.scale() >= 0
                        && part >= 0
                        && part < 1L << 31
                        && whole < 1L << 31
                        && gross < 1L << 31;
        if (suffice) {
            return (2 * gross * part + whole + part) / (2 * (whole + part));
        }
        return BigDecimal.valueOf(gross)
                .multiply(rate)
                .divide(rate.add(BigDecimal.valueOf(100)), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
