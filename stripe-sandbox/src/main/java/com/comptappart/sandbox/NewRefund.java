package com.comptappart.sandbox;

import java.util.Locale;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** A refund that is being made: whether the charge can be refunded, and by how much. */
final class NewRefund {

    private final Store store;
    private final Disputes disputes;

    NewRefund(Store store, Disputes disputes) {
        this.store = store;
        this.disputes = disputes;
    }

    /** What was asked for, or all that is left; never more than that. */
    long amount(Params params, ObjectNode charge) {
        long rest =
                charge.path("amount_captured").asLong() - charge.path("amount_refunded").asLong();
        if (rest == 0) {
            throw Refusal.of(
                    "charge_already_refunded",
                    null,
                    "Charge %s has already been refunded.".formatted(charge.path("id").asString()));
        }
        OptionalLong asked = params.integer("amount");
        if (asked.isPresent() && asked.getAsLong() < 1) {
            throw Refusal.of(
                    "parameter_invalid_integer",
                    "amount",
                    "This value must be greater than or equal to 1.");
        }
        if (asked.isPresent() && asked.getAsLong() > rest) {
            String currency = charge.path("currency").asString();
            throw Refusal.of(
                    null,
                    "amount",
                    "Refund amount (%s) is greater than unrefunded amount on charge (%s)"
                            .formatted(
                                    Amounts.text(asked.getAsLong(), currency, Locale.US),
                                    Amounts.text(rest, currency, Locale.US)));
        }
        long amount = asked.orElse(rest);
        Amounts.requirePayable(amount, charge.path("currency").asString(), "amount");
        return amount;
    }

    void requireRefundable(ObjectNode charge) {
        String id = charge.path("id").asString();
        if (!charge.path("status").asString().equals("succeeded")) {
            throw noSuccessfulCharge(charge.path("payment_intent").asString());
        }
        if (!charge.path("captured").asBoolean()) {
            throw Refusal.of(
                    null,
                    null,
                    "Charge %s is not captured: cancel its PaymentIntent instead.".formatted(id));
        }
        if (disputes.isChargedBack(charge)) {
            throw Refusal.of(
                    "charge_disputed",
                    null,
                    "Charge %s has been charged back; cannot issue a refund.".formatted(id));
        }
    }

    static Refusal noSuccessfulCharge(String intent) {
        return Refusal.of(
                null,
                null,
                "This PaymentIntent (%s) does not have a successful charge to refund."
                        .formatted(intent));
    }

    ObjectNode of(ObjectNode charge, long amount) {
        ObjectNode refund =
                Json.object(
                        """
                        {"id": "", "object": "refund", "amount": 0, "balance_transaction": null, "charge": "",
                         "created": 0, "currency": "", "customer": null, "customer_account": null,
                         "metadata": {}, "payment_intent": "", "payment_method": "", "reason": null,
                         "receipt_number": null, "source_transfer_reversal": null, "status": "succeeded",
                         "transfer_reversal": null}
                        """);
        refund.put("id", Kind.REFUND.newId());
        refund.put("amount", amount);
        refund.set("charge", charge.path("id"));
        refund.put("created", store.now());
        for (String name :
                new String[] {"currency", "customer", "payment_intent", "payment_method"}) {
            refund.set(name, charge.path(name));
        }
        if (charge.path("payment_method_details").path("type").asString().equals("card")) {
            refund.set(
                    "destination_details",
                    Json.object(
                            """
                            {"card": {"reference_status": "pending",
                               "reference_type": "acquirer_reference_number", "type": "refund"},
                             "type": "card"}
                            """));
        }
        return refund;
    }
}
