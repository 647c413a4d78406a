package com.comptappart.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a subscription is for: prices and how many of each, all in one interval. */
final class SubscriptionItems {

    private static final int MOST = 20;
    private static final long MOST_QUANTITY = 999_999;

    private final Store store;
    private final Prices prices;

    SubscriptionItems(Store store, Prices prices) {
        this.store = store;
        this.prices = prices;
    }

    List<ObjectNode> readNew(Params params, String subscription) {
        List<Params> given = params.childrenOf("items");
        if (given.isEmpty()) {
            throw Refusal.missing("items");
        }
        return given.stream().map(one -> readOne(one, subscription)).toList();
    }

    /** The items after a change: those that the request names are changed, added or taken away. */
    List<ObjectNode> readChanges(Params params, ObjectNode subscription) {
        var items = new ArrayList<>(of(subscription));
        for (Params given : params.childrenOf("items")) {
            Optional<String> id = given.filled("id");
            if (id.isEmpty()) {
                items.add(readOne(given, subscription.path("id").asString()));
                continue;
            }
            int at = indexOf(items, id.get(), given);
            if (given.flag("deleted").orElse(false)) {
                given.flag("clear_usage");
                items.remove(at);
            } else {
                items.set(at, changed(items.get(at), given));
            }
        }
        if (items.isEmpty()) {
            throw Refusal.of(null, "items", "A subscription must have at least one item.");
        }
        return items;
    }

    ObjectNode make(ObjectNode price, long quantity, String subscription) {
        if (!price.path("recurring").isObject()) {
            throw Refusal.of(
                    null,
                    "items",
                    "The price specified is set to `type=one_time` but this field only accepts prices with"
                            + " `type=recurring`.");
        }
        ObjectNode item =
                Json.object(
                        """
                        {"id": "", "object": "subscription_item", "billing_thresholds": null, "created": 0,
                         "current_period_end": 0, "current_period_start": 0, "discounts": [],
                         "metadata": {}, "plan": null, "price": null, "quantity": 1, "subscription": "",
                         "tax_rates": []}
                        """);
        item.put("id", Kind.SUBSCRIPTION_ITEM.newId());
        item.put("created", store.now());
        item.put("quantity", quantity);
        item.put("subscription", subscription);
        setPrice(item, price);
        return item;
    }

    static List<ObjectNode> of(JsonNode subscription) {
        var items = new ArrayList<ObjectNode>();
        subscription.path("items").path("data").forEach(item -> items.add((ObjectNode) item));
        return items;
    }

    static void put(ObjectNode subscription, List<ObjectNode> items) {
        if (items.size() > MOST) {
            throw Refusal.of(
                    null, "items", "A subscription can have at most %d items.".formatted(MOST));
        }
        JsonNode first = items.getFirst().path("price");
        for (ObjectNode item : items) {
            JsonNode price = item.path("price");
            requireSame(first.path("currency"), price.path("currency"), "currency");
            requireSame(interval(first), interval(price), "billing interval");
        }
        subscription.set("currency", first.path("currency"));
        subscription.set(
                "items",
                Page.list(
                        "/v1/subscription_items?subscription=" + subscription.path("id").asString(),
                        items,
                        false));
    }

    static Period periodOf(JsonNode subscription) {
        return Period.of(of(subscription).getFirst());
    }

    static JsonNode recurringOf(JsonNode subscription) {
        return of(subscription).getFirst().path("price").path("recurring");
    }

    static JsonNode interval(JsonNode price) {
        ArrayNode interval = Json.array();
        interval.add(price.path("recurring").path("interval"));
        interval.add(price.path("recurring").path("interval_count"));
        return interval;
    }

    private ObjectNode readOne(Params given, String subscription) {
        ObjectNode item = make(price(given), quantity(given).orElse(1L), subscription);
        apply(given, item);
        return item;
    }

    private ObjectNode changed(ObjectNode kept, Params given) {
        ObjectNode item = kept.deepCopy();
        if (given.has("price") || given.has("plan") || given.has("price_data")) {
            setPrice(item, price(given));
        }
        quantity(given).ifPresent(quantity -> item.put("quantity", quantity));
        apply(given, item);
        return item;
    }

    private void apply(Params given, ObjectNode item) {
        if (given.has("tax_rates")) {
            TaxRates.show(item, "tax_rates", TaxRates.read(store, given, "tax_rates"));
        }
        given.metadataInto((ObjectNode) item.path("metadata"));
    }

    private ObjectNode price(Params given) {
        if (given.has("price_data")) {
            Params data = given.child("price_data").orElseThrow();
            String product = data.required("product");
            store.referred(Kind.PRODUCT, product, data.nameOf("product"));
            ObjectNode price = prices.draft(data, product);
            price.put("active", false);
            return store.put(Kind.PRICE, price);
        }
        String name = given.has("plan") ? "plan" : "price";
        ObjectNode price = store.referred(Kind.PRICE, given.required(name), given.nameOf(name));
        if (!price.path("active").asBoolean()) {
            throw Refusal.of(
                    null,
                    given.nameOf(name),
                    "The price specified is inactive. This field only accepts active prices.");
        }
        return price;
    }

    private static Optional<Long> quantity(Params given) {
        var quantity = given.integer("quantity");
        if (quantity.isEmpty()) {
            return Optional.empty();
        }
        if (quantity.getAsLong() < 0 || quantity.getAsLong() > MOST_QUANTITY) {
            throw Refusal.of(
                    "parameter_invalid_integer",
                    given.nameOf("quantity"),
                    "Invalid quantity: must be from 0 to %d.".formatted(MOST_QUANTITY));
        }
        return Optional.of(quantity.getAsLong());
    }

    private static int indexOf(List<ObjectNode> items, String id, Params given) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).path("id").asString().equals(id)) {
                return i;
            }
        }
        throw Refusal.noSuchParam(Kind.SUBSCRIPTION_ITEM, id, given.nameOf("id"));
    }

    private static void requireSame(JsonNode one, JsonNode other, String what) {
        if (!one.equals(other)) {
            throw Refusal.of(
                    null,
                    "items",
                    "All items of a subscription here must have one %s.".formatted(what));
        }
    }

    private static void setPrice(ObjectNode item, ObjectNode price) {
        item.set("price", price.deepCopy());
        item.set("plan", plan(price));
    }

    /** The same price in the words of Stripe's older plans. */
    static ObjectNode plan(JsonNode price) {
        JsonNode recurring = price.path("recurring");
        var plan = Json.object();
        plan.set("id", price.path("id"));
        plan.put("object", "plan");
        plan.set("active", price.path("active"));
        plan.set("amount", price.path("unit_amount"));
        plan.set("amount_decimal", price.path("unit_amount_decimal"));
        for (String name : List.of("billing_scheme", "created", "currency")) {
            plan.set(name, price.path(name));
        }
        plan.set("interval", recurring.path("interval"));
        plan.set("interval_count", recurring.path("interval_count"));
        plan.put("livemode", false);
        plan.set("metadata", price.path("metadata").deepCopy());
        plan.putNull("meter");
        plan.set("nickname", price.path("nickname"));
        plan.set("product", price.path("product"));
        plan.set("tiers_mode", price.path("tiers_mode"));
        plan.putNull("transform_usage");
        plan.set("trial_period_days", recurring.path("trial_period_days"));
        return plan.put("usage_type", "licensed");
    }
}
