package com.comptappart.stripe;

import com.comptappart.kernel.Proportion;
import com.comptappart.order.OrderLine;
import com.comptappart.order.SubItem;
import com.comptappart.order.VatSplit;
import com.comptappart.partner.Seller;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Net and tax of lines: Stripe's own tax where it computed one, else the seller's rate. */
final class LineTax {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final String PERCENTAGE = "[0-9]{1,2}(\\.[0-9]{1,4})?";
    private static final Set<String> NATURES = Set.of("goods", "services");

    private LineTax() {}

    static List<OrderLine> of(List<Charged> lines, Seller seller) {
        var byUs = lines.stream().filter(line -> !line.taxedByStripe()).toList();
        var rates = byUs.stream().map(line -> ownRate(line, seller)).toList();
        var splits = VatSplit.inclusive(byUs.stream().map(Charged::total).toList(), rates);
        var result = new ArrayList<OrderLine>();
        int own = 0;
        for (Charged line : lines) {
            if (line.taxedByStripe()) {
                long net = line.total() - line.tax();
                result.add(orderLine(line, net, line.tax(), stripeRate(line, net), seller));
                continue;
            }
            var split = splits.get(own);
            result.add(orderLine(line, split.net(), split.vat(), rates.get(own), seller));
            own++;
        }
        return result;
    }

    private static OrderLine orderLine(
            Charged line, long net, long vat, BigDecimal rate, Seller seller) {
        return new OrderLine(
                line.productId(),
                line.name(),
                line.quantity(),
                net,
                vat,
                rate,
                NATURES.contains(line.nature()) ? line.nature() : seller.nature(),
                subItems(line, net));
    }

    /** The tiers, their net in proportion to what each is charged. */
    private static List<SubItem> subItems(Charged line, long net) {
        long[] nets =
                Proportion.spread(
                        net, line.parts().stream().mapToLong(Charged.Part::total).toArray());
        var items = new ArrayList<SubItem>();
        for (int i = 0; i < nets.length; i++) {
            var part = line.parts().get(i);
            items.add(new SubItem(part.description(), part.quantity(), nets[i], part.total()));
        }
        return items;
    }

    private static BigDecimal ownRate(Charged line, Seller seller) {
        if (seller.franchise()) {
            return BigDecimal.ZERO;
        }
        if (line.vatRate().isEmpty()) {
            return seller.vatRate();
        }
        if (line.vatRate().matches(PERCENTAGE)) {
            return new BigDecimal(line.vatRate());
        }
        throw new Unreadable(
                "the product "
                        + line.productId()
                        + " has the metadata vat_rate '"
                        + line.vatRate()
                        + "': it must be a percentage such as 5.5");
    }

    /** The rate that Stripe names, if its tax is that rate's; else the French rate that it is. */
    private static BigDecimal stripeRate(Charged line, long net) {
        if (line.stripeRate().matches(PERCENTAGE)
                && isTaxOf(new BigDecimal(line.stripeRate()), net, line.tax())) {
            return new BigDecimal(line.stripeRate());
        }
        if (line.tax() == 0) {
            return BigDecimal.ZERO;
        }
        if (line.stripeRate().isEmpty()) {
            for (String french : List.of("20", "10", "5.5", "2.1")) {
                if (isTaxOf(new BigDecimal(french), net, line.tax())) {
                    return new BigDecimal(french);
                }
            }
        }
        throw new Unreadable(
                "Stripe does not say at which rate it taxed '"
                        + line.name()
                        + "' by "
                        + line.tax()
                        + " (minor units)");
    }

    /** To one minor unit: Stripe rounds by line or by total. */
    private static boolean isTaxOf(BigDecimal rate, long net, long tax) {
        long expected =
                BigDecimal.valueOf(net)
                        .multiply(rate)
                        .divide(HUNDRED, 0, RoundingMode.HALF_UP)
                        .longValueExact();
        return Math.abs(expected - tax) <= 1;
    }
}
