package com.comptappart.stripe;

import com.comptappart.kernel.Proportion;
import com.comptappart.kernel.VatTreatment;
import com.comptappart.stripe.VatRules.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A delivery is an accessory of what is delivered and taxed as that is (CGI art. 267, I 2°). Where
 * Stripe did not say its tax, it has the rate of the goods; where they have several, it is split
 * into a line for each, its net in proportion to theirs.
 */
final class ShippingTax {

    /** How goods are taxed. */
    private record Rated(VatTreatment treatment, BigDecimal rate) {}

    private final SaleVat sale;
    private final List<Charged> charged;
    private final List<Verdict> verdicts;

    private ShippingTax(SaleVat sale, List<Charged> charged, List<Verdict> verdicts) {
        this.sale = sale;
        this.charged = charged;
        this.verdicts = verdicts;
    }

    /**
     * Splits the deliveries among those lines.
     *
     * @param verdicts one a line; both lists are changed
     */
    static void follow(SaleVat sale, List<Charged> charged, List<Verdict> verdicts) {
        boolean any = charged.stream().anyMatch(ShippingTax::isUnsaid);
        if (any) {
            new ShippingTax(sale, charged, verdicts).follow();
        }
    }

    private static boolean isUnsaid(Charged line) {
        return line.shipping() && !line.tax().computed();
    }

    private void follow() {
        var weights = weights();
        if (weights.isEmpty()) {
            return;
        }
        var rates = List.copyOf(weights.keySet());
        var lines = new ArrayList<Charged>();
        var taxed = new ArrayList<Verdict>();
        for (int i = 0; i < charged.size(); i++) {
            var line = charged.get(i);
            if (!isUnsaid(line)) {
                lines.add(line);
                taxed.add(verdicts.get(i));
                continue;
            }
            long[] parts =
                    Proportion.spread(
                            line.total(),
                            weights.values().stream().mapToLong(Long::longValue).toArray());
            for (int part = 0; part < parts.length; part++) {
                if (parts[part] != 0) {
                    lines.add(line.part(parts[part], 0, line.product()));
                    taxed.add(verdict(rates.get(part)));
                }
            }
        }
        replace(charged, lines);
        replace(verdicts, taxed);
    }

    /**
     * What the goods of each rate are charged, tax included: in proportion to it, what is charged
     * for their delivery has its net in proportion to their net. What is given away counts at its
     * price where all is.
     */
    private Map<Rated, Long> weights() {
        boolean goods = charged.stream().anyMatch(this::isGoods);
        boolean charges = charged.stream().anyMatch(line -> !line.shipping() && line.total() > 0);
        Map<Rated, Long> weights = new LinkedHashMap<>();
        for (int i = 0; i < charged.size(); i++) {
            var line = charged.get(i);
            if (line.shipping() || (goods && !isGoods(line))) {
                continue;
            }
            var verdict = verdicts.get(i);
            var rated = new Rated(verdict.treatment(), verdict.rate().stripTrailingZeros());
            long weight = charges ? line.total() : line.discount().amount();
            weights.merge(rated, Math.max(0, weight), Math::addExact);
        }
        return weights;
    }

    private boolean isGoods(Charged line) {
        return !line.shipping() && sale.isGoods(line.product().nature());
    }

    private static Verdict verdict(Rated rated) {
        var rate = rated.rate().scale() < 0 ? rated.rate().setScale(0) : rated.rate();
        return new Verdict(rated.treatment(), rate, rate.signum() == 0, "");
    }

    private static <T> void replace(List<T> all, List<T> with) {
        all.clear();
        all.addAll(with);
    }
}
