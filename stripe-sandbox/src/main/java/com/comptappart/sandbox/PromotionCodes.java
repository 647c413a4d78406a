package com.comptappart.sandbox;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/promotion_codes}: words that buyers type to get a coupon's discount. */
final class PromotionCodes {

    private final Store store;
    private final Events events;

    PromotionCodes(Store store, Events events) {
        this.store = store;
        this.events = events;
    }

    void addTo(Routes routes) {
        routes.post("v1/promotion_codes", this::create);
        routes.get("v1/promotion_codes", this::list);
        routes.get("v1/promotion_codes/*", call -> store.get(Kind.PROMOTION_CODE, call.id()));
        routes.post("v1/promotion_codes/*", this::update);
    }

    /** The active code of these words, in whatever case they were typed. */
    static Optional<ObjectNode> typed(Store store, String words) {
        return store.newestFirst(Kind.PROMOTION_CODE).stream()
                .filter(code -> code.path("code").asString().equalsIgnoreCase(words))
                .filter(code -> isOpen(store, code))
                .findFirst();
    }

    static boolean isOpen(Store store, ObjectNode code) {
        boolean late =
                code.path("expires_at").isNumber()
                        && code.path("expires_at").asLong() <= store.now();
        boolean used =
                code.path("max_redemptions").isNumber()
                        && code.path("times_redeemed").asLong()
                                >= code.path("max_redemptions").asLong();
        return code.path("active").asBoolean() && !late && !used;
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode code =
                Json.object(
                        """
                        {"id": "", "object": "promotion_code", "active": true, "code": "", "created": 0,
                         "customer": null, "customer_account": null, "expires_at": null,
                         "livemode": false, "max_redemptions": null, "metadata": {},
                         "promotion": {"coupon": "", "type": "coupon"},
                         "restrictions": {"first_time_transaction": false, "minimum_amount": null,
                           "minimum_amount_currency": null},
                         "times_redeemed": 0}
                        """);
        code.put("id", Kind.PROMOTION_CODE.newId());
        code.put("created", store.now());
        ((ObjectNode) code.path("promotion")).put("coupon", coupon(params));
        code.put("code", words(params));
        params.filled("customer")
                .ifPresent(id -> {
                    Customers.referred(store, id, "customer");
                    code.put("customer", id);
                });
        params.integer("max_redemptions").ifPresent(most -> code.put("max_redemptions", most));
        params.integer("expires_at").ifPresent(at -> code.put("expires_at", at));
        params.child("restrictions").ifPresent(given -> restrict(code, given));
        apply(code, params);
        params.refuseUnread();
        store.put(Kind.PROMOTION_CODE, code);
        var _ = events.record("promotion_code.created", code, call.cause());
        return code;
    }

    /** Under {@code promotion} since clover, by itself before. */
    private String coupon(Params params) {
        Optional<Params> promotion = params.child("promotion");
        promotion.ifPresent(given -> given.oneOf("type", "coupon"));
        String id =
                promotion
                        .map(given -> given.required("coupon"))
                        .orElseGet(() -> params.required("coupon"));
        ObjectNode coupon = store.referred(Kind.COUPON, id, "promotion[coupon]");
        Coupons.requireValid(store, coupon, "promotion[coupon]");
        return id;
    }

    private String words(Params params) {
        String words =
                params.filled("code").orElseGet(() -> Ids.random("", 8).toUpperCase(Locale.ROOT));
        if (!words.matches("[A-Za-z0-9-]{1,200}")) {
            throw Refusal.of(null, "code", "Invalid code: only letters, digits and dashes.");
        }
        if (typed(store, words).isPresent()) {
            throw Refusal.of(
                    "resource_already_exists",
                    "code",
                    "An active promotion code with `code: %s` already exists.".formatted(words));
        }
        return words;
    }

    private static void restrict(ObjectNode code, Params given) {
        var restrictions = (ObjectNode) code.path("restrictions");
        given.flag("first_time_transaction")
                .ifPresent(first -> restrictions.put("first_time_transaction", first));
        given.integer("minimum_amount")
                .ifPresent(least -> restrictions.put("minimum_amount", least));
        given.filled("minimum_amount_currency")
                .ifPresent(currency -> restrictions.put("minimum_amount_currency", currency));
    }

    private static void apply(ObjectNode code, Params params) {
        params.flag("active").ifPresent(active -> code.put("active", active));
        params.metadataInto((ObjectNode) code.path("metadata"));
    }

    private ObjectNode update(Call call) {
        ObjectNode kept = store.get(Kind.PROMOTION_CODE, call.id());
        ObjectNode code = kept.deepCopy();
        apply(code, call.params());
        call.params().refuseUnread();
        ObjectNode before = kept.deepCopy();
        kept.setAll(code);
        var _ = events.recordChange("promotion_code.updated", before, kept, call.cause());
        return kept;
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        Optional<String> coupon = params.filled("coupon");
        Predicate<ObjectNode> wanted =
                Page.created(params)
                        .and(Page.equal(params, "active"))
                        .and(Page.equal(params, "code"))
                        .and(Page.equal(params, "customer"))
                        .and(code ->
                                coupon.isEmpty()
                                        || coupon.get()
                                                .equals(
                                                        code.path("promotion")
                                                                .path("coupon")
                                                                .asString()));
        return Page.of(
                call, store.newestFirst(Kind.PROMOTION_CODE).stream().filter(wanted).toList());
    }
}
