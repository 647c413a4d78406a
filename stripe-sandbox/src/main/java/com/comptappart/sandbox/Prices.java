package com.comptappart.sandbox;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/prices}: amounts per unit in the smallest unit of the currency, as integers. */
final class Prices {

    private static final long MOST = 999_999_999_999L;
    private static final String[] TAX_BEHAVIORS = {"unspecified", "exclusive", "inclusive"};

    private final Store store;
    private final Events events;
    private final PriceTiers tiers;

    Prices(Store store, Events events) {
        this.store = store;
        this.events = events;
        this.tiers = new PriceTiers(store);
    }

    void addTo(Routes routes) {
        routes.post("v1/prices", this::create);
        routes.get("v1/prices", this::list);
        routes.get("v1/prices/*", call -> store.get(Kind.PRICE, call.id()));
        routes.post("v1/prices/*", this::update);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        Optional<ObjectNode> product =
                params.child("product_data").map(data -> Products.inline(store, data));
        product.ifPresent(made -> made.put("active", true));
        String productId =
                product.map(made -> made.path("id").asString())
                        .orElseGet(() -> existingProduct(params));
        ObjectNode price = draft(params, productId);
        params.flag("active").ifPresent(active -> price.put("active", active));
        params.text("nickname").ifPresent(text -> price.put("nickname", text));
        applyLookupKey(price, params);
        params.refuseUnread();
        if (product.isPresent()) {
            store.put(Kind.PRODUCT, product.get());
            var _ = events.record("product.created", product.get(), call.cause());
        }
        keep(price, call.cause());
        return price;
    }

    /**
     * Reads what a price of its own, a product's default price and an inline price have in common.
     */
    ObjectNode draft(Params params, String productId) {
        ObjectNode price = blank();
        price.put("currency", currency(params));
        if (params.oneOf("billing_scheme", "per_unit", "tiered").orElse("").equals("tiered")) {
            tiers.read(params, price);
        } else {
            setUnitAmount(price, params);
        }
        price.put("product", productId);
        params.oneOf("tax_behavior", TAX_BEHAVIORS)
                .ifPresent(text -> price.put("tax_behavior", text));
        params.child("recurring").ifPresent(recurring -> setRecurring(price, recurring));
        params.metadataInto((ObjectNode) price.path("metadata"));
        return price;
    }

    private static void setUnitAmount(ObjectNode price, Params params) {
        long amount = params.integer("unit_amount").orElseThrow(() -> missingAmount(params));
        if (amount < 0 || amount > MOST) {
            throw Refusal.of(
                    "parameter_invalid_integer",
                    params.nameOf("unit_amount"),
                    "Invalid unit_amount: must be from 0 to %d.".formatted(MOST));
        }
        price.put("unit_amount", amount);
        price.put("unit_amount_decimal", String.valueOf(amount));
    }

    void keep(ObjectNode price, Cause cause) {
        store.put(Kind.PRICE, price);
        var _ = events.record("price.created", price, cause);
    }

    private ObjectNode update(Call call) {
        Params params = call.params();
        ObjectNode kept = store.get(Kind.PRICE, call.id());
        ObjectNode price = kept.deepCopy();
        params.flag("active").ifPresent(active -> price.put("active", active));
        params.text("nickname")
                .ifPresent(text -> price.put("nickname", text.isEmpty() ? null : text));
        params.oneOf("tax_behavior", TAX_BEHAVIORS).ifPresent(text -> setTaxBehavior(price, text));
        applyLookupKey(price, params);
        params.metadataInto((ObjectNode) price.path("metadata"));
        params.refuseUnread();
        kept.setAll(price);
        var _ = events.record("price.updated", kept, call.cause());
        return kept;
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        List<String> lookupKeys = params.texts("lookup_keys");
        Predicate<ObjectNode> wanted =
                Page.created(params)
                        .and(Page.equal(params, "active"))
                        .and(Page.equal(params, "product"))
                        .and(Page.equal(params, "currency"))
                        .and(Page.equal(params, "type"))
                        .and(price ->
                                lookupKeys.isEmpty()
                                        || lookupKeys.contains(
                                                price.path("lookup_key").asString("")));
        return Page.of(call, store.newestFirst(Kind.PRICE).stream().filter(wanted).toList());
    }

    private String existingProduct(Params params) {
        String id = params.required("product");
        store.referred(Kind.PRODUCT, id, "product");
        return id;
    }

    private void applyLookupKey(ObjectNode price, Params params) {
        Optional<String> key = params.filled("lookup_key");
        boolean transfer = params.flag("transfer_lookup_key").orElse(false);
        if (key.isEmpty()) {
            return;
        }
        for (ObjectNode other : store.newestFirst(Kind.PRICE)) {
            boolean taken =
                    key.get().equals(other.path("lookup_key").asString(""))
                            && !other.path("id").equals(price.path("id"));
            if (taken && !transfer) {
                throw Refusal.of(
                        null,
                        "lookup_key",
                        "A price (`%s`) already uses that lookup key."
                                .formatted(other.path("id").asString()));
            }
            if (taken) {
                other.putNull("lookup_key");
            }
        }
        price.put("lookup_key", key.get());
    }

    private static void setTaxBehavior(ObjectNode price, String behavior) {
        if (!price.path("tax_behavior").asString().equals("unspecified")) {
            throw Refusal.of(
                    null, "tax_behavior", "You cannot change `tax_behavior` once it is set.");
        }
        price.put("tax_behavior", behavior);
    }

    private static void setRecurring(ObjectNode price, Params given) {
        String interval =
                given.oneOf("interval", "day", "week", "month", "year")
                        .orElseThrow(() -> Refusal.missing(given.nameOf("interval")));
        var recurring = Json.object();
        recurring.put("interval", interval);
        recurring.put("interval_count", given.integer("interval_count").orElse(1));
        recurring.putNull("meter");
        var trial = given.integer("trial_period_days");
        recurring.put("trial_period_days", trial.isPresent() ? (Long) trial.getAsLong() : null);
        recurring.put("usage_type", given.oneOf("usage_type", "licensed").orElse("licensed"));
        price.set("recurring", recurring);
        price.put("type", "recurring");
    }

    private static String currency(Params params) {
        String currency = params.required("currency").toLowerCase(Locale.ROOT);
        if (!currency.matches("[a-z]{3}")) {
            throw Refusal.of(
                    null, params.nameOf("currency"), "Invalid currency: %s.".formatted(currency));
        }
        return currency;
    }

    private static Refusal missingAmount(Params params) {
        for (String other : List.of("unit_amount_decimal", "custom_unit_amount")) {
            if (params.has(other)) {
                return Refusal.notImitated(params.nameOf(other), other);
            }
        }
        return Refusal.missing(params.nameOf("unit_amount"));
    }

    private ObjectNode blank() {
        ObjectNode price =
                Json.object(
                        """
                        {"id": "", "object": "price", "active": true, "billing_scheme": "per_unit", "created": 0,
                         "currency": "", "custom_unit_amount": null, "livemode": false, "lookup_key": null,
                         "metadata": {}, "nickname": null, "product": "", "recurring": null,
                         "tax_behavior": "unspecified", "tiers_mode": null, "transform_quantity": null,
                         "type": "one_time", "unit_amount": 0, "unit_amount_decimal": "0"}
                        """);
        price.put("id", Kind.PRICE.newId());
        price.put("created", store.now());
        return price;
    }
}
