package com.comptappart.sandbox;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a request may say of a quote, and what a quote shows of its lines. */
final class QuoteFields {

    private QuoteFields() {}

    static void apply(Store store, Params params, ObjectNode quote) {
        if (params.has("discounts")) {
            throw Refusal.notImitated("discounts", "discounts on quotes");
        }
        for (String name : List.of("description", "footer", "header")) {
            params.text(name).ifPresent(text -> quote.put(name, text.isEmpty() ? null : text));
        }
        params.integer("expires_at").ifPresent(at -> quote.put("expires_at", future(store, at)));
        params.oneOf("collection_method", "charge_automatically", "send_invoice")
                .ifPresent(how -> quote.put("collection_method", how));
        params.child("automatic_tax")
                .ifPresent(given -> SubscriptionFields.setAutomaticTax(quote, given));
        params.child("invoice_settings")
                .ifPresent(given ->
                        given.integer("days_until_due")
                                .ifPresent(days ->
                                        ((ObjectNode) quote.path("invoice_settings"))
                                                .put("days_until_due", days)));
        if (quote.path("collection_method").asString().equals("send_invoice")
                && !quote.path("invoice_settings").path("days_until_due").isNumber()) {
            throw Refusal.missing("invoice_settings[days_until_due]");
        }
        params.child("subscription_data").ifPresent(given -> setSubscription(store, given, quote));
        params.metadataInto((ObjectNode) quote.path("metadata"));
    }

    private static void setSubscription(Store store, Params given, ObjectNode quote) {
        var data = (ObjectNode) quote.path("subscription_data");
        given.text("description")
                .ifPresent(text -> data.put("description", text.isEmpty() ? null : text));
        given.metadataInto((ObjectNode) data.path("metadata"));
        var kept = Json.object();
        NewSubscription.trialDays(given)
                .ifPresent(days -> {
                    data.put("trial_period_days", days);
                    kept.put("trial_period_days", days);
                });
        store.putAside(quote.path("id").asString(), SessionBilling.DATA, kept);
    }

    static long future(Store store, long at) {
        if (at <= store.now()) {
            throw Refusal.of(null, "expires_at", "`expires_at` must be in the future.");
        }
        return at;
    }

    /** What is due at once, and what comes back. */
    static void showSums(ObjectNode quote, List<ObjectNode> items) {
        var computed = quote.putObject("computed");
        computed.putNull("recurring");
        List<ObjectNode> recurring =
                items.stream().filter(item -> recurringOf(item).isObject()).toList();
        if (!recurring.isEmpty()) {
            JsonNode interval = recurringOf(recurring.getFirst());
            var sums = sums(recurring);
            sums.set("interval", interval.path("interval"));
            sums.set("interval_count", interval.path("interval_count"));
            computed.set("recurring", sums);
        }
        computed.set("upfront", sums(items));
    }

    private static JsonNode recurringOf(ObjectNode item) {
        return item.path("price").path("recurring");
    }

    private static ObjectNode sums(List<ObjectNode> items) {
        var sums = Json.object();
        sums.put("amount_subtotal", sum(items, "amount_subtotal"));
        sums.put("amount_total", sum(items, "amount_total"));
        sums.putObject("total_details")
                .put("amount_discount", sum(items, "amount_discount"))
                .put("amount_shipping", 0)
                .put("amount_tax", sum(items, "amount_tax"));
        return sums;
    }

    private static long sum(List<ObjectNode> items, String field) {
        return items.stream().mapToLong(item -> item.path(field).asLong()).sum();
    }

    static ObjectNode blank() {
        return Json.object(
                """
                {"id": "", "object": "quote", "amount_subtotal": 0, "amount_total": 0, "application": null,
                 "application_fee_amount": null, "application_fee_percent": null,
                 "automatic_tax": {"enabled": false, "liability": null, "provider": null, "status": null},
                 "collection_method": "charge_automatically", "computed": null, "created": 0,
                 "currency": null, "customer": null, "customer_account": null, "default_tax_rates": [],
                 "description": null, "discounts": [], "expires_at": 0, "footer": null,
                 "from_quote": null, "header": null, "invoice": null,
                 "invoice_settings": {"custom_fields": null, "days_until_due": null,
                   "description": null, "footer": null, "issuer": {"type": "self"}},
                 "livemode": false, "metadata": {}, "number": null, "on_behalf_of": null,
                 "status": "draft",
                 "status_transitions": {"accepted_at": null, "canceled_at": null, "finalized_at": null},
                 "subscription": null,
                 "subscription_data": {"billing_mode": {"flexible": {"proration_discounts": "included"},
                     "type": "flexible"}, "description": null, "effective_date": null, "metadata": {},
                   "trial_period_days": null},
                 "subscription_schedule": null, "test_clock": null,
                 "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
                 "transfer_data": null}
                """);
    }
}
