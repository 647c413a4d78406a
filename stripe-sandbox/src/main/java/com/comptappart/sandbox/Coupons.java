package com.comptappart.sandbox;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/coupons}: a percentage or an amount off, once, for months or forever. */
final class Coupons {

    static final String PRODUCTS = "applies_to";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Store store;
    private final Events events;

    Coupons(Store store, Events events) {
        this.store = store;
        this.events = events;
    }

    void addTo(Routes routes) {
        routes.post("v1/coupons", this::create);
        routes.get("v1/coupons", this::list);
        routes.get("v1/coupons/*", call -> store.get(Kind.COUPON, call.id()));
        routes.post("v1/coupons/*", this::update);
        routes.delete("v1/coupons/*", this::delete);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode coupon =
                Json.object(
                        """
                        {"id": "", "object": "coupon", "amount_off": null, "created": 0, "currency": null,
                         "duration": "once", "duration_in_months": null, "livemode": false,
                         "max_redemptions": null, "metadata": {}, "name": null, "percent_off": null,
                         "redeem_by": null, "times_redeemed": 0, "valid": true}
                        """);
        coupon.put("id", params.filled("id").orElseGet(Kind.COUPON::newId));
        requireUnused(coupon.path("id").asString());
        coupon.put("created", store.now());
        setValue(coupon, params);
        setDuration(coupon, params);
        putCount(coupon, params, "max_redemptions");
        putCount(coupon, params, "redeem_by");
        applyNames(coupon, params);
        List<String> products =
                params.child("applies_to").map(to -> to.texts("products")).orElse(List.of());
        params.refuseUnread();
        if (!products.isEmpty()) {
            var kept = Json.array();
            products.forEach(kept::add);
            store.putAside(coupon.path("id").asString(), PRODUCTS, kept);
        }
        store.put(Kind.COUPON, coupon);
        var _ = events.record("coupon.created", coupon, call.cause());
        return coupon;
    }

    private static void setValue(ObjectNode coupon, Params params) {
        Optional<String> percent = params.filled("percent_off");
        OptionalLong amount = params.integer("amount_off");
        if (percent.isPresent() == amount.isPresent()) {
            throw Refusal.of(
                    null, null, "You must pass one, and only one, of percent_off and amount_off.");
        }
        percent.ifPresent(text -> coupon.put("percent_off", percentage(text)));
        if (amount.isPresent()) {
            if (amount.getAsLong() < 1) {
                throw Refusal.of(
                        "parameter_invalid_integer", "amount_off", "amount_off must be positive.");
            }
            coupon.put("amount_off", amount.getAsLong());
            coupon.put("currency", params.required("currency").toLowerCase(Locale.ROOT));
        }
    }

    private static BigDecimal percentage(String text) {
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,2})?")) {
            throw Refusal.of(null, "percent_off", "Invalid decimal: " + text);
        }
        var percentage = new BigDecimal(text);
        if (percentage.signum() == 0 || percentage.compareTo(HUNDRED) > 0) {
            throw Refusal.of(null, "percent_off", "percent_off must be more than 0, at most 100.");
        }
        return percentage;
    }

    private static void setDuration(ObjectNode coupon, Params params) {
        String duration = params.oneOf("duration", "once", "repeating", "forever").orElse("once");
        coupon.put("duration", duration);
        OptionalLong months = params.integer("duration_in_months");
        if (duration.equals("repeating") != months.isPresent()) {
            throw Refusal.of(
                    null,
                    "duration_in_months",
                    "`duration_in_months` goes with `duration` = `repeating`, and only with it.");
        }
        if (months.isPresent()) {
            coupon.put("duration_in_months", months.getAsLong());
        }
    }

    private static void putCount(ObjectNode coupon, Params params, String name) {
        params.integer(name).ifPresent(value -> coupon.put(name, value));
    }

    private static void applyNames(ObjectNode coupon, Params params) {
        params.text("name").ifPresent(text -> coupon.put("name", text.isEmpty() ? null : text));
        params.metadataInto((ObjectNode) coupon.path("metadata"));
    }

    private void requireUnused(String id) {
        if (store.find(Kind.COUPON, id).isPresent()) {
            throw Refusal.of("resource_already_exists", "id", "Coupon already exists.");
        }
    }

    private ObjectNode list(Call call) {
        return Page.of(
                call,
                store.newestFirst(Kind.COUPON).stream()
                        .filter(Page.created(call.params()))
                        .toList());
    }

    private ObjectNode update(Call call) {
        ObjectNode kept = store.get(Kind.COUPON, call.id());
        ObjectNode coupon = kept.deepCopy();
        applyNames(coupon, call.params());
        call.params().refuseUnread();
        ObjectNode before = kept.deepCopy();
        kept.setAll(coupon);
        var _ = events.recordChange("coupon.updated", before, kept, call.cause());
        return kept;
    }

    /** Who has its discount keeps it: the coupon is only closed to others. */
    private ObjectNode delete(Call call) {
        call.params().refuseUnread();
        ObjectNode coupon = store.get(Kind.COUPON, call.id());
        coupon.put("valid", false);
        store.remove(Kind.COUPON, call.id());
        var _ = events.record("coupon.deleted", coupon, call.cause());
        return Deleted.of(Kind.COUPON, call.id());
    }

    /** One more has it; after the last, it is no longer valid. */
    static void redeem(ObjectNode coupon) {
        long times = coupon.path("times_redeemed").asLong() + 1;
        coupon.put("times_redeemed", times);
        if (coupon.path("max_redemptions").isNumber()
                && times >= coupon.path("max_redemptions").asLong()) {
            coupon.put("valid", false);
        }
    }

    static void requireValid(Store store, ObjectNode coupon, String param) {
        boolean late =
                coupon.path("redeem_by").isNumber()
                        && coupon.path("redeem_by").asLong() < store.now();
        if (late || !coupon.path("valid").asBoolean()) {
            throw Refusal.of(
                    "coupon_expired",
                    param,
                    "Coupon expired: %s".formatted(coupon.path("id").asString()));
        }
    }
}
