package com.comptappart.sandbox;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a request may say about a payment intent, read and checked. */
final class IntentFields {

    private static final long MOST = 99_999_999_999L;

    private final Store store;
    private final PaymentMethods methods;

    IntentFields(Store store, PaymentMethods methods) {
        this.store = store;
        this.methods = methods;
    }

    void read(ObjectNode intent, Params params) {
        for (String name :
                List.of(
                        "description",
                        "receipt_email",
                        "statement_descriptor",
                        "statement_descriptor_suffix",
                        "transfer_group")) {
            params.text(name).ifPresent(text -> intent.put(name, text.isEmpty() ? null : text));
        }
        params.filled("customer")
                .ifPresent(id -> {
                    store.referred(Kind.CUSTOMER, id, "customer");
                    intent.put("customer", id);
                });
        params.oneOf("setup_future_usage", "off_session", "on_session")
                .ifPresent(text -> intent.put("setup_future_usage", text));
        params.child("shipping")
                .ifPresent(given -> intent.set("shipping", NewSession.shipping(given)));
        params.metadataInto((ObjectNode) intent.path("metadata"));
        readMandate(params);
        params.filled("payment_method").ifPresent(id -> setMethod(intent, id));
    }

    /** Read and checked; the sandbox keeps no mandates. */
    private static void readMandate(Params params) {
        params.child("mandate_data")
                .ifPresent(mandate -> {
                    Params acceptance =
                            mandate.child("customer_acceptance")
                                    .orElseThrow(() ->
                                            Refusal.missing("mandate_data[customer_acceptance]"));
                    acceptance.integer("accepted_at");
                    acceptance.oneOf("type", "online", "offline");
                    acceptance
                            .child("online")
                            .ifPresent(online -> {
                                online.text("ip_address");
                                online.text("user_agent");
                            });
                    acceptance.child("offline");
                });
    }

    private void setMethod(ObjectNode intent, String id) {
        ObjectNode method = methods.resolve(id, "payment_method");
        String type = method.path("type").asString();
        if (!Json.texts(intent.path("payment_method_types")).contains(type)) {
            throw Refusal.of(
                    null,
                    "payment_method",
                    "The PaymentMethod provided (%s) is not allowed for this PaymentIntent."
                            .formatted(type));
        }
        intent.set("payment_method", method.path("id"));
        intent.put("status", "requires_confirmation");
    }

    /** Of a payment intent or a setup intent. */
    static void setAutomatic(ObjectNode intent, Params params) {
        params.child("automatic_payment_methods")
                .ifPresent(given -> {
                    var kept = intent.putObject("automatic_payment_methods");
                    given.oneOf("allow_redirects", "always", "never")
                            .ifPresent(text -> kept.put("allow_redirects", text));
                    kept.put("enabled", given.flag("enabled").orElse(false));
                });
    }

    static void setMethods(ObjectNode intent, Params params) {
        setAutomatic(intent, params);
        List<String> asked = params.texts("payment_method_types");
        MethodTypes.requireImitated(asked, "payment_method_types");
        List<String> types =
                asked.isEmpty() ? MethodTypes.usual(intent.path("currency").asString()) : asked;
        ArrayNode kept = intent.putArray("payment_method_types");
        types.forEach(kept::add);
    }

    static long amount(Params params, String currency) {
        long amount = params.integer("amount").orElseThrow(() -> Refusal.missing("amount"));
        long least = Cart.LEAST.getOrDefault(currency, 1L);
        if (amount < least) {
            throw Refusal.of(
                    "amount_too_small",
                    "amount",
                    "Amount must be at least %d in the smallest unit of %s."
                            .formatted(least, currency));
        }
        if (amount > MOST) {
            throw Refusal.of("amount_too_large", "amount", "Amount must be at most " + MOST);
        }
        Amounts.requirePayable(amount, currency, "amount");
        return amount;
    }
}
