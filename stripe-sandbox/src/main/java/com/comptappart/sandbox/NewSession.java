package com.comptappart.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The making of a Checkout session: what Stripe takes and we imitate is read, the rest refused by
 * name.
 */
final class NewSession {

    private static final Duration SHORTEST_OPEN = Duration.ofMinutes(30);
    private static final int MOST_CUSTOM_FIELDS = 3;

    private static final List<String> NOT_IMITATED =
            List.of(
                    "setup_intent_data",
                    "consent_collection",
                    "after_expiration",
                    "optional_items",
                    "return_url",
                    "payment_method_options",
                    "permissions");

    private final Store store;
    private final Params params;
    private final ObjectNode session = blank();
    private final ObjectNode paymentIntentData = Json.object();

    NewSession(Store store, Params params) {
        this.store = store;
        this.params = params;
    }

    ObjectNode read(Cart cart) {
        NOT_IMITATED.stream()
                .filter(params::has)
                .findFirst()
                .ifPresent(name -> {
                    throw Refusal.notImitated(name, "`" + name + "` of Checkout sessions");
                });
        requireModeAndPage();
        cart.read(params);
        setPlace();
        setBuyer();
        setSwitches();
        setCustomFields();
        setPaymentIntentData();
        params.metadataInto((ObjectNode) session.path("metadata"));
        session.put("currency", cart.currency());
        MethodTypes.read(params, session);
        new SessionShipping(store).read(params, session);
        new SessionBilling(store).read(params, session, cart.items());
        return session;
    }

    private void requireModeAndPage() {
        String mode = params.required("mode");
        if (mode.equals("setup")) {
            throw Refusal.notImitated("mode", "sessions of mode `setup`");
        }
        params.oneOf("mode", "payment", "subscription");
        session.put("mode", mode);
        String uiMode = params.filled("ui_mode").orElse("hosted_page");
        if (!uiMode.equals("hosted_page")) {
            throw Refusal.of(
                    null,
                    "ui_mode",
                    "Invalid ui_mode: '%s'. This sandbox does `hosted_page` only; `hosted` is the old name of it."
                            .formatted(uiMode));
        }
    }

    private void setPlace() {
        session.put(
                "success_url",
                params.url("success_url").orElseThrow(() -> Refusal.missing("success_url")));
        params.url("cancel_url").ifPresent(url -> session.put("cancel_url", url));
        long now = store.now();
        long longest = now + Sessions.LONGEST_OPEN.toSeconds();
        long expiresAt = params.integer("expires_at").orElse(longest);
        if (expiresAt < now + SHORTEST_OPEN.toSeconds() || expiresAt > longest) {
            throw Refusal.of(
                    null,
                    "expires_at",
                    "The `expires_at` timestamp must be from 30 minutes to 24 hours after Checkout Session creation.");
        }
        session.put("id", Kind.SESSION.newId());
        session.put("created", now);
        session.put("expires_at", expiresAt);
    }

    private void setBuyer() {
        params.filled("customer_email").ifPresent(email -> setEmail(email));
        params.filled("customer")
                .ifPresent(id -> {
                    Customers.referred(store, id, "customer");
                    session.put("customer", id);
                });
        if (session.path("customer").isString() && params.has("customer_email")) {
            throw Refusal.of(
                    null,
                    null,
                    "You may only specify one of these parameters: customer, customer_email.");
        }
        Optional<String> creation = params.oneOf("customer_creation", "always", "if_required");
        if (!session.path("customer").isString()) {
            boolean subscribes = session.path("mode").asString().equals("subscription");
            session.put(
                    "customer_creation", subscribes ? "always" : creation.orElse("if_required"));
        }
        for (String name : List.of("client_reference_id", "locale", "integration_identifier")) {
            params.filled(name).ifPresent(text -> session.put(name, text));
        }
    }

    private void setEmail(String email) {
        if (!email.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")) {
            throw Refusal.of("email_invalid", "customer_email", "Invalid email address: " + email);
        }
        session.put("customer_email", email);
    }

    private void setSwitches() {
        params.oneOf("billing_address_collection", "auto", "required")
                .ifPresent(text -> session.put("billing_address_collection", text));
        params.oneOf("submit_type", "auto", "book", "donate", "pay")
                .ifPresent(text -> session.put("submit_type", text));
        refuseOn("adaptive_pricing", enabled("adaptive_pricing"));
        enabled("phone_number_collection").ifPresent(on -> collect("phone_number_collection", on));
        params.child("tax_id_collection")
                .ifPresent(given -> {
                    collect("tax_id_collection", given.flag("enabled").orElse(false));
                    String required =
                            given.oneOf("required", "never", "if_supported").orElse("never");
                    ((ObjectNode) session.path("tax_id_collection")).put("required", required);
                });
        params.child("custom_text").ifPresent(this::setCustomText);
    }

    private void setCustomText(Params given) {
        var texts = (ObjectNode) session.path("custom_text");
        for (String place : List.of("submit", "after_submit")) {
            given.child(place)
                    .ifPresent(text ->
                            texts.putObject(place).put("message", text.required("message")));
        }
    }

    private void setCustomFields() {
        List<Params> fields = params.childrenOf("custom_fields");
        if (fields.size() > MOST_CUSTOM_FIELDS) {
            throw Refusal.of(
                    null,
                    "custom_fields",
                    "You can have at most %d custom fields.".formatted(MOST_CUSTOM_FIELDS));
        }
        var kept = (ArrayNode) session.path("custom_fields");
        fields.forEach(field -> kept.add(CustomField.read(field)));
    }

    ObjectNode paymentIntentData() {
        return paymentIntentData;
    }

    /**
     * Kept beside the session, because Stripe doesn't show it there: it goes to the payment intent.
     */
    private void setPaymentIntentData() {
        var metadata = paymentIntentData.putObject("metadata");
        params.child("payment_intent_data")
                .ifPresent(data -> {
                    data.oneOf("capture_method", "automatic", "automatic_async");
                    data.metadataInto(metadata);
                    data.child("shipping")
                            .ifPresent(to -> paymentIntentData.set("shipping", shipping(to)));
                    data.oneOf("setup_future_usage", "off_session", "on_session")
                            .ifPresent(text -> paymentIntentData.put("setup_future_usage", text));
                    for (String name :
                            List.of(
                                    "description",
                                    "receipt_email",
                                    "statement_descriptor",
                                    "statement_descriptor_suffix")) {
                        data.filled(name).ifPresent(text -> paymentIntentData.put(name, text));
                    }
                });
    }

    static ObjectNode shipping(Params given) {
        var shipping = Json.object();
        given.child("address").ifPresent(to -> shipping.set("address", Customers.address(to)));
        shipping.put("name", given.required("name"));
        for (String name : List.of("carrier", "phone", "tracking_number")) {
            shipping.put(name, given.filled(name).orElse(null));
        }
        return shipping;
    }

    private Optional<Boolean> enabled(String name) {
        return params.child(name).flatMap(given -> given.flag("enabled"));
    }

    private void collect(String name, boolean on) {
        session.putObject(name).put("enabled", on);
    }

    private static void refuseOn(String name, Optional<Boolean> on) {
        if (on.orElse(false)) {
            throw Refusal.notImitated(name, "`" + name + "`");
        }
    }

    private static ObjectNode blank() {
        return Json.object(
                """
                {"id": "", "object": "checkout.session", "adaptive_pricing": {"enabled": false},
                 "after_expiration": null, "allow_promotion_codes": null, "amount_subtotal": 0,
                 "amount_total": 0,
                 "automatic_tax": {"enabled": false, "liability": null, "provider": null, "status": null},
                 "billing_address_collection": null, "cancel_url": null, "client_reference_id": null,
                 "client_secret": null, "collected_information": null, "consent": null,
                 "consent_collection": null, "created": 0, "currency": "", "currency_conversion": null,
                 "custom_fields": [],
                 "custom_text": {"after_submit": null, "shipping_address": null, "submit": null,
                   "terms_of_service_acceptance": null},
                 "customer": null, "customer_account": null, "customer_creation": null,
                 "customer_details": null, "customer_email": null, "discounts": [], "expires_at": 0,
                 "integration_identifier": null, "invoice": null,
                 "invoice_creation": {"enabled": false, "invoice_data": {"account_tax_ids": null,
                   "custom_fields": null, "description": null, "footer": null, "issuer": null,
                   "metadata": {}, "rendering_options": null}},
                 "livemode": false, "locale": null, "managed_payments": {"enabled": false},
                 "metadata": {}, "mode": "payment", "origin_context": null, "payment_intent": null,
                 "payment_link": null, "payment_method_collection": "if_required",
                 "payment_method_configuration_details": null, "payment_method_options": {},
                 "payment_method_types": ["card"], "payment_status": "unpaid", "permissions": null,
                 "phone_number_collection": {"enabled": false}, "recovered_from": null,
                 "saved_payment_method_options": null, "setup_intent": null,
                 "shipping_address_collection": null, "shipping_cost": null, "shipping_options": [],
                 "status": "open", "submit_type": null, "subscription": null, "success_url": null,
                 "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
                 "ui_mode": "hosted_page", "url": null, "wallet_options": null}
                """);
    }
}
