package com.comptappart.stripe;

import com.comptappart.kernel.Proportion;
import com.comptappart.kernel.Reason;
import com.comptappart.kernel.VatCategory;
import com.comptappart.kernel.VatTreatment;
import com.comptappart.order.OrderLine;
import com.comptappart.order.SubItem;
import com.comptappart.order.VatSplit;
import com.comptappart.stripe.VatRules.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Net and tax of lines: Stripe's own tax where it computed one, else the rate's. */
final class LineTax {

    private static final Set<String> NATURES = Set.of("goods", "services");

    /**
     * The lines of an order.
     *
     * @param attention what a person should look at, empty where nothing is
     */
    record Taxed(List<OrderLine> lines, List<String> attention) {}

    private final List<Charged> charged;
    private final List<Verdict> verdicts;
    private final SaleVat sale;
    private final List<String> attention = new ArrayList<>();

    private LineTax(List<Charged> charged, SaleVat sale) {
        this.charged = new ArrayList<>(charged);
        this.sale = sale;
        this.verdicts =
                new ArrayList<>(charged.stream().map(line -> VatRules.of(sale, line)).toList());
    }

    static Taxed of(List<Charged> lines, SaleVat sale) {
        var tax = new LineTax(lines, sale);
        ShippingTax.follow(sale, tax.charged, tax.verdicts);
        tax.keepOutsideScopeApart();
        tax.distrustStripe();
        tax.verdicts.forEach(verdict -> tax.attention.add(verdict.attention()));
        return new Taxed(tax.lines(), List.copyOf(tax.attention));
    }

    /** EN 16931 has no invoice in which some lines are outside the scope and others are not. */
    private void keepOutsideScopeApart() {
        boolean all =
                verdicts.stream().allMatch(each -> each.treatment().category() == VatCategory.O);
        if (all) {
            return;
        }
        verdicts.replaceAll(each ->
                each.treatment().category() == VatCategory.O
                        ? Verdict.untaxed(
                                VatTreatment.untaxed(VatCategory.E, each.treatment().ground()),
                                each.attention())
                        : each);
    }

    /**
     * Stripe's amounts stand where each is its rate's to one minor unit, and their sum to one unit
     * of the currency, which is EN 16931's limit. Else the rate's own are written, and a person is
     * told.
     */
    private void distrustStripe() {
        Map<BigDecimal, List<Integer>> byRate = new TreeMap<>();
        for (int i = 0; i < charged.size(); i++) {
            if (verdicts.get(i).asStripe() && verdicts.get(i).rate().signum() > 0) {
                byRate.computeIfAbsent(verdicts.get(i).rate(), _ -> new ArrayList<>()).add(i);
            }
        }
        byRate.forEach((rate, lines) -> {
            long gross = lines.stream().mapToLong(i -> charged.get(i).total()).sum();
            long tax = lines.stream().mapToLong(i -> charged.get(i).tax().amount()).sum();
            boolean each =
                    lines.stream()
                            .allMatch(i ->
                                    VatRates.isTaxOf(
                                            rate,
                                            charged.get(i).total() - charged.get(i).tax().amount(),
                                            charged.get(i).tax().amount()));
            long expected = gross - tax == 0 ? 0 : VatRates.taxOf(gross - tax, rate);
            long unit = BigDecimal.TEN.pow(sale.currency().decimals()).longValueExact();
            if (each && Math.abs(expected - tax) < unit) {
                return;
            }
            attention.add(Reason.VAT_NOT_OF_RATE.text(tax, rate.toPlainString(), gross - tax));
            for (int i : lines) {
                var verdict = verdicts.get(i);
                verdicts.set(i, new Verdict(verdict.treatment(), rate, false, verdict.attention()));
            }
        });
    }

    private List<OrderLine> lines() {
        var gross = new ArrayList<Long>();
        var rates = new ArrayList<BigDecimal>();
        for (int i = 0; i < charged.size(); i++) {
            if (!verdicts.get(i).asStripe()) {
                gross.add(charged.get(i).total());
                rates.add(verdicts.get(i).rate());
            }
        }
        var splits = VatSplit.inclusive(gross, rates, sale.currency()).iterator();
        var lines = new ArrayList<OrderLine>();
        for (int i = 0; i < charged.size(); i++) {
            var line = charged.get(i);
            long vat = verdicts.get(i).asStripe() ? line.tax().amount() : splits.next().vat();
            lines.add(orderLine(line, line.total() - vat, vat, verdicts.get(i)));
        }
        return lines;
    }

    private OrderLine orderLine(Charged line, long net, long vat, Verdict verdict) {
        return new OrderLine(
                line.productId(),
                line.name(),
                line.quantity(),
                net,
                vat,
                verdict.rate(),
                NATURES.contains(line.product().nature())
                        ? line.product().nature()
                        : sale.seller().nature(),
                subItems(line, net),
                verdict.treatment(),
                discount(line, verdict.rate()));
    }

    /** Tax included, as the line is. */
    private static long discount(Charged line, BigDecimal rate) {
        long amount = line.discount().amount();
        return line.discount().beforeTax() ? amount + VatRates.taxOf(amount, rate) : amount;
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
}
