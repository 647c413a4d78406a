package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import java.util.List;

/**
 * A line as Stripe charged it, in minor units.
 *
 * @param quantity negative where the line is a credit
 * @param total tax included, after discounts; negative where the line is a credit (a proration)
 * @param discount what was taken off before
 * @param partner the product's own word for its partner, empty where it has none
 * @param parts the tiers that the line is made of, empty where it is one price
 * @param attention what a person should look at, empty where nothing is
 * @param shipping whether it is the delivery of the others
 */
record Charged(
        String productId,
        String name,
        long quantity,
        long total,
        Discount discount,
        String partner,
        ProductVat product,
        StripeTax tax,
        List<Part> parts,
        String attention,
        boolean shipping) {

    /**
     * A tier of a price.
     *
     * @param total tax included
     */
    record Part(String description, long quantity, long total) {}

    /**
     * What was taken off, zero or more.
     *
     * @param beforeTax whether tax was added to what it left
     */
    record Discount(long amount, boolean beforeTax) {
        static final Discount NONE = new Discount(0, false);

        /**
         * Of a line of which Stripe says what it was before, what was taken off and what was added.
         */
        static Discount of(long subtotal, long amount, StripeTax tax, long total) {
            if (amount <= 0 || subtotal <= 0) {
                return NONE;
            }
            if (subtotal - amount == total) {
                return new Discount(amount, false);
            }
            return subtotal - amount == total - tax.amount() ? new Discount(amount, true) : NONE;
        }
    }

    Charged {
        parts = List.copyOf(parts);
        boolean opposed = (total > 0 && tax.amount() < 0) || (total < 0 && tax.amount() > 0);
        if (opposed || Math.abs(tax.amount()) > Math.abs(total)) {
            throw new Unreadable(Reason.LINE_TAX_IMPOSSIBLE.text(name, total, tax.amount()));
        }
    }

    /** Lines whose product names no partner are that one's; a delivery follows what it delivers. */
    static List<Charged> withPartner(List<Charged> lines, String word) {
        return lines.stream()
                .map(line -> line.isNobodys() ? line.withPartner(word) : line)
                .toList();
    }

    boolean isNobodys() {
        return partner.isEmpty() && !shipping;
    }

    private Charged withPartner(String word) {
        return new Charged(
                productId, name, quantity, total, discount, word, product, tax, parts, attention,
                shipping);
    }

    /** A part of the delivery, for some of the others. */
    Charged part(long part, long taxOfPart, ProductVat others) {
        return new Charged(
                productId,
                name,
                quantity,
                part,
                Discount.NONE,
                partner,
                others,
                tax.withAmount(taxOfPart),
                parts,
                attention,
                shipping);
    }
}
