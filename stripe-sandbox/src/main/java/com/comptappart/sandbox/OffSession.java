package com.comptappart.sandbox;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Charging a kept card without its owner. */
final class OffSession {

    sealed interface Result {}

    record Paid() implements Result {}

    record Declined(TestCard.Declines why) implements Result {}

    /** The bank wants to see the owner first, who isn't there. */
    record NeedsOwner() implements Result {}

    private final Store store;
    private final Payments payments;

    OffSession(Store store, Payments payments) {
        this.store = store;
        this.payments = payments;
    }

    /** A new intent for what an invoice or a subscription wants. */
    ObjectNode intent(long amount, String currency, ObjectNode data, Cause cause) {
        return payments.intentOver(amount, currency, data, cause);
    }

    Result charge(ObjectNode intent, ObjectNode method, ObjectNode customer) {
        Optional<Payments.Card> card = payments.cardOf(method.path("id").asString());
        if (card.isEmpty()) {
            return new NeedsOwner();
        }
        return switch (card.get().kind().outcome()) {
            case TestCard.Pays _ -> {
                payments.succeed(
                        intent, card.get(), Payer.of(customer), customer.path("id").asString());
                yield new Paid();
            }
            case TestCard.Declines declines -> {
                payments.decline(intent, card.get(), Payer.of(customer), declines);
                yield new Declined(declines);
            }
            case TestCard.NotPlayed _ -> new NeedsOwner();
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
