package com.comptappart.sandbox;

import java.util.Locale;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/shipping_rates}: what a delivery costs, in the smallest unit of its currency. */
final class ShippingRates {

    private static final long MOST = 999_999_999_999L;
    private static final String[] TAX_BEHAVIORS = {"unspecified", "exclusive", "inclusive"};

    private final Store store;

    ShippingRates(Store store) {
        this.store = store;
    }

    void addTo(Routes routes) {
        routes.post("v1/shipping_rates", this::create);
        routes.get("v1/shipping_rates", this::list);
        routes.get("v1/shipping_rates/*", call -> store.get(Kind.SHIPPING_RATE, call.id()));
        routes.post("v1/shipping_rates/*", this::update);
    }

    private ObjectNode create(Call call) {
        ObjectNode rate = draft(store, call.params());
        call.params().refuseUnread();
        return store.put(Kind.SHIPPING_RATE, rate);
    }

    /** Reads a rate of its own, or one that a session brings along. */
    static ObjectNode draft(Store store, Params params) {
        ObjectNode rate =
                Json.object(
                        """
                        {"id": "", "object": "shipping_rate", "active": true, "created": 0,
                         "delivery_estimate": null, "display_name": "", "livemode": false, "metadata": {},
                         "tax_behavior": "unspecified", "tax_code": null, "type": "fixed_amount"}
                        """);
        rate.put("id", Kind.SHIPPING_RATE.newId());
        rate.put("created", store.now());
        rate.put("display_name", params.required("display_name"));
        params.oneOf("type", "fixed_amount");
        Params fixed =
                params.child("fixed_amount")
                        .orElseThrow(() -> Refusal.missing(params.nameOf("fixed_amount")));
        long amount =
                fixed.integer("amount").orElseThrow(() -> Refusal.missing(fixed.nameOf("amount")));
        if (amount < 0 || amount > MOST) {
            throw Refusal.of(
                    "parameter_invalid_integer",
                    fixed.nameOf("amount"),
                    "Invalid amount: must be from 0 to %d.".formatted(MOST));
        }
        rate.putObject("fixed_amount")
                .put("amount", amount)
                .put("currency", fixed.required("currency").toLowerCase(Locale.ROOT));
        params.child("delivery_estimate")
                .ifPresent(given -> {
                    var estimate = rate.putObject("delivery_estimate");
                    setBound(given, "maximum", estimate);
                    setBound(given, "minimum", estimate);
                });
        applyTo(rate, params);
        return rate;
    }

    private static void setBound(Params given, String name, ObjectNode estimate) {
        estimate.putNull(name);
        given.child(name)
                .ifPresent(bound -> {
                    String unit =
                            bound.oneOf("unit", "business_day", "day", "hour", "month", "week")
                                    .orElseThrow(() -> Refusal.missing(bound.nameOf("unit")));
                    long value =
                            bound.integer("value")
                                    .orElseThrow(() -> Refusal.missing(bound.nameOf("value")));
                    estimate.putObject(name).put("unit", unit).put("value", value);
                });
    }

    private static void applyTo(ObjectNode rate, Params params) {
        params.oneOf("tax_behavior", TAX_BEHAVIORS)
                .ifPresent(text -> rate.put("tax_behavior", text));
        params.filled("tax_code").ifPresent(code -> rate.put("tax_code", code));
        params.metadataInto((ObjectNode) rate.path("metadata"));
    }

    private ObjectNode update(Call call) {
        Params params = call.params();
        ObjectNode kept = store.get(Kind.SHIPPING_RATE, call.id());
        ObjectNode rate = kept.deepCopy();
        params.flag("active").ifPresent(active -> rate.put("active", active));
        applyTo(rate, params);
        params.refuseUnread();
        kept.setAll(rate);
        return kept;
    }

    private ObjectNode list(Call call) {
        Predicate<ObjectNode> wanted =
                Page.created(call.params()).and(Page.equal(call.params(), "active"));
        return Page.of(
                call, store.newestFirst(Kind.SHIPPING_RATE).stream().filter(wanted).toList());
    }
}
