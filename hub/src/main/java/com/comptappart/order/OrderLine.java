package com.comptappart.order;

import java.math.BigDecimal;

/**
 * One line of an order, after discounts, in minor units of the order's currency.
 *
 * @param productId Stripe's product id, empty where the line has none (shipping)
 * @param net before tax
 * @param vat the tax; {@code net + vat} is what the buyer paid for the line
 * @param vatRate percent
 * @param nature {@code goods}, {@code services} or {@code mixed}
 */
public record OrderLine(
        String productId,
        String name,
        long quantity,
        long net,
        long vat,
        BigDecimal vatRate,
        String nature) {

    public OrderLine {
        if (quantity < 1) {
            throw new IllegalArgumentException(
                    "a line has a quantity of 1 or more, not " + quantity);
        }
    }

    /** Tax included. */
    public long gross() {
        return net + vat;
    }
}
