package com.comptappart.order;

import com.comptappart.kernel.VatTreatment;
import java.math.BigDecimal;
import java.util.List;

/**
 * One line of an order, after discounts, in minor units of the order's currency.
 *
 * @param productId Stripe's product id, empty where the line has none (shipping)
 * @param quantity negative where the line is a credit, so that the unit price is not
 * @param net before tax; negative where the line is a credit (the unused part of what was paid)
 * @param vat the tax; {@code net + vat} is what the buyer paid for the line
 * @param vatRate percent
 * @param nature {@code goods}, {@code services} or {@code mixed}
 * @param subItems the tiers that the price is made of, empty where it is one
 * @param treatment why it is taxed so
 * @param discount what was taken off before, tax included; zero or more
 */
public record OrderLine(
        String productId,
        String name,
        long quantity,
        long net,
        long vat,
        BigDecimal vatRate,
        String nature,
        List<SubItem> subItems,
        VatTreatment treatment,
        Long discount) {

    public OrderLine {
        if (quantity == 0 || (quantity < 0 && net > 0)) {
            throw new IllegalArgumentException(
                    "a line has a quantity, which is negative only where the line is a credit");
        }
        // Orders that were stored before there were any have none; a long could not be missing.
        discount = discount == null ? 0L : discount;
        subItems = subItems == null ? List.of() : List.copyOf(subItems);
        treatment = treatment == null ? VatTreatment.ofRate(vatRate) : treatment;
        if (discount < 0) {
            throw new IllegalArgumentException("a discount takes off, it does not add");
        }
    }

    /** A line of one price. */
    public OrderLine(
            String productId,
            String name,
            long quantity,
            long net,
            long vat,
            BigDecimal vatRate,
            String nature) {
        this(
                productId,
                name,
                quantity,
                net,
                vat,
                vatRate,
                nature,
                List.of(),
                VatTreatment.ofRate(vatRate),
                0L);
    }

    /** Whether its invoice says what was taken off it, on a line of its own behind it. */
    public boolean showsDiscount() {
        return discount != 0 && quantity >= 0;
    }

    /** Tax included. */
    public long gross() {
        return net + vat;
    }
}
