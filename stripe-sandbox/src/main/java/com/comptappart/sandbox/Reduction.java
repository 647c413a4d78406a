package com.comptappart.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a coupon takes off, under the id of the discount that brought it; an amount is spread over
 * the lines in proportion, the last one taking the odd cents.
 */
record Reduction(String discount, JsonNode coupon, List<String> products) {

    Reduction {
        products = List.copyOf(products);
    }

    static Reduction of(Store store, String discount, JsonNode coupon) {
        var products = new ArrayList<String>();
        store.aside(coupon.path("id").asString(), Coupons.PRODUCTS)
                .forEach(product -> products.add(product.asString()));
        return new Reduction(discount, coupon, products);
    }

    void apply(List<LineMoney> lines) {
        List<LineMoney> fit = lines.stream().filter(this::fits).toList();
        if (coupon.path("percent_off").isNumber()) {
            BigDecimal percent = coupon.path("percent_off").asDecimal();
            fit.forEach(line -> line.takeOff(discount, percentOf(line.net(), percent)));
            return;
        }
        spread(fit, coupon.path("amount_off").asLong());
    }

    /** What a percentage leaves of an amount; an amount off leaves it whole. */
    long left(long amount) {
        return coupon.path("percent_off").isNumber()
                ? amount - percentOf(amount, coupon.path("percent_off").asDecimal())
                : amount;
    }

    private boolean fits(LineMoney line) {
        return line.discountable() && (products.isEmpty() || products.contains(line.product()));
    }

    private void spread(List<LineMoney> lines, long wanted) {
        long base = lines.stream().mapToLong(LineMoney::net).sum();
        long off = Math.min(wanted, base);
        long left = off;
        for (int i = 0; i < lines.size(); i++) {
            LineMoney line = lines.get(i);
            boolean last = i == lines.size() - 1;
            long part = last ? left : proportion(off, line.net(), base);
            line.takeOff(discount, part);
            left -= part;
        }
    }

    private static long proportion(long off, long net, long base) {
        return base == 0
                ? 0
                : BigDecimal.valueOf(off)
                        .multiply(BigDecimal.valueOf(net))
                        .divide(BigDecimal.valueOf(base), 0, RoundingMode.DOWN)
                        .longValueExact();
    }

    private static long percentOf(long amount, BigDecimal percent) {
        return BigDecimal.valueOf(amount)
                .multiply(percent)
                .divide(BigDecimal.valueOf(100), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
