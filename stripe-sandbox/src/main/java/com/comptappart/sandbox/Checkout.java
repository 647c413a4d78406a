package com.comptappart.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Paying a session: what happens to it when the buyer presses the button, and afterwards. */
final class Checkout {

    private static final int MOST_REMEMBERED = 100_000;

    sealed interface Result {}

    /**
     * Done, though a debit may still fail; the future is done when the webhook endpoints have
     * answered the session's event.
     */
    record Paid(CompletableFuture<Void> answered) implements Result {}

    record Declined(TestCard.Declines why) implements Result {}

    /** The buyer must go to this address first. */
    record Challenged(String url) implements Result {}

    /** The buyer didn't pass 3-D Secure. */
    record NotAuthenticated() implements Result {}

    /** Paid or expired meanwhile. */
    record NotPossible() implements Result {}

    private record Attempted(String session, Buyer buyer, Map<String, String> answers) {}

    private final Store store;
    private final Payments payments;
    private final PaymentIntents intents;
    private final Customers customers;
    private final Events events;
    private final CheckoutBilling billing;
    private final Map<String, Attempted> attempts =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Attempted> eldest) {
                    return size() > MOST_REMEMBERED;
                }
            };

    Checkout(
            Store store,
            Acquiring acquiring,
            Customers customers,
            Events events,
            CheckoutBilling billing) {
        this.billing = billing;
        this.store = store;
        this.payments = acquiring.payments();
        this.intents = acquiring.intents();
        this.customers = customers;
        this.events = events;
        payments.whenSettled(this::settled);
    }

    /** Whether the words are a promotion code that this session takes; then its sums change. */
    boolean applyCode(String sessionId, String words) {
        ObjectNode session = store.get(Kind.SESSION, sessionId);
        return Sessions.isOpen(session) && billing.applyCode(session, words);
    }

    /** Whether the session offers this delivery; then its sums change. */
    boolean deliverBy(String sessionId, String rate, Buyer buyer) {
        ObjectNode session = store.get(Kind.SESSION, sessionId);
        boolean offered =
                Sessions.isOpen(session) && new SessionShipping(store).choose(session, rate);
        if (offered) {
            billing.price(session, buyer);
        }
        return offered;
    }

    Result pay(
            String sessionId,
            @Nullable ObjectNode method,
            Buyer buyer,
            Map<String, String> answers) {
        ObjectNode session = store.get(Kind.SESSION, sessionId);
        if (!Sessions.isOpen(session)) {
            return new NotPossible();
        }
        billing.price(session, buyer);
        var attempt = new Attempted(sessionId, buyer, answers);
        if (session.path("amount_total").asLong() == 0) {
            session.put("customer", customerOf(session, session, buyer));
            return new Paid(
                    complete(
                            attempt,
                            "no_payment_required",
                            Optional.ofNullable(method),
                            Optional.empty()));
        }
        if (method == null) {
            return new NotPossible();
        }
        ObjectNode intent = intents.ofSession(session);
        if (SessionBilling.subscribes(session)) {
            intent.put("setup_future_usage", "off_session");
            intent.put("description", "Subscription creation");
        }
        intent.put("customer", customerOf(session, intent, buyer));
        if (SessionShipping.asksWhere(session)) {
            intent.set("shipping", buyer.delivery());
        }
        String intentId = intent.path("id").asString();
        attempts.put(intentId, attempt);
        return result(intentId, payments.attempt(intent, method, true, Cause.NOT_THE_API));
    }

    /** Whether the challenge of this intent is one of a session's. */
    boolean knows(String intentId) {
        return attempts.containsKey(intentId);
    }

    /** What the buyer answered to 3-D Secure. */
    Result challenged(ObjectNode intent, boolean passed) {
        String intentId = intent.path("id").asString();
        Attempted attempt = attempted(intentId);
        if (!Sessions.isOpen(store.get(Kind.SESSION, attempt.session()))
                || !intent.path("status").asString().equals("requires_action")) {
            return new NotPossible();
        }
        if (!passed) {
            payments.fail(intent);
            return new NotAuthenticated();
        }
        return result(intentId, payments.pass(intent));
    }

    ObjectNode sessionOf(String intentId) {
        return store.get(Kind.SESSION, attempted(intentId).session());
    }

    private Result result(String intentId, Payments.Attempt attempt) {
        return switch (attempt) {
            case Payments.Succeeded _ -> new Paid(complete(attempted(intentId), "paid", intentId));
            case Payments.Processing _ ->
                    new Paid(complete(attempted(intentId), "unpaid", intentId));
            case Payments.Declined declined -> new Declined(declined.why());
            case Payments.Challenged challenged -> new Challenged(challenged.url());
        };
    }

    private CompletableFuture<Void> complete(
            Attempted attempt, String paymentStatus, String intentId) {
        ObjectNode intent = store.get(Kind.PAYMENT_INTENT, intentId);
        store.get(Kind.SESSION, attempt.session()).set("customer", intent.path("customer"));
        Optional<ObjectNode> method =
                store.find(Kind.PAYMENT_METHOD, intent.path("payment_method").asString(""));
        return complete(attempt, paymentStatus, method, Optional.of(intent));
    }

    private CompletableFuture<Void> complete(
            Attempted attempt,
            String paymentStatus,
            Optional<ObjectNode> method,
            Optional<ObjectNode> intent) {
        ObjectNode session = store.get(Kind.SESSION, attempt.session());
        Buyer buyer = attempt.buyer();
        session.set("customer_details", buyer.customerDetails());
        var collected = session.putObject("collected_information");
        collected.put("business_name", buyer.businessName());
        collected.putNull("individual_name");
        if (SessionShipping.asksWhere(session)) {
            collected
                    .putObject("shipping_details")
                    .put("name", buyer.name())
                    .set("address", buyer.address().json());
        } else {
            collected.putNull("shipping_details");
        }
        for (JsonNode field : session.path("custom_fields")) {
            String answer = attempt.answers().getOrDefault(field.path("key").asString(), "");
            CustomField.answer((ObjectNode) field, answer);
        }
        session.put("payment_status", paymentStatus);
        session.put("status", "complete");
        session.putNull("url");
        billing.complete(session, buyer, method, intent);
        return events.record("checkout.session.completed", session, Cause.NOT_THE_API);
    }

    /** The bank has answered a debit: the session knows at last. */
    private void settled(ObjectNode intent) {
        Attempted attempt = attempts.remove(intent.path("id").asString());
        if (attempt == null) {
            return;
        }
        ObjectNode session = store.get(Kind.SESSION, attempt.session());
        if (intent.path("status").asString().equals("succeeded")) {
            session.put("payment_status", "paid");
            var _ =
                    events.record(
                            "checkout.session.async_payment_succeeded", session, Cause.NOT_THE_API);
            return;
        }
        var _ = events.record("checkout.session.async_payment_failed", session, Cause.NOT_THE_API);
    }

    private Attempted attempted(String intentId) {
        Attempted attempt = attempts.get(intentId);
        if (attempt == null) {
            throw Refusal.noSuch(Kind.PAYMENT_INTENT, intentId);
        }
        return attempt;
    }

    private @Nullable String customerOf(ObjectNode session, ObjectNode intent, Buyer buyer) {
        for (ObjectNode known : new ObjectNode[] {session, intent}) {
            if (known.path("customer").isString()) {
                return known.path("customer").asString();
            }
        }
        return session.path("customer_creation").asString("").equals("always")
                ? customers.add(buyer).path("id").asString()
                : null;
    }
}
