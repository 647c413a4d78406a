package com.comptappart.sandbox;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Attempts to take money: made for a payment intent, then approved, refused, or left pending. */
final class Charges {

    private static final String[] TAKEN_FROM_INTENT = {
        "currency",
        "customer",
        "description",
        "metadata",
        "receipt_email",
        "shipping",
        "statement_descriptor",
        "statement_descriptor_suffix"
    };

    private final Store store;
    private final String baseUrl;

    Charges(Store store, String baseUrl) {
        this.store = store;
        this.baseUrl = baseUrl;
    }

    ObjectNode pending(ObjectNode intent, ObjectNode method, Instrument instrument) {
        ObjectNode charge = blank();
        charge.put("id", Kind.CHARGE.newId());
        charge.put("created", store.now());
        charge.put("amount", intent.path("amount").asLong());
        charge.set("billing_details", method.path("billing_details").deepCopy());
        charge.put("payment_intent", intent.path("id").asString());
        charge.put("payment_method", method.path("id").asString());
        for (String name : TAKEN_FROM_INTENT) {
            charge.set(name, intent.path(name).deepCopy());
        }
        var details = charge.putObject("payment_method_details");
        details.set(instrument.type(), instrument.shownOnCharge());
        details.put("type", instrument.type());
        return store.put(Kind.CHARGE, charge);
    }

    void approve(ObjectNode charge, boolean captured) {
        charge.put("paid", true);
        charge.put("status", "succeeded");
        charge.put("receipt_url", baseUrl + "/receipts/" + charge.path("id").asString());
        charge.set("outcome", outcome("approved_by_network", null, "Payment complete."));
        if (captured) {
            capture(charge, charge.path("amount").asLong());
        }
    }

    void capture(ObjectNode charge, long amount) {
        charge.put("captured", true);
        charge.put("amount_captured", amount);
    }

    void refuse(ObjectNode charge, TestCard.Declines why) {
        fail(charge, why.code(), Refusal.declineWords(why));
        ObjectNode outcome =
                outcome(
                        "declined_by_network",
                        why.declineCode(),
                        "The bank did not return any further details with this decline.");
        charge.set("outcome", outcome.put("type", "issuer_declined"));
    }

    void fail(ObjectNode charge, String code, String message) {
        charge.put("failure_code", code);
        charge.put("failure_message", message);
        charge.put("status", "failed");
    }

    private static ObjectNode outcome(String network, @Nullable String reason, String message) {
        return Json.object()
                .putNull("advice_code")
                .putNull("network_advice_code")
                .putNull("network_decline_code")
                .put("network_status", network)
                .put("reason", reason)
                .put("risk_level", "normal")
                .put("seller_message", message)
                .put("type", "authorized");
    }

    private static ObjectNode blank() {
        return Json.object(
                """
                {"id": "", "object": "charge", "amount": 0, "amount_captured": 0, "amount_refunded": 0,
                 "application": null, "application_fee": null, "application_fee_amount": null,
                 "balance_transaction": null, "billing_details": {},
                 "calculated_statement_descriptor": "SANDBOX", "captured": false, "created": 0,
                 "currency": "", "customer": null, "description": null, "disputed": false,
                 "failure_balance_transaction": null, "failure_code": null, "failure_message": null,
                 "fraud_details": {}, "livemode": false, "metadata": {}, "on_behalf_of": null,
                 "outcome": null, "paid": false, "payment_intent": null, "payment_method": null,
                 "payment_method_details": null, "receipt_email": null, "receipt_number": null,
                 "receipt_url": null, "refunded": false, "review": null, "shipping": null,
                 "source": null, "source_transfer": null, "statement_descriptor": null,
                 "statement_descriptor_suffix": null, "status": "pending", "transfer_data": null,
                 "transfer_group": null}
                """);
    }
}
