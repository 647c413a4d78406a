package com.comptappart.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/plans}: recurring prices by their older name; each plan is a price as well. */
final class Plans {

    private static final List<String> RECURRING =
            List.of("interval", "interval_count", "trial_period_days", "usage_type");

    private final Store store;
    private final Prices prices;
    private final Events events;

    Plans(Store store, Prices prices, Events events) {
        this.store = store;
        this.prices = prices;
        this.events = events;
    }

    void addTo(Routes routes) {
        routes.post("v1/plans", this::create);
        routes.get("v1/plans", this::list);
        routes.get("v1/plans/*", call -> SubscriptionItems.plan(price(call.id())));
        routes.post("v1/plans/*", this::update);
        routes.delete("v1/plans/*", this::delete);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        String id = params.filled("id").orElseGet(() -> Ids.random("plan_1", 23));
        if (store.find(Kind.PRICE, id).isPresent()) {
            throw Refusal.of("resource_already_exists", "id", "Plan already exists.");
        }
        Optional<ObjectNode> product =
                params.isNested("product")
                        ? params.child("product").map(data -> Products.inline(store, data))
                        : Optional.empty();
        product.ifPresent(made -> made.put("active", true));
        String productId =
                product.map(made -> made.path("id").asString())
                        .orElseGet(() -> existing(params.required("product")));
        ObjectNode price = prices.draft(new Params(asPrice(params)), productId);
        price.put("id", id);
        apply(params, price);
        params.refuseUnread();
        product.ifPresent(made -> {
            store.put(Kind.PRODUCT, made);
            var _ = events.record("product.created", made, call.cause());
        });
        ObjectNode plan = SubscriptionItems.plan(price);
        var _ = events.record("plan.created", plan, call.cause());
        prices.keep(price, call.cause());
        return plan;
    }

    /** The same in the words of prices. */
    private static Map<String, Object> asPrice(Params params) {
        for (String other : List.of("amount_decimal", "tiers", "billing_scheme")) {
            if (params.has(other)) {
                throw Refusal.notImitated(other, "`" + other + "` of plans; make a price of it");
            }
        }
        var price = new LinkedHashMap<String, Object>();
        price.put("currency", params.required("currency"));
        price.put("unit_amount", params.required("amount"));
        var recurring = new LinkedHashMap<String, Object>();
        params.required("interval");
        for (String name : RECURRING) {
            params.filled(name).ifPresent(text -> recurring.put(name, text));
        }
        price.put("recurring", recurring);
        return price;
    }

    private static void apply(Params params, ObjectNode price) {
        params.flag("active").ifPresent(active -> price.put("active", active));
        params.text("nickname")
                .ifPresent(text -> price.put("nickname", text.isEmpty() ? null : text));
        params.metadataInto((ObjectNode) price.path("metadata"));
    }

    private ObjectNode update(Call call) {
        Params params = call.params();
        ObjectNode kept = price(call.id());
        ObjectNode changed = kept.deepCopy();
        apply(params, changed);
        params.integer("trial_period_days")
                .ifPresent(days ->
                        ((ObjectNode) changed.path("recurring")).put("trial_period_days", days));
        params.refuseUnread();
        ObjectNode before = SubscriptionItems.plan(kept);
        kept.setAll(changed);
        ObjectNode after = SubscriptionItems.plan(kept);
        var _ = events.recordChange("plan.updated", before, after, call.cause());
        var _ = events.record("price.updated", kept, call.cause());
        return after;
    }

    /** Subscriptions that have it go on with it. */
    private ObjectNode delete(Call call) {
        call.params().refuseUnread();
        ObjectNode price = price(call.id());
        store.remove(Kind.PRICE, call.id());
        var _ = events.record("plan.deleted", SubscriptionItems.plan(price), call.cause());
        var _ = events.record("price.deleted", price, call.cause());
        return Json.object().put("id", call.id()).put("object", "plan").put("deleted", true);
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        Predicate<ObjectNode> wanted =
                Page.created(params)
                        .and(Page.equal(params, "active"))
                        .and(Page.equal(params, "product"))
                        .and(Plans::recurs);
        return Page.of(
                call,
                store.newestFirst(Kind.PRICE).stream()
                        .filter(wanted)
                        .map(SubscriptionItems::plan)
                        .toList());
    }

    private String existing(String product) {
        store.referred(Kind.PRODUCT, product, "product");
        return product;
    }

    private ObjectNode price(String id) {
        return store.find(Kind.PRICE, id)
                .filter(Plans::recurs)
                .orElseThrow(() -> Refusal.noSuch(Kind.PRICE, id));
    }

    private static boolean recurs(ObjectNode price) {
        return price.path("recurring").isObject();
    }
}
