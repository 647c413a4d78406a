package com.comptappart.sandbox;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The discount of a customer, which their invoices and subscriptions follow where they have none of
 * their own; {@code DELETE …/discount} ends it.
 */
final class CustomerDiscounts {

    private final Store store;
    private final Events events;
    private final Discounts discounts;

    CustomerDiscounts(Store store, Events events, Discounts discounts) {
        this.store = store;
        this.events = events;
        this.discounts = discounts;
    }

    void addTo(Routes routes) {
        routes.delete("v1/customers/*/discount", this::endOfCustomer);
        routes.delete("v1/subscriptions/*/discount", this::endOfSubscription);
    }

    /** What a request says: nothing, an empty coupon that ends the discount, or another coupon. */
    sealed interface Wish {}

    record AsItIs() implements Wish {}

    record Ended() implements Wish {}

    record Another(Discounts.Wanted wanted) implements Wish {}

    Wish read(Params params) {
        boolean unset =
                params.text("coupon").filter(String::isEmpty).isPresent()
                        || params.text("promotion_code").filter(String::isEmpty).isPresent();
        if (unset) {
            return new Ended();
        }
        return params.has("coupon") || params.has("promotion_code")
                ? new Another(Discounts.readOne(store, params))
                : new AsItIs();
    }

    /** Does what was read; the customer's own event is the caller's. */
    void follow(Wish wish, ObjectNode customer, Cause cause) {
        switch (wish) {
            case AsItIs _ -> {}
            case Ended _ -> discounts.endOfCustomer(customer, cause);
            case Another(Discounts.Wanted wanted) -> {
                JsonNode before = customer.path("discount");
                ObjectNode discount = discounts.begin(wanted, customer);
                customer.set("discount", discount.deepCopy());
                if (before instanceof ObjectNode old) {
                    var _ = events.recordChange("customer.discount.updated", old, discount, cause);
                } else {
                    var _ = events.record("customer.discount.created", discount, cause);
                }
            }
        }
    }

    private ObjectNode endOfCustomer(Call call) {
        call.params().refuseUnread();
        ObjectNode customer = Customers.referred(store, call.id(), "customer");
        if (!customer.path("discount").isObject()) {
            throw noDiscount("customer", call.id());
        }
        ObjectNode answer = deleted((ObjectNode) customer.path("discount"));
        discounts.endOfCustomer(customer, call.cause());
        return answer;
    }

    private ObjectNode endOfSubscription(Call call) {
        call.params().refuseUnread();
        ObjectNode subscription = store.get(Kind.SUBSCRIPTION, call.id());
        List<String> ids = Json.texts(subscription.path("discounts"));
        if (ids.isEmpty()) {
            throw noDiscount("subscription", call.id());
        }
        ObjectNode before = subscription.deepCopy();
        subscription.putArray("discounts");
        for (String id : ids) {
            store.find(Kind.DISCOUNT, id)
                    .ifPresent(discount -> {
                        var _ = events.record("customer.discount.deleted", discount, call.cause());
                    });
        }
        var _ =
                events.recordChange(
                        "customer.subscription.updated", before, subscription, call.cause());
        return deleted(store.get(Kind.DISCOUNT, ids.getFirst()));
    }

    private static ObjectNode deleted(ObjectNode discount) {
        return discount.deepCopy().put("deleted", true);
    }

    private static Refusal noDiscount(String owner, String id) {
        return Refusal.of(
                "resource_missing", null, "No active discount for %s: %s".formatted(owner, id));
    }
}
