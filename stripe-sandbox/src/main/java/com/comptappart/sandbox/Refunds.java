package com.comptappart.sandbox;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/refunds}: money given back, in parts or whole, never more than is left of a charge; a
 * refund that fails or is canceled gives its part free again.
 */
final class Refunds {

    private static final Duration BANK_TIME = Duration.ofMinutes(1);
    private static final Set<String> OPEN = Set.of("pending", "requires_action");

    private final Store store;
    private final Events events;
    private final PaymentMethods methods;
    private final BalanceTransactions balance;
    private final NewRefund draft;
    private final Timeline banks;

    Refunds(
            Store store,
            Events events,
            PaymentMethods methods,
            BalanceTransactions balance,
            Disputes disputes,
            Timeline banks) {
        this.store = store;
        this.events = events;
        this.methods = methods;
        this.balance = balance;
        this.draft = new NewRefund(store, disputes);
        this.banks = banks;
    }

    void addTo(Routes routes) {
        routes.post("v1/refunds", this::create);
        routes.get("v1/refunds", this::list);
        routes.get("v1/refunds/*", call -> store.get(Kind.REFUND, call.id()));
        routes.post("v1/refunds/*", this::update);
        routes.post("v1/refunds/*/cancel", this::cancel);
        routes.get("v1/charges/*/refunds", this::listOfCharge);
        routes.post(
                "v1/charges/*/refunds", call -> create(call, store.get(Kind.CHARGE, call.id())));
        routes.get("v1/charges/*/refunds/*", this::getOfCharge);
    }

    /** An authorization that is given up: nothing was captured, so no money moves. */
    void release(String chargeId, Cause cause) {
        ObjectNode charge = store.get(Kind.CHARGE, chargeId);
        charge.put("amount_refunded", charge.path("amount").asLong());
        charge.put("refunded", true);
        var _ = events.record("charge.refunded", charge, cause);
    }

    /** The bank has passed a pending refund on. */
    void succeed(String id) {
        ObjectNode refund = store.get(Kind.REFUND, id);
        if (!OPEN.contains(refund.path("status").asString())) {
            return;
        }
        ObjectNode before = Json.object().put("status", refund.path("status").asString());
        before.putNull("balance_transaction");
        refund.put("status", "succeeded");
        refund.remove("pending_reason");
        ObjectNode charge = chargeOf(refund);
        refund.set("balance_transaction", balance.ofRefund(refund, charge).path("id"));
        changed(refund, before, Cause.NOT_THE_API);
    }

    /** The bank couldn't pass a refund on: the money comes back, the buyer is still owed. */
    void fail(String id, String reason) {
        ObjectNode refund = store.get(Kind.REFUND, id);
        String status = refund.path("status").asString();
        if (!status.equals("succeeded") && !OPEN.contains(status)) {
            return;
        }
        ObjectNode before = Json.object().put("status", status);
        if (status.equals("succeeded")) {
            ObjectNode back = balance.ofFailedRefund(refund);
            refund.set("failure_balance_transaction", back.path("id"));
        }
        refund.put("failure_reason", reason);
        refund.put("status", "failed");
        refund.remove("pending_reason");
        giveFree(refund);
        var _ = events.record("refund.failed", refund, before, Cause.NOT_THE_API);
        changed(refund, before, Cause.NOT_THE_API);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        Optional<String> chargeId = params.filled("charge");
        Optional<String> intentId = params.filled("payment_intent");
        if (chargeId.isEmpty() && intentId.isEmpty()) {
            throw Refusal.of(
                    null,
                    null,
                    "One of the following params should be provided for this request:"
                            + " payment_intent or charge.");
        }
        if (intentId.isEmpty()) {
            return create(call, store.get(Kind.CHARGE, chargeId.orElseThrow()));
        }
        ObjectNode charge = successfulCharge(store.get(Kind.PAYMENT_INTENT, intentId.get()));
        if (chargeId.isPresent() && !charge.path("id").asString().equals(chargeId.get())) {
            throw Refusal.of(null, "charge", "This charge is not one of this payment intent.");
        }
        return create(call, charge);
    }

    private ObjectNode create(Call call, ObjectNode charge) {
        Params params = call.params();
        draft.requireRefundable(charge);
        long amount = draft.amount(params, charge);
        Optional<String> reason =
                params.oneOf("reason", "duplicate", "fraudulent", "requested_by_customer");
        var metadata = Json.object();
        params.metadataInto(metadata);
        params.text("instructions_email");
        params.refuseUnread();
        return give(charge, amount, reason, metadata, call.cause());
    }

    /** What a credit note gives back; refused when less is left of the charge. */
    ObjectNode give(ObjectNode charge, long amount, Cause cause) {
        draft.requireRefundable(charge);
        var asked = new Params(Map.of("amount", String.valueOf(amount)));
        return give(charge, draft.amount(asked, charge), Optional.empty(), Json.object(), cause);
    }

    private ObjectNode give(
            ObjectNode charge,
            long amount,
            Optional<String> reason,
            ObjectNode metadata,
            Cause cause) {
        ObjectNode refund = draft.of(charge, amount);
        refund.put("reason", reason.orElse(null));
        refund.set("metadata", metadata);
        boolean pending = aftermath(charge) == TestCard.Aftermath.REFUND_PENDING_FIRST;
        if (pending) {
            refund.put("pending_reason", "processing");
            refund.put("status", "pending");
        } else {
            refund.set("balance_transaction", balance.ofRefund(refund, charge).path("id"));
        }
        store.put(Kind.REFUND, refund);
        takeFrom(charge, amount);
        var _ = events.record("refund.created", refund, cause);
        var _ = events.record("charge.refunded", charge, cause);
        banks.in(BANK_TIME, () -> later(refund, charge));
        return refund;
    }

    /** What the bank says a minute later. */
    private void later(ObjectNode refund, ObjectNode charge) {
        String id = refund.path("id").asString();
        switch (aftermath(charge)) {
            case REFUND_PENDING_FIRST -> succeed(id);
            case REFUND_FAILS_LATER -> fail(id, "expired_or_canceled_card");
            default -> tellReference(refund);
        }
    }

    /** The number by which the buyer's bank can find the money. */
    private void tellReference(ObjectNode refund) {
        if (refund.path("destination_details").path("card") instanceof ObjectNode card
                && card.path("reference_status").asString("").equals("pending")) {
            var before = Json.object();
            before.set("destination_details", refund.path("destination_details").deepCopy());
            card.put("reference", Ids.random("sandbox", 16));
            card.put("reference_status", "available");
            changed(refund, before, Cause.NOT_THE_API);
        }
    }

    private ObjectNode update(Call call) {
        ObjectNode refund = store.get(Kind.REFUND, call.id());
        var before = Json.object();
        before.set("metadata", refund.path("metadata").deepCopy());
        call.params().metadataInto((ObjectNode) refund.path("metadata"));
        call.params().refuseUnread();
        changed(refund, before, call.cause());
        return refund;
    }

    private ObjectNode cancel(Call call) {
        call.params().refuseUnread();
        ObjectNode refund = store.get(Kind.REFUND, call.id());
        if (!OPEN.contains(refund.path("status").asString())) {
            throw Refusal.of(null, null, "Canceling this refund is unsupported.");
        }
        ObjectNode before = Json.object().put("status", refund.path("status").asString());
        refund.put("status", "canceled");
        refund.put("failure_reason", "merchant_request");
        refund.remove("pending_reason");
        giveFree(refund);
        changed(refund, before, call.cause());
        return refund;
    }

    private void changed(ObjectNode refund, ObjectNode before, Cause cause) {
        var _ = events.record("refund.updated", refund, before, cause);
        var _ = events.record("charge.refund.updated", refund, before, cause);
    }

    private void takeFrom(ObjectNode charge, long amount) {
        long refunded = charge.path("amount_refunded").asLong() + amount;
        charge.put("amount_refunded", refunded);
        charge.put("refunded", refunded >= charge.path("amount_captured").asLong());
    }

    private void giveFree(ObjectNode refund) {
        ObjectNode charge = chargeOf(refund);
        ObjectNode before = Json.object();
        before.set("amount_refunded", charge.path("amount_refunded"));
        takeFrom(charge, -refund.path("amount").asLong());
        var _ = events.record("charge.updated", charge, before, Cause.NOT_THE_API);
    }

    private ObjectNode successfulCharge(ObjectNode intent) {
        return Optional.of(intent.path("latest_charge").asString(""))
                .flatMap(id -> store.find(Kind.CHARGE, id))
                .orElseThrow(() -> NewRefund.noSuccessfulCharge(intent.path("id").asString()));
    }

    private ObjectNode list(Call call) {
        Predicate<ObjectNode> wanted =
                Page.created(call.params())
                        .and(Page.equal(call.params(), "charge"))
                        .and(Page.equal(call.params(), "payment_intent"));
        return Page.of(call, store.newestFirst(Kind.REFUND).stream().filter(wanted).toList());
    }

    private ObjectNode listOfCharge(Call call) {
        store.get(Kind.CHARGE, call.id());
        return Page.of(call, store.refundsOf(call.id()));
    }

    private ObjectNode getOfCharge(Call call) {
        ObjectNode refund = store.get(Kind.REFUND, call.ids().get(1));
        if (!refund.path("charge").asString().equals(call.id())) {
            throw Refusal.noSuch(Kind.REFUND, call.ids().get(1));
        }
        return refund;
    }

    private ObjectNode chargeOf(ObjectNode refund) {
        return store.get(Kind.CHARGE, refund.path("charge").asString());
    }

    private TestCard.Aftermath aftermath(ObjectNode charge) {
        return methods.instrument(charge.path("payment_method").asString())
                        instanceof Instrument.Card card
                ? card.kind().aftermath()
                : TestCard.Aftermath.NONE;
    }
}
