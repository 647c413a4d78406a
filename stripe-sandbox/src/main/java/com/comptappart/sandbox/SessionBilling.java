package com.comptappart.sandbox;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a new session says about subscriptions, invoices, discounts and tax. */
final class SessionBilling {

    static final String DATA = "subscription_data";

    private final Store store;
    private final SessionMoney money;

    SessionBilling(Store store) {
        this.store = store;
        this.money = new SessionMoney(store);
    }

    static boolean hasTrial(Store store, JsonNode session) {
        JsonNode data = store.aside(session.path("id").asString(), DATA);
        return data.path("trial_period_days").isNumber() || data.path("trial_end").isNumber();
    }

    /** What the session says about its subscription; missing where it says nothing. */
    static JsonNode data(Store store, JsonNode session) {
        return store.aside(session.path("id").asString(), DATA);
    }

    static boolean subscribes(JsonNode session) {
        return session.path("mode").asString("").equals("subscription");
    }

    /** Reads it all, and computes the session's sums. */
    void read(Params params, ObjectNode session, List<ObjectNode> items) {
        boolean subscribes = subscribes(session);
        if (params.has(DATA) && !subscribes) {
            throw Refusal.of(null, DATA, "You can not pass `subscription_data` in `payment` mode.");
        }
        if (params.has("payment_intent_data") && subscribes) {
            throw Refusal.of(
                    null,
                    "payment_intent_data",
                    "You can not pass `payment_intent_data` in `subscription` mode.");
        }
        params.child(DATA).ifPresent(data -> readSubscription(data, session));
        Optional<String> collection =
                params.oneOf("payment_method_collection", "always", "if_required");
        session.put(
                "payment_method_collection",
                subscribes ? collection.orElse("always") : "if_required");
        params.child("automatic_tax")
                .ifPresent(given -> SubscriptionFields.setAutomaticTax(session, given));
        if (session.path("automatic_tax").path("enabled").asBoolean()) {
            ((ObjectNode) session.path("automatic_tax")).put("provider", "stripe");
        }
        params.child("customer_update").ifPresent(given -> readUpdate(given, session));
        readDiscounts(params, session);
        params.child("invoice_creation").ifPresent(given -> readInvoice(given, session));
        if (subscribes) {
            session.putNull("invoice_creation");
        }
        money.compute(session, items, buyer(session));
        Cart.requireSaneTotal(
                session.path("amount_total").asLong(), session.path("currency").asString());
    }

    private AutomaticTax.Buyer buyer(ObjectNode session) {
        return store.find(Kind.CUSTOMER, session.path("customer").asString(""))
                .map(customer -> AutomaticTax.Buyer.of(store, customer))
                .orElseGet(() -> new AutomaticTax.Buyer("", "none", false));
    }

    private void readSubscription(Params given, ObjectNode session) {
        var data = Json.object();
        given.metadataInto(data.putObject("metadata"));
        given.filled("description").ifPresent(text -> data.put("description", text));
        NewSubscription.trialDays(given).ifPresent(days -> data.put("trial_period_days", days));
        given.integer("trial_end").ifPresent(at -> data.put("trial_end", at));
        given.oneOf("proration_behavior", "create_prorations", "none");
        given.child("billing_mode").ifPresent(mode -> mode.oneOf("type", "flexible"));
        given.child("trial_settings")
                .flatMap(settings -> settings.child("end_behavior"))
                .flatMap(behavior ->
                        behavior.oneOf(
                                "missing_payment_method", "cancel", "create_invoice", "pause"))
                .ifPresent(what -> data.put("missing_payment_method", what));
        given.child("invoice_settings")
                .flatMap(settings -> settings.filled("description"))
                .ifPresent(text -> data.put("invoice_description", text));
        if (given.has("default_tax_rates")) {
            TaxRates.show(
                    data, "default_tax_rates", TaxRates.read(store, given, "default_tax_rates"));
        }
        store.putAside(session.path("id").asString(), DATA, data);
    }

    private void readUpdate(Params given, ObjectNode session) {
        var update = Json.object();
        for (String name : List.of("address", "name", "shipping")) {
            given.oneOf(name, "auto", "never").ifPresent(how -> update.put(name, how));
        }
        store.putAside(session.path("id").asString(), "customer_update", update);
    }

    private void readDiscounts(Params params, ObjectNode session) {
        Optional<Boolean> codes = params.flag("allow_promotion_codes");
        codes.ifPresent(allowed -> session.put("allow_promotion_codes", allowed));
        List<Discounts.Wanted> wanted = Discounts.read(store, params);
        if (wanted.size() > 1 || (!wanted.isEmpty() && codes.orElse(false))) {
            throw Refusal.of(
                    null,
                    "discounts",
                    "You can have one discount, or `allow_promotion_codes`, but not more.");
        }
        wanted.forEach(one -> setDiscount(session, one));
    }

    static void setDiscount(ObjectNode session, Discounts.Wanted wanted) {
        var shown = session.putArray("discounts").addObject();
        shown.set("coupon", wanted.coupon().path("id"));
        if (wanted.promotionCode() == null) {
            shown.putNull("promotion_code");
        } else {
            shown.set("promotion_code", wanted.promotionCode().path("id"));
        }
    }

    private static void readInvoice(Params given, ObjectNode session) {
        boolean enabled = given.flag("enabled").orElse(false);
        if (enabled && subscribes(session)) {
            throw Refusal.of(
                    null,
                    "invoice_creation",
                    "You can only enable invoice creation when `mode` is set to `payment`.");
        }
        var creation = (ObjectNode) session.path("invoice_creation");
        creation.put("enabled", enabled);
        given.child("invoice_data")
                .ifPresent(data -> {
                    var kept = (ObjectNode) creation.path("invoice_data");
                    data.filled("description").ifPresent(text -> kept.put("description", text));
                    data.filled("footer").ifPresent(text -> kept.put("footer", text));
                    data.metadataInto((ObjectNode) kept.path("metadata"));
                });
        if (enabled && session.path("customer").isNull()) {
            session.put("customer_creation", "always");
        }
    }
}
