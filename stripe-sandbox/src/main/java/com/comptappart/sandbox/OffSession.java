package com.comptappart.sandbox;

import tools.jackson.databind.node.ObjectNode;

/** Charging a kept card without its owner. */
final class OffSession {

    sealed interface Result {}

    record Paid() implements Result {}

    record Declined(TestCard.Declines why) implements Result {}

    /** The bank wants to see the owner first, who isn't there. */
    record NeedsOwner() implements Result {}

    private final Store store;
    private final Acquiring acquiring;

    OffSession(Store store, Acquiring acquiring) {
        this.store = store;
        this.acquiring = acquiring;
    }

    /** A new intent for what an invoice or a subscription wants. */
    ObjectNode intent(long amount, String currency, ObjectNode data, Cause cause) {
        return acquiring.intents().over(amount, currency, data, cause);
    }

    Result charge(ObjectNode intent, ObjectNode method, ObjectNode customer) {
        intent.set("customer", customer.path("id"));
        return switch (acquiring.payments().attempt(intent, method, true, Cause.NOT_THE_API)) {
            case Payments.Succeeded _ -> new Paid();
            case Payments.Declined declined -> new Declined(declined.why());
            case Payments.Challenged _ -> new NeedsOwner();
            case Payments.Processing _ ->
                    throw new IllegalStateException("wallets keep no accounts that are debited");
        };
    }

    /** An intent that nobody will pay any more. */
    void cancel(String intentId, Events events, Cause cause) {
        store.find(Kind.PAYMENT_INTENT, intentId)
                .filter(intent -> !intent.path("status").asString().equals("succeeded"))
                .ifPresent(intent -> {
                    intent.put("status", "canceled");
                    intent.put("canceled_at", store.now());
                    intent.put("cancellation_reason", "void_invoice");
                    var _ = events.record("payment_intent.canceled", intent, cause);
                });
    }
}
