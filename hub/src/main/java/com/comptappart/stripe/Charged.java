package com.comptappart.stripe;

import java.util.List;

/**
 * A line as Stripe charged it, in minor units.
 *
 * @param quantity negative where the line is a credit
 * @param total tax included; negative where the line is a credit (a proration)
 * @param tax what Stripe computed
 * @param partner the product's own word for its partner, empty where it has none
 * @param vatRate the product's own rate, empty where it has none
 * @param nature the product's own nature, empty where it has none
 * @param taxedByStripe whether Stripe computed the tax, be it zero
 * @param stripeRate the percentage that Stripe names, empty where it names none or several
 * @param parts the tiers that the line is made of, empty where it is one price
 * @param attention what a person should look at, empty where nothing is
 */
record Charged(
        String productId,
        String name,
        long quantity,
        long total,
        long tax,
        String partner,
        String vatRate,
        String nature,
        boolean taxedByStripe,
        String stripeRate,
        List<Part> parts,
        String attention) {

    /**
     * A tier of a price.
     *
     * @param total tax included
     */
    record Part(String description, long quantity, long total) {}

    Charged {
        parts = List.copyOf(parts);
        boolean opposed = (total > 0 && tax < 0) || (total < 0 && tax > 0);
        if (opposed || Math.abs(tax) > Math.abs(total)) {
            throw new Unreadable(
                    "the line '" + name + "' is charged " + total + " with a tax of " + tax);
        }
    }

    Charged withPartner(String word) {
        return new Charged(
                productId,
                name,
                quantity,
                total,
                tax,
                word,
                vatRate,
                nature,
                taxedByStripe,
                stripeRate,
                parts,
                attention);
    }
}
