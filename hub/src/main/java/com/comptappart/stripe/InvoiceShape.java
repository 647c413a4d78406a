package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The fields of a Stripe invoice that moved: up to 2024 (acacia and older) and since
 * 2025-03-31.basil.
 *
 * <p>Source: {@code stripe.md}, section 2.6.
 */
final class InvoiceShape {

    /**
     * A tax of a line.
     *
     * @param rateId of the tax rate, empty where none is named
     * @param percentage where the rate stands there whole, else empty
     * @param country of the rate, likewise
     * @param reason Stripe's {@code taxability_reason}, empty where it gives none
     */
    record Tax(
            long amount,
            boolean inclusive,
            String rateId,
            String percentage,
            String country,
            String reason) {}

    private InvoiceShape() {}

    /** The subscription's id, empty where the invoice belongs to none. */
    static String subscription(JsonNode invoice) {
        var old = invoice.path("subscription");
        var now = invoice.path("parent").path("subscription_details").path("subscription");
        return SessionFields.reference(isThere(old) ? old : now, "subscription");
    }

    /** The subscription's metadata as they were when the invoice was made. */
    static JsonNode subscriptionMetadata(JsonNode invoice) {
        var old = invoice.path("subscription_details").path("metadata");
        return isThere(old)
                ? old
                : invoice.path("parent").path("subscription_details").path("metadata");
    }

    /** The payment intent, whole or its id; missing where the invoice does not name it. */
    static JsonNode paymentIntent(JsonNode invoice) {
        var old = invoice.path("payment_intent");
        if (isThere(old)) {
            return old;
        }
        return ofPayments(invoice.path("payments").path("data"));
    }

    /** The payment intent of the invoice payment that went through. */
    static JsonNode ofPayments(Iterable<JsonNode> payments) {
        for (JsonNode payment : payments) {
            var intent = payment.path("payment").path("payment_intent");
            if (wentThrough(payment) && isThere(intent)) {
                return intent;
            }
        }
        return MissingNode.getInstance();
    }

    /** What of an invoice those payments took through Stripe, minor units, up to all of it. */
    static long throughStripe(Iterable<JsonNode> payments, long all) {
        long sum = 0;
        for (JsonNode payment : payments) {
            var by = payment.path("payment");
            if (wentThrough(payment)
                    && (isThere(by.path("payment_intent")) || isThere(by.path("charge")))) {
                sum = Math.addExact(sum, payment.path("amount_paid").asLong(all));
            }
        }
        return Math.min(all, sum);
    }

    private static boolean wentThrough(JsonNode payment) {
        return payment.path("status").asString("paid").equals("paid");
    }

    /** Marked as paid, without any money that went through Stripe. */
    static boolean isPaidElsewhere(JsonNode invoice) {
        return invoice.path("paid_out_of_band").asBoolean(false)
                || (SessionFields.signedOrZero(invoice, "amount_paid_off_stripe") > 0
                        && SessionFields.signedOrZero(invoice, "amount_paid_off_stripe")
                                >= SessionFields.signedOrZero(invoice, "amount_due"));
    }

    /** The product of a line, whole or its id. */
    static JsonNode product(JsonNode line) {
        var priced = line.path("pricing").path("price_details").path("product");
        if (isThere(priced)) {
            return priced;
        }
        var old = line.path("price").path("product");
        return isThere(old) ? old : line.path("plan").path("product");
    }

    static String price(JsonNode line) {
        var now = line.path("pricing").path("price_details").path("price");
        var old = line.path("price");
        return SessionFields.reference(
                isThere(now) ? now : isThere(old) ? old : line.path("plan"),
                Reason.PRICE_OF_LINE.text());
    }

    static boolean isProration(JsonNode line) {
        var parent = line.path("parent");
        return line.path("proration").asBoolean(false)
                || parent.path("subscription_item_details").path("proration").asBoolean(false)
                || parent.path("invoice_item_details").path("proration").asBoolean(false);
    }

    /** Whether a line gives back unused time. */
    static boolean creditsTime(JsonNode invoice) {
        for (JsonNode line : invoice.path("lines").path("data")) {
            if (isProration(line) && SessionFields.signedOrZero(line, "amount") < 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether lines that are more than nothing and less than nothing add up to its total. */
    static boolean sellsAndCredits(JsonNode invoice) {
        var lines = invoice.path("lines");
        for (JsonNode line : lines.path("data")) {
            if (SessionFields.signedOrZero(line, "amount") != 0) {
                return true;
            }
        }
        return lines.path("has_more").asBoolean(false);
    }

    /**
     * The invoice whose lines the first line below zero gives back, empty where Stripe names none.
     */
    static String creditedInvoice(JsonNode invoice) {
        for (JsonNode line : invoice.path("lines").path("data")) {
            var parent = line.path("parent");
            for (JsonNode details :
                    List.of(
                            parent.path("subscription_item_details"),
                            parent.path("invoice_item_details"),
                            line)) {
                var items = details.path("proration_details").path("credited_items");
                String id = SessionFields.reference(items.path("invoice"), "credited_items");
                if (!id.isEmpty() && SessionFields.signedOrZero(line, "amount") < 0) {
                    return id;
                }
            }
        }
        return "";
    }

    /** The subscription item that a line charges, empty where it charges none. */
    static String subscriptionItem(JsonNode line) {
        var old = line.path("subscription_item");
        var now = line.path("parent").path("subscription_item_details").path("subscription_item");
        return SessionFields.reference(isThere(old) ? old : now, Reason.ITEM_OF_LINE.text());
    }

    static List<Tax> taxes(JsonNode of) {
        var taxes = new ArrayList<Tax>();
        for (JsonNode tax : of.path("taxes")) {
            var rate = tax.path("tax_rate_details").path("tax_rate");
            taxes.add(tax(tax, !tax.path("tax_behavior").asString("").equals("exclusive"), rate));
        }
        if (taxes.isEmpty()) {
            for (JsonNode tax : of.path("tax_amounts")) {
                taxes.add(tax(tax, tax.path("inclusive").asBoolean(false), tax.path("tax_rate")));
            }
        }
        return taxes;
    }

    private static Tax tax(JsonNode tax, boolean inclusive, JsonNode rate) {
        return new Tax(
                SessionFields.signed(tax, "amount"),
                inclusive,
                SessionFields.reference(rate, "tax_rate"),
                rate.path("percentage").asString(""),
                rate.path("country").asString(""),
                tax.path("taxability_reason").asString(""));
    }

    /** What a line of an invoice or credit note comes to: less discounts, with taxes on top. */
    static long gross(JsonNode line) {
        long gross = Math.subtractExact(SessionFields.signed(line, "amount"), discount(line));
        for (Tax tax : taxes(line)) {
            gross = tax.inclusive() ? gross : Math.addExact(gross, tax.amount());
        }
        return gross;
    }

    /** What discounts take off a line, zero or more. */
    static long discount(JsonNode line) {
        long sum = 0;
        for (JsonNode discount : line.path("discount_amounts")) {
            sum = Math.addExact(sum, SessionFields.signed(discount, "amount"));
        }
        return sum;
    }

    private static boolean isThere(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }
}
