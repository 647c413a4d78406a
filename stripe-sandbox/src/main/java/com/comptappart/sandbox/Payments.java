package com.comptappart.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** The attempts to pay a payment intent, and what becomes of them, at once or later. */
final class Payments {

    sealed interface Attempt {}

    /** Paid, or authorized where capture is manual. */
    record Succeeded() implements Attempt {}

    record Declined(TestCard.Declines why) implements Attempt {}

    /** The bank answers later. */
    record Processing() implements Attempt {}

    /** The buyer must first pass 3-D Secure at this address. */
    record Challenged(String url) implements Attempt {}

    private static final TestCard.Declines NEEDS_THE_BUYER =
            new TestCard.Declines("authentication_required", "authentication_required");

    private final Store store;
    private final Events events;
    private final PaymentMethods methods;
    private final Charges charges;
    private final BalanceTransactions balance;
    private final Disputes disputes;
    private final Timeline banks;
    private final String baseUrl;
    private final List<Consumer<ObjectNode>> whenPaid = new ArrayList<>();
    private final List<Consumer<ObjectNode>> whenSettled = new ArrayList<>();

    Payments(
            Store store,
            Events events,
            PaymentMethods methods,
            BalanceTransactions balance,
            Disputes disputes,
            Timeline banks,
            String baseUrl) {
        this.store = store;
        this.events = events;
        this.methods = methods;
        this.charges = new Charges(store, baseUrl);
        this.balance = balance;
        this.disputes = disputes;
        this.banks = banks;
        this.baseUrl = baseUrl;
    }

    /** Called with each intent that is paid, as soon as it is. */
    void whenPaid(Consumer<ObjectNode> listener) {
        whenPaid.add(listener);
    }

    /**
     * Called with the intent when the bank has answered a debit, or a buyer the challenge of an
     * intent without a session, well or badly.
     */
    void whenSettled(Consumer<ObjectNode> listener) {
        whenSettled.add(listener);
    }

    /**
     * One attempt with one payment method.
     *
     * @param buyerIsThere false for payments off session, which nobody can authenticate
     */
    Attempt attempt(ObjectNode intent, ObjectNode method, boolean buyerIsThere, Cause cause) {
        String id = method.path("id").asString();
        intent.put("payment_method", id);
        intent.putNull("next_action");
        return switch (methods.instrument(id)) {
            case Instrument.SepaDebit debit -> debit(intent, method, debit, cause);
            case Instrument.Card card ->
                    switch (card.kind().outcome()) {
                        case TestCard.Challenges challenges
                                when challenges.always() || !methods.isSetUp(id) ->
                                buyerIsThere
                                        ? challenge(intent, cause)
                                        : decline(intent, method, NEEDS_THE_BUYER, cause);
                        case TestCard.Challenges challenges ->
                                charge(intent, method, challenges.whenPassed(), false, cause);
                        case TestCard.Outcome outcome ->
                                charge(intent, method, outcome, false, cause);
                    };
        };
    }

    /** The buyer has passed 3-D Secure: the payment goes on. */
    Attempt pass(ObjectNode intent) {
        ObjectNode method = methodOf(intent);
        String id = method.path("id").asString();
        intent.putNull("next_action");
        if (intent.path("setup_future_usage").asString("").equals("off_session")) {
            methods.rememberSetUp(id);
        }
        if (methods.instrument(id) instanceof Instrument.Card card
                && card.kind().outcome() instanceof TestCard.Challenges challenges) {
            return charge(intent, method, challenges.whenPassed(), true, Cause.NOT_THE_API);
        }
        throw new IllegalStateException(id + " has no challenge to pass");
    }

    /** The buyer has failed 3-D Secure: nothing is charged, another card may be tried. */
    void fail(ObjectNode intent) {
        var error = Json.object();
        error.put("code", "payment_intent_authentication_failure");
        error.put(
                "message",
                "We are unable to authenticate your payment method. Please choose a different"
                        + " payment method and try again.");
        error.put("type", "invalid_request_error");
        giveUp(intent, methodOf(intent), error, Cause.NOT_THE_API);
    }

    /** Takes what was authorized, all of it or a part. */
    void capture(ObjectNode intent, long amount, Cause cause) {
        ObjectNode charge = store.get(Kind.CHARGE, intent.path("latest_charge").asString());
        charges.capture(charge, amount);
        balance.ofCharge(charge);
        intent.put("amount_capturable", 0);
        var _ = events.record("charge.captured", charge, cause);
        succeeded(intent, charge, cause);
    }

    private Attempt charge(
            ObjectNode intent,
            ObjectNode method,
            TestCard.Outcome outcome,
            boolean authenticated,
            Cause cause) {
        return switch (outcome) {
            case TestCard.Declines declines -> decline(intent, method, declines, cause);
            case TestCard.Pays pays -> approve(intent, method, pays, authenticated, cause);
            case TestCard.Challenges _ ->
                    throw new IllegalStateException("a challenge comes before the charge");
        };
    }

    private Attempt approve(
            ObjectNode intent,
            ObjectNode method,
            TestCard.Pays pays,
            boolean authenticated,
            Cause cause) {
        String capture = intent.path("capture_method").asString();
        boolean captured = !capture.equals("manual");
        boolean balanceLater = capture.equals("automatic_async");
        ObjectNode charge = pending(intent, method);
        if (authenticated) {
            ((ObjectNode) charge.path("payment_method_details").path("card"))
                    .set("three_d_secure", authentication());
        }
        charges.approve(charge, captured);
        if (captured && !balanceLater) {
            balance.ofCharge(charge);
        }
        intent.putNull("last_payment_error");
        var _ = events.record("charge.succeeded", charge, cause);
        if (!captured) {
            intent.put("amount_capturable", intent.path("amount").asLong());
            intent.put("status", "requires_capture");
            var _ = events.record("payment_intent.amount_capturable_updated", intent, cause);
            return new Succeeded();
        }
        disputes.follow(charge, pays.aftermath());
        succeeded(intent, charge, cause);
        if (balanceLater) {
            ObjectNode before = Json.object().putNull("balance_transaction");
            balance.ofCharge(charge);
            var _ = events.record("charge.updated", charge, before, Cause.NOT_THE_API);
        }
        return new Succeeded();
    }

    private Attempt decline(
            ObjectNode intent, ObjectNode method, TestCard.Declines why, Cause cause) {
        ObjectNode charge = pending(intent, method);
        charges.refuse(charge, why);
        var error = Json.object();
        error.put("charge", charge.path("id").asString());
        error.put("code", why.code());
        error.put("decline_code", why.declineCode());
        error.put("message", Refusal.declineWords(why));
        error.put("type", "card_error");
        var _ = events.record("charge.failed", charge, cause);
        giveUp(intent, method, error, cause);
        return new Declined(why);
    }

    private Attempt challenge(ObjectNode intent, Cause cause) {
        String url = baseUrl + "/c/3ds/" + intent.path("id").asString();
        var action = intent.putObject("next_action");
        String returnUrl = store.returnUrl(intent.path("id").asString());
        if (returnUrl.isEmpty()) {
            action.put("type", "use_stripe_sdk");
            action.putObject("use_stripe_sdk")
                    .put("type", "three_d_secure_redirect")
                    .put("stripe_js", url);
        } else {
            action.put("type", "redirect_to_url");
            action.putObject("redirect_to_url").put("return_url", returnUrl).put("url", url);
        }
        intent.put("status", "requires_action");
        var _ = events.record("payment_intent.requires_action", intent, cause);
        return new Challenged(url);
    }

    private Attempt debit(
            ObjectNode intent, ObjectNode method, Instrument.SepaDebit debit, Cause cause) {
        ObjectNode charge = pending(intent, method);
        intent.putNull("last_payment_error");
        intent.put("status", "processing");
        var _ = events.record("payment_intent.processing", intent, cause);
        var _ = events.record("charge.pending", charge, cause);
        banks.in(debit.account().delay(), () -> settle(intent, charge, method, debit.account()));
        return new Processing();
    }

    private void settle(ObjectNode intent, ObjectNode charge, ObjectNode method, TestIban account) {
        switch (account.answer()) {
            case TestIban.Pays _ -> debited(intent, charge);
            case TestIban.PaysAndDisputes _ -> {
                debited(intent, charge);
                banks.in(Duration.ZERO, () -> disputes.ofDebit(charge));
            }
            case TestIban.Fails fails -> {
                String words = "The customer's bank refused the debit (%s).";
                charges.fail(charge, fails.chargeCode(), words.formatted(fails.chargeCode()));
                var error = Json.object();
                error.put("charge", charge.path("id").asString());
                error.put("code", fails.intentCode());
                error.put("message", words.formatted(fails.chargeCode()));
                error.put("type", "invalid_request_error");
                var _ = events.record("charge.failed", charge, Cause.NOT_THE_API);
                giveUp(intent, method, error, Cause.NOT_THE_API);
            }
        }
        settled(intent);
    }

    void settled(ObjectNode intent) {
        whenSettled.forEach(listener -> listener.accept(intent));
    }

    private void debited(ObjectNode intent, ObjectNode charge) {
        charges.approve(charge, true);
        balance.ofCharge(charge);
        var _ = events.record("charge.succeeded", charge, Cause.NOT_THE_API);
        succeeded(intent, charge, Cause.NOT_THE_API);
    }

    private void succeeded(ObjectNode intent, ObjectNode charge, Cause cause) {
        intent.put("amount_received", charge.path("amount_captured").asLong());
        intent.put("status", "succeeded");
        var _ = events.record("payment_intent.succeeded", intent, cause);
        whenPaid.forEach(listener -> listener.accept(intent));
    }

    /** Back to the beginning: another payment method may be tried. */
    private void giveUp(ObjectNode intent, ObjectNode method, ObjectNode error, Cause cause) {
        error.set("payment_method", method.deepCopy());
        intent.set("last_payment_error", error);
        intent.putNull("payment_method");
        intent.putNull("next_action");
        intent.put("status", "requires_payment_method");
        var _ = events.record("payment_intent.payment_failed", intent, cause);
    }

    private ObjectNode pending(ObjectNode intent, ObjectNode method) {
        String id = method.path("id").asString();
        ObjectNode charge = charges.pending(intent, method, methods.instrument(id));
        intent.put("latest_charge", charge.path("id").asString());
        return charge;
    }

    private ObjectNode methodOf(ObjectNode intent) {
        return store.get(Kind.PAYMENT_METHOD, intent.path("payment_method").asString());
    }

    private static ObjectNode authentication() {
        return Json.object(
                        """
                        {"authentication_flow": "challenge", "electronic_commerce_indicator": "05",
                         "exemption_indicator": null, "result": "authenticated", "result_reason": null,
                         "transaction_id": null, "version": "2.2.0"}
                        """)
                .put("transaction_id", Ids.random("", 32));
    }
}
