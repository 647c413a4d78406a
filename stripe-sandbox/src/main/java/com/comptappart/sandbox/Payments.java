package com.comptappart.sandbox;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Payment intents, their charges and payment methods: read by the API, made by the payment page.
 */
final class Payments {

    /** A test card as typed, with the expiry on it; the number itself is not kept. */
    record Card(TestCard kind, int expiryMonth, int expiryYear, @Nullable String paymentMethod) {}

    private final Store store;
    private final Events events;
    private final String baseUrl;
    private final Map<String, Card> cards = new HashMap<>();

    Payments(Store store, Events events, String baseUrl) {
        this.store = store;
        this.events = events;
        this.baseUrl = baseUrl;
    }

    void addTo(Routes routes) {
        routes.get("v1/payment_intents", call -> list(call, Kind.PAYMENT_INTENT));
        routes.get("v1/payment_intents/*", call -> store.get(Kind.PAYMENT_INTENT, call.id()));
        routes.get("v1/charges", call -> list(call, Kind.CHARGE));
        routes.get("v1/charges/*", call -> store.get(Kind.CHARGE, call.id()));
        routes.get("v1/payment_methods/*", call -> store.get(Kind.PAYMENT_METHOD, call.id()));
    }

    /**
     * The intent of a session: made at the first attempt to pay, and used again after a decline.
     */
    ObjectNode intentOf(ObjectNode session) {
        if (session.path("payment_intent").isString()) {
            return store.get(Kind.PAYMENT_INTENT, session.path("payment_intent").asString());
        }
        ObjectNode intent =
                intentOver(
                        session.path("amount_total").asLong(),
                        session.path("currency").asString(),
                        store.paymentIntentData(session.path("id").asString()),
                        Cause.NOT_THE_API);
        session.set("payment_intent", intent.path("id"));
        return intent;
    }

    /** A new intent to pay an amount, with the fields that whoever wants the money gives it. */
    ObjectNode intentOver(long amount, String currency, ObjectNode data, Cause cause) {
        ObjectNode intent = blankIntent();
        String id = Kind.PAYMENT_INTENT.newId();
        intent.put("id", id);
        intent.put("client_secret", Ids.random(id + "_secret_", 25));
        intent.put("created", store.now());
        intent.put("amount", amount);
        intent.put("currency", currency);
        intent.setAll(data);
        store.put(Kind.PAYMENT_INTENT, intent);
        var _ = events.record("payment_intent.created", intent, cause);
        return intent;
    }

    void succeed(ObjectNode intent, Card card, Buyer buyer, @Nullable String customer) {
        intent.put("customer", customer);
        ObjectNode charge = charge(intent, card, buyer);
        charge.put("amount_captured", charge.path("amount").asLong());
        charge.put("captured", true);
        charge.put("paid", true);
        charge.put("status", "succeeded");
        charge.put("receipt_url", baseUrl + "/receipts/" + charge.path("id").asString());
        charge.set(
                "outcome", outcome("approved_by_network", null, "Payment complete.", "authorized"));
        intent.put("amount_received", intent.path("amount").asLong());
        intent.put("latest_charge", charge.path("id").asString());
        intent.set("payment_method", charge.path("payment_method"));
        intent.putNull("last_payment_error");
        intent.put("status", "succeeded");
        store.put(Kind.CHARGE, charge);
        var _ = events.record("charge.succeeded", charge, Cause.NOT_THE_API);
        var _ = events.record("payment_intent.succeeded", intent, Cause.NOT_THE_API);
    }

    void decline(ObjectNode intent, Card card, Buyer buyer, TestCard.Declines decline) {
        ObjectNode charge = charge(intent, card, buyer);
        String message = "Your card was declined (%s).".formatted(decline.declineCode());
        charge.put("failure_code", decline.code());
        charge.put("failure_message", message);
        charge.put("status", "failed");
        charge.set(
                "outcome",
                outcome(
                        "declined_by_network",
                        decline.declineCode(),
                        "The bank did not return any further details with this decline.",
                        "issuer_declined"));
        ObjectNode method =
                store.get(Kind.PAYMENT_METHOD, charge.path("payment_method").asString());
        var error = Json.object();
        error.put("charge", charge.path("id").asString());
        error.put("code", decline.code());
        error.put("decline_code", decline.declineCode());
        error.put("message", message);
        error.set("payment_method", method.deepCopy());
        error.put("type", "card_error");
        intent.set("last_payment_error", error);
        intent.put("latest_charge", charge.path("id").asString());
        store.put(Kind.CHARGE, charge);
        var _ = events.record("charge.failed", charge, Cause.NOT_THE_API);
        var _ = events.record("payment_intent.payment_failed", intent, Cause.NOT_THE_API);
    }

    private ObjectNode list(Call call, Kind kind) {
        Predicate<ObjectNode> wanted =
                Page.created(call.params()).and(Page.equal(call.params(), "customer"));
        if (kind == Kind.CHARGE) {
            wanted = wanted.and(Page.equal(call.params(), "payment_intent"));
        }
        return Page.of(call, store.newestFirst(kind).stream().filter(wanted).toList());
    }

    private ObjectNode charge(ObjectNode intent, Card card, Buyer buyer) {
        ObjectNode method =
                card.paymentMethod() == null
                        ? method(card, buyer)
                        : store.get(Kind.PAYMENT_METHOD, card.paymentMethod());
        ObjectNode charge = blankCharge();
        charge.put("id", Kind.CHARGE.newId());
        charge.put("created", store.now());
        charge.put("amount", intent.path("amount").asLong());
        charge.set("billing_details", buyer.billingDetails());
        charge.put("payment_intent", intent.path("id").asString());
        charge.put("payment_method", method.path("id").asString());
        for (String name :
                new String[] {
                    "currency",
                    "customer",
                    "description",
                    "metadata",
                    "receipt_email",
                    "shipping",
                    "statement_descriptor",
                    "statement_descriptor_suffix"
                }) {
            charge.set(name, intent.path(name).deepCopy());
        }
        charge.set("payment_method_details", cardDetails(card));
        return charge;
    }

    ObjectNode method(Card card, Buyer buyer) {
        ObjectNode method =
                Json.object(
                        """
                        {"id": "", "object": "payment_method", "allow_redisplay": "limited",
                         "billing_details": {}, "card": {"brand": "", "checks": {"address_line1_check": "pass",
                           "address_postal_code_check": "pass", "cvc_check": "pass"}, "country": "",
                           "display_brand": "", "exp_month": 1, "exp_year": 2030, "fingerprint": "",
                           "funding": "", "generated_from": null, "last4": "",
                           "networks": {"available": [], "preferred": null}, "regulated_status": "unregulated",
                           "three_d_secure_usage": {"supported": true}, "wallet": null},
                         "created": 0, "customer": null, "customer_account": null, "livemode": false,
                         "metadata": {}, "type": "card"}
                        """);
        method.put("id", Kind.PAYMENT_METHOD.newId());
        method.put("created", store.now());
        method.set("billing_details", buyer.billingDetails());
        var details = (ObjectNode) method.path("card");
        describe(details, card);
        details.put("display_brand", card.kind().brand());
        ((ObjectNode) details.path("networks")).putArray("available").add(card.kind().brand());
        String id = method.path("id").asString();
        cards.put(id, new Card(card.kind(), card.expiryMonth(), card.expiryYear(), id));
        return store.put(Kind.PAYMENT_METHOD, method);
    }

    /** The test card behind a payment method. */
    Optional<Card> cardOf(String paymentMethod) {
        return Optional.ofNullable(cards.get(paymentMethod));
    }

    private static ObjectNode cardDetails(Card card) {
        ObjectNode details =
                Json.object(
                        """
                        {"card": {"amount_authorized": null, "authorization_code": null, "brand": "",
                           "checks": {"address_line1_check": "pass", "address_postal_code_check": "pass",
                             "cvc_check": "pass"},
                           "country": "", "exp_month": 1, "exp_year": 2030,
                           "extended_authorization": {"status": "disabled"}, "fingerprint": "", "funding": "",
                           "incremental_authorization": {"status": "unavailable"}, "installments": null,
                           "last4": "", "mandate": null, "multicapture": {"status": "unavailable"},
                           "network": "", "network_token": {"used": false}, "network_transaction_id": null,
                           "overcapture": {"maximum_amount_capturable": 0, "status": "unavailable"},
                           "regulated_status": "unregulated", "three_d_secure": null,
                           "transaction_link_id": null, "wallet": null},
                         "type": "card"}
                        """);
        var described = (ObjectNode) details.path("card");
        describe(described, card);
        described.put("network", card.kind().brand());
        return details;
    }

    private static void describe(ObjectNode details, Card card) {
        TestCard kind = card.kind();
        details.put("brand", kind.brand());
        details.put("country", kind.country());
        details.put("exp_month", card.expiryMonth());
        details.put("exp_year", card.expiryYear());
        details.put("fingerprint", "sandbox" + kind.brand() + kind.last4());
        details.put("funding", kind.funding());
        details.put("last4", kind.last4());
    }

    private static ObjectNode outcome(
            String network, @Nullable String reason, String message, String type) {
        return Json.object()
                .putNull("advice_code")
                .putNull("network_advice_code")
                .putNull("network_decline_code")
                .put("network_status", network)
                .put("reason", reason)
                .put("risk_level", "normal")
                .put("seller_message", message)
                .put("type", type);
    }

    private static ObjectNode blankIntent() {
        return Json.object(
                """
                {"id": "", "object": "payment_intent", "amount": 0, "amount_capturable": 0,
                 "amount_details": {"tip": {}}, "amount_received": 0, "application": null,
                 "application_fee_amount": null, "automatic_payment_methods": null, "canceled_at": null,
                 "cancellation_reason": null, "capture_method": "automatic_async", "client_secret": "",
                 "confirmation_method": "automatic", "created": 0, "currency": "", "customer": null,
                 "customer_account": null, "description": null, "excluded_payment_method_types": null,
                 "last_payment_error": null, "latest_charge": null, "livemode": false,
                 "managed_payments": {"enabled": false}, "metadata": {}, "next_action": null,
                 "on_behalf_of": null, "payment_method": null,
                 "payment_method_configuration_details": null,
                 "payment_method_options": {}, "payment_method_types": ["card"], "processing": null,
                 "receipt_email": null, "review": null, "setup_future_usage": null, "shipping": null,
                 "source": null, "statement_descriptor": null, "statement_descriptor_suffix": null,
                 "status": "requires_payment_method", "transfer_data": null, "transfer_group": null}
                """);
    }

    private static ObjectNode blankCharge() {
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
