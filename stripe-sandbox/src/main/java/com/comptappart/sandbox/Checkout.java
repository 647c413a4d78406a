package com.comptappart.sandbox;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Paying a session: what happens to it when the buyer presses the button. */
final class Checkout {

    sealed interface Result {}

    /** Paid; the future is done when the webhook endpoints have answered the session's event. */
    record Paid(CompletableFuture<Void> answered) implements Result {}

    record Declined(TestCard.Declines why) implements Result {}

    /** Paid or expired meanwhile, or a card whose story is not played. */
    record NotPossible() implements Result {}

    private final Store store;
    private final Payments payments;
    private final Customers customers;
    private final Events events;

    Checkout(Store store, Payments payments, Customers customers, Events events) {
        this.store = store;
        this.payments = payments;
        this.customers = customers;
        this.events = events;
    }

    Result pay(String sessionId, Payments.Card card, Buyer buyer, Map<String, String> answers) {
        ObjectNode session = store.get(Kind.SESSION, sessionId);
        if (!Sessions.isOpen(session)) {
            return new NotPossible();
        }
        return switch (card.kind().outcome()) {
            case TestCard.NotPlayed _ -> new NotPossible();
            case TestCard.Declines decline -> {
                payments.decline(payments.intentOf(session), card, buyer, decline);
                yield new Declined(decline);
            }
            case TestCard.Pays _ -> new Paid(complete(session, card, buyer, answers));
        };
    }

    private CompletableFuture<Void> complete(
            ObjectNode session, Payments.Card card, Buyer buyer, Map<String, String> answers) {
        String customer = customerOf(session, buyer);
        payments.succeed(payments.intentOf(session), card, buyer, customer);
        session.put("customer", customer);
        session.set("customer_details", buyer.customerDetails());
        var collected = session.putObject("collected_information");
        collected.put("business_name", buyer.businessName());
        collected.putNull("individual_name");
        collected.putNull("shipping_details");
        for (JsonNode field : session.path("custom_fields")) {
            String answer = answers.getOrDefault(field.path("key").asString(), "");
            CustomField.answer((ObjectNode) field, answer);
        }
        session.put("payment_status", "paid");
        session.put("status", "complete");
        session.putNull("url");
        return events.record("checkout.session.completed", session, Cause.NOT_THE_API);
    }

    private @Nullable String customerOf(ObjectNode session, Buyer buyer) {
        if (session.path("customer").isString()) {
            return session.path("customer").asString();
        }
        return session.path("customer_creation").asString("").equals("always")
                ? customers.add(buyer).path("id").asString()
                : null;
    }
}
