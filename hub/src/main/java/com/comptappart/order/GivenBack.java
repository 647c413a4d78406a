package com.comptappart.order;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * For what a refund gives money back, where that is known; minor units, tax included.
 *
 * @param products how much for each of Stripe's products, where Stripe says so
 * @param lines how much for each line of the order that the refund names, by its place from 0,
 *     where whoever asked for it said so
 */
public record GivenBack(Map<String, Long> products, Map<Integer, Long> lines) {

    /** For all that was sold, in proportion. */
    public static final GivenBack OF_ALL = new GivenBack(Map.of(), Map.of());

    public GivenBack {
        products = Collections.unmodifiableMap(new TreeMap<>(products));
        lines = Collections.unmodifiableMap(new TreeMap<>(lines));
    }

    public static GivenBack ofProducts(Map<String, Long> products) {
        return new GivenBack(products, Map.of());
    }

    /** As an order has it that the refund does not name: lines are those of another. */
    GivenBack withoutLines() {
        return ofProducts(products);
    }
}
