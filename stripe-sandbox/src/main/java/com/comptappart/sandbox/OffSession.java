package com.comptappart.sandbox;

import tools.jackson.databind.node.ObjectNode;

/** Charging a kept payment method without its owner. */
final class OffSession {

    private static final String NEEDS_OWNER = "authentication_required";

    sealed interface Result {}

    record Paid() implements Result {}

    record Declined(TestCard.Declines why) implements Result {}

    /** The bank answers a debit in some days. */
    record OnItsWay() implements Result {}

    /** The bank wants to see the owner first, or there is nothing to charge. */
    record NeedsOwner() implements Result {}

    private final Store store;
    private final Events events;
    private final Payments payments;
    private final PaymentIntents intents;

    OffSession(Store store, Events events, Acquiring acquiring) {
        this.store = store;
        this.events = events;
        this.payments = acquiring.payments();
        this.intents = acquiring.intents();
    }

    /** A new intent for what an invoice or a subscription wants. */
    ObjectNode intent(long amount, String currency, ObjectNode data, Cause cause) {
        return intents.over(amount, currency, data, cause);
    }

    Result charge(ObjectNode intent, ObjectNode method, Cause cause) {
        return switch (payments.attempt(intent, method, false, cause)) {
            case Payments.Succeeded _ -> new Paid();
            case Payments.Declined declined ->
                    declined.why().code().equals(NEEDS_OWNER)
                            ? new NeedsOwner()
                            : new Declined(declined.why());
            case Payments.Processing _ -> new OnItsWay();
            case Payments.Challenged _ -> new NeedsOwner();
        };
    }

    /** An intent that nobody will pay any more. */
    void cancel(String intentId, Cause cause) {
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
