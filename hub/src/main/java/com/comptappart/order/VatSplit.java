package com.comptappart.order;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Proportion;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        Map<BigDecimal, List<Integer>> byRate = new TreeMap<>();
        for (int i = 0; i < gross.size(); i++) {
            if (gross.get(i) < 0 == credits) {
                byRate.computeIfAbsent(rates.get(i).stripTrailingZeros(), _ -> new ArrayList<>())
                        .add(i);
            }
        }
        long sign = credits ? -1 : 1;
        byRate.forEach((rate, lines) -> {
            long total = sign * lines.stream().mapToLong(gross::get).sum();
            long net = total - vatWithin(total, rate);
            long[] nets =
                    Proportion.spread(
                            net, lines.stream().mapToLong(i -> sign * gross.get(i)).toArray());
            for (int i = 0; i < nets.length; i++) {
                long lineGross = gross.get(lines.get(i));
                result[lines.get(i)] = new Split(sign * nets[i], lineGross - sign * nets[i]);
            }
        });
    }

    private static long vatWithin(long gross, BigDecimal rate) {
        return BigDecimal.valueOf(gross)
                .multiply(rate)
                .divide(rate.add(BigDecimal.valueOf(100)), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
