package com.comptappart.sandbox;

import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/subscriptions} and {@code /v1/subscription_items}. */
final class Subscriptions {

    private final Store store;
    private final Agenda agenda;
    private final SubscriptionLife life;
    private final NewSubscription creation;
    private final SubscriptionChange change;

    Subscriptions(
            Store store,
            Agenda agenda,
            SubscriptionLife life,
            NewSubscription creation,
            SubscriptionChange change) {
        this.store = store;
        this.agenda = agenda;
        this.life = life;
        this.creation = creation;
        this.change = change;
    }

    void addTo(Routes routes) {
        routes.post("v1/subscriptions", this::create);
        routes.get("v1/subscriptions", this::list);
        routes.get("v1/subscriptions/*", call -> store.get(Kind.SUBSCRIPTION, call.id()));
        routes.post("v1/subscriptions/*", call -> inItsTime(call, this::update));
        routes.delete("v1/subscriptions/*", call -> inItsTime(call, this::cancel));
        routes.post("v1/subscriptions/*/resume", call -> inItsTime(call, this::resume));
        routes.post("v1/subscriptions/*/pause", call -> inItsTime(call, this::pause));
        routes.get("v1/subscription_items", this::items);
        routes.get("v1/subscription_items/*", call -> item(call.id()));
    }

    private ObjectNode create(Call call) {
        ObjectNode customer =
                Customers.referred(store, call.params().required("customer"), "customer");
        return agenda.inTimeOf(customer, () -> creation.create(call, customer));
    }

    private ObjectNode inItsTime(Call call, Routes.Action action) {
        ObjectNode subscription = store.get(Kind.SUBSCRIPTION, call.id());
        return agenda.inTimeOf(subscription, () -> action.answer(call));
    }

    private ObjectNode update(Call call) {
        ObjectNode subscription = alive(call.id());
        return change.apply(subscription, call.params(), call.cause());
    }

    private ObjectNode cancel(Call call) {
        Params params = call.params();
        ObjectNode subscription = alive(call.id());
        boolean prorate = params.flag("prorate").orElse(false);
        boolean invoiceNow = params.flag("invoice_now").orElse(false);
        readCancellation(params, subscription);
        params.refuseUnread();
        if (prorate) {
            change.giveUnusedTimeBack(subscription, call.cause());
        }
        life.end(subscription, "cancellation_requested", call.cause());
        if (invoiceNow) {
            change.invoicePending(subscription, call.cause());
        }
        return subscription;
    }

    static void readCancellation(Params params, ObjectNode subscription) {
        params.child("cancellation_details")
                .ifPresent(given -> {
                    var details = (ObjectNode) subscription.path("cancellation_details");
                    given.text("comment").ifPresent(text -> details.put("comment", text));
                    given.oneOf(
                                    "feedback",
                                    "customer_service",
                                    "low_quality",
                                    "missing_features",
                                    "other",
                                    "switched_service",
                                    "too_complex",
                                    "too_expensive",
                                    "unused")
                            .ifPresent(text -> details.put("feedback", text));
                });
    }

    private ObjectNode resume(Call call) {
        Params params = call.params();
        ObjectNode subscription = alive(call.id());
        params.oneOf("billing_cycle_anchor", "now");
        params.oneOf("proration_behavior", "create_prorations", "none", "always_invoice");
        params.integer("proration_date");
        params.refuseUnread();
        if (!SubscriptionLife.is(subscription, "paused")) {
            throw Refusal.of(
                    null,
                    null,
                    "Only subscriptions with `status=paused` can be resumed; use `pause_collection` to go on"
                            + " collecting.");
        }
        ObjectNode invoice = life.restart(subscription, call.cause());
        change.advance(invoice, call.cause());
        return subscription;
    }

    private ObjectNode pause(Call call) {
        call.params().oneOf("type", "subscription");
        call.params().refuseUnread();
        ObjectNode subscription = alive(call.id());
        if (SubscriptionLife.is(subscription, "paused")) {
            throw Refusal.of(null, null, "This subscription is paused already.");
        }
        life.pause(subscription, call.cause());
        return subscription;
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        Optional<String> status = params.filled("status");
        Optional<String> price = params.filled("price");
        Predicate<ObjectNode> wanted =
                Page.created(params)
                        .and(Page.equal(params, "customer"))
                        .and(Page.equal(params, "collection_method"))
                        .and(Page.equal(params, "test_clock"))
                        .and(subscription -> fits(status, subscription))
                        .and(subscription -> price.isEmpty() || has(subscription, price.get()));
        return Page.of(call, store.newestFirst(Kind.SUBSCRIPTION).stream().filter(wanted).toList());
    }

    /** Canceled ones are left out unless asked for. */
    private static boolean fits(Optional<String> status, ObjectNode subscription) {
        return switch (status.orElse("")) {
            case "all" -> true;
            case "" -> !SubscriptionLife.is(subscription, "canceled");
            case "ended" -> !SubscriptionLife.isAlive(subscription);
            default -> SubscriptionLife.is(subscription, status.orElseThrow());
        };
    }

    private static boolean has(ObjectNode subscription, String price) {
        return SubscriptionItems.of(subscription).stream()
                .anyMatch(item -> item.path("price").path("id").asString().equals(price));
    }

    private ObjectNode items(Call call) {
        String id = call.params().required("subscription");
        ObjectNode subscription = store.referred(Kind.SUBSCRIPTION, id, "subscription");
        return Page.of(call, SubscriptionItems.of(subscription));
    }

    private ObjectNode item(String id) {
        return store.newestFirst(Kind.SUBSCRIPTION).stream()
                .flatMap(subscription -> SubscriptionItems.of(subscription).stream())
                .filter(item -> item.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.noSuch(Kind.SUBSCRIPTION_ITEM, id));
    }

    void endAllOf(String customer) {
        for (ObjectNode subscription : store.newestFirst(Kind.SUBSCRIPTION)) {
            JsonNode owner = subscription.path("customer");
            if (owner.asString().equals(customer) && SubscriptionLife.isAlive(subscription)) {
                life.end(subscription, "cancellation_requested", Cause.NOT_THE_API);
            }
        }
    }

    private ObjectNode alive(String id) {
        ObjectNode subscription = store.get(Kind.SUBSCRIPTION, id);
        if (!SubscriptionLife.isAlive(subscription)) {
            throw Refusal.of(
                    "resource_missing",
                    "id",
                    "No such subscription: '%s'; it has ended and cannot be changed."
                            .formatted(id));
        }
        return subscription;
    }
}
