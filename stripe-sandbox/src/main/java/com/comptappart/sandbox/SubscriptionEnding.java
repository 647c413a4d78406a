package com.comptappart.sandbox;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** When a subscription is to end or to stop collecting for a while, as a request says. */
final class SubscriptionEnding {

    private final Store store;

    SubscriptionEnding(Store store) {
        this.store = store;
    }

    void apply(Params params, ObjectNode subscription) {
        params.flag("cancel_at_period_end").ifPresent(end -> atPeriodEnd(subscription, end));
        if (params.has("cancel_at")) {
            cancelAt(params, subscription);
        }
        Subscriptions.readCancellation(params, subscription);
        if (params.isNested("pause_collection")) {
            params.child("pause_collection").ifPresent(given -> pause(given, subscription));
        } else if (params.has("pause_collection")) {
            params.text("pause_collection");
            subscription.putNull("pause_collection");
        }
    }

    void atPeriodEnd(ObjectNode subscription, boolean end) {
        boolean already = subscription.path("cancel_at_period_end").asBoolean();
        subscription.put("cancel_at_period_end", end);
        var details = (ObjectNode) subscription.path("cancellation_details");
        if (end && !already) {
            subscription.put("cancel_at", SubscriptionItems.periodOf(subscription).end());
            subscription.put("canceled_at", store.now());
            details.put("reason", "cancellation_requested");
        }
        if (!end && already) {
            subscription.putNull("cancel_at");
            subscription.putNull("canceled_at");
            details.putNull("reason");
        }
    }

    private void cancelAt(Params params, ObjectNode subscription) {
        if (params.text("cancel_at").orElse("").isEmpty()) {
            subscription.putNull("cancel_at");
            subscription.putNull("canceled_at");
            return;
        }
        long at = params.integer("cancel_at").orElseThrow();
        if (at <= store.now()) {
            throw Refusal.of(null, "cancel_at", "Invalid timestamp: must be in the future.");
        }
        subscription.put("cancel_at", at);
        subscription.put("canceled_at", store.now());
    }

    private void pause(Params given, ObjectNode subscription) {
        var pause = Json.object();
        pause.put(
                "behavior",
                given.oneOf("behavior", "keep_as_draft", "mark_uncollectible", "void")
                        .orElseThrow(() -> Refusal.missing(given.nameOf("behavior"))));
        var until = given.integer("resumes_at");
        pause.put("resumes_at", until.isPresent() ? (Long) until.getAsLong() : null);
        subscription.set("pause_collection", pause);
    }

    /** Collection goes on by itself at the moment that was given, if it was. */
    void planResumption(ObjectNode subscription, SubscriptionLife life) {
        JsonNode pause = subscription.path("pause_collection");
        if (pause.path("resumes_at").isNumber()) {
            life.plan(
                    subscription,
                    pause.path("resumes_at").asLong(),
                    () -> {
                        if (subscription.path("pause_collection").equals(pause)) {
                            ObjectNode before = subscription.deepCopy();
                            subscription.putNull("pause_collection");
                            life.changed(before, subscription, Cause.NOT_THE_API);
                        }
                    });
        }
    }
}
