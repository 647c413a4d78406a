package com.comptappart.sandbox;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/payment_intents} and the reading of charges. */
final class PaymentIntents {

    private static final Set<String> CANCELABLE =
            Set.of(
                    "requires_payment_method",
                    "requires_confirmation",
                    "requires_action",
                    "requires_capture");
    private static final Set<String> CONFIRMABLE =
            Set.of("requires_payment_method", "requires_confirmation");

    private final Store store;
    private final Events events;
    private final Payments payments;
    private final IntentFields fields;
    private final Refunds refunds;

    PaymentIntents(
            Store store,
            Events events,
            Payments payments,
            PaymentMethods methods,
            Refunds refunds) {
        this.store = store;
        this.events = events;
        this.payments = payments;
        this.fields = new IntentFields(store, methods);
        this.refunds = refunds;
    }

    void addTo(Routes routes) {
        routes.post("v1/payment_intents", this::create);
        routes.get("v1/payment_intents", this::list);
        routes.get("v1/payment_intents/*", call -> store.get(Kind.PAYMENT_INTENT, call.id()));
        routes.post("v1/payment_intents/*", this::update);
        routes.post("v1/payment_intents/*/confirm", this::confirm);
        routes.post("v1/payment_intents/*/capture", this::capture);
        routes.post("v1/payment_intents/*/cancel", this::cancel);
        routes.get("v1/charges", this::listCharges);
        routes.get("v1/charges/*", call -> store.get(Kind.CHARGE, call.id()));
    }

    /**
     * The intent of a session: made at the first attempt to pay, and used again after a decline.
     */
    ObjectNode ofSession(ObjectNode session) {
        if (session.path("payment_intent").isString()) {
            return store.get(Kind.PAYMENT_INTENT, session.path("payment_intent").asString());
        }
        ObjectNode intent = blank();
        intent.put("amount", session.path("amount_total").asLong());
        intent.set("currency", session.path("currency"));
        intent.set("payment_method_types", session.path("payment_method_types").deepCopy());
        intent.setAll(store.paymentIntentData(session.path("id").asString()));
        session.put("payment_intent", intent.path("id").asString());
        return keep(intent, Cause.NOT_THE_API);
    }

    /** A new intent to pay an amount, with the fields that whoever wants the money gives it. */
    ObjectNode over(long amount, String currency, ObjectNode data, Cause cause) {
        ObjectNode intent = blank();
        intent.put("amount", amount);
        intent.put("currency", currency);
        intent.put("capture_method", "automatic");
        intent.setAll(data);
        return keep(intent, cause);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode intent = blank();
        intent.put("currency", params.required("currency").toLowerCase(Locale.ROOT));
        intent.put("amount", IntentFields.amount(params, intent.path("currency").asString()));
        params.oneOf("capture_method", "automatic", "automatic_async", "manual")
                .ifPresent(text -> intent.put("capture_method", text));
        params.oneOf("confirmation_method", "automatic", "manual")
                .ifPresent(text -> intent.put("confirmation_method", text));
        IntentFields.setMethods(intent, params);
        fields.read(intent, params);
        boolean confirm = params.flag("confirm").orElse(false);
        boolean offSession = params.flag("off_session").orElse(false);
        Optional<String> returnUrl = params.url("return_url");
        params.refuseUnread();
        keep(intent, call.cause());
        returnUrl.ifPresent(url -> store.putReturnUrl(intent.path("id").asString(), url));
        return confirm ? pay(intent, !offSession, call.cause()) : intent;
    }

    private ObjectNode update(Call call) {
        Params params = call.params();
        ObjectNode intent = store.get(Kind.PAYMENT_INTENT, call.id());
        boolean open = CONFIRMABLE.contains(intent.path("status").asString());
        if (!open && (params.has("amount") || params.has("payment_method"))) {
            throw Refusal.unexpectedState(intent, "update the amount or the payment method of");
        }
        ObjectNode changed = intent.deepCopy();
        if (params.has("amount")) {
            changed.put("amount", IntentFields.amount(params, intent.path("currency").asString()));
        }
        fields.read(changed, params);
        params.refuseUnread();
        intent.setAll(changed);
        return intent;
    }

    private ObjectNode confirm(Call call) {
        Params params = call.params();
        ObjectNode intent = store.get(Kind.PAYMENT_INTENT, call.id());
        if (!CONFIRMABLE.contains(intent.path("status").asString())) {
            throw Refusal.unexpectedState(intent, "confirm");
        }
        ObjectNode changed = intent.deepCopy();
        fields.read(changed, params);
        boolean offSession = params.flag("off_session").orElse(false);
        Optional<String> returnUrl = params.url("return_url");
        params.refuseUnread();
        intent.setAll(changed);
        returnUrl.ifPresent(url -> store.putReturnUrl(call.id(), url));
        return pay(intent, !offSession, call.cause());
    }

    private ObjectNode pay(ObjectNode intent, boolean buyerIsThere, Cause cause) {
        if (!intent.path("payment_method").isString()) {
            throw Refusal.of(
                    "payment_intent_unexpected_state",
                    "payment_method",
                    "You cannot confirm this PaymentIntent because it's missing a payment method.");
        }
        String method = intent.path("payment_method").asString();
        Payments.Attempt attempt =
                payments.attempt(
                        intent, store.get(Kind.PAYMENT_METHOD, method), buyerIsThere, cause);
        if (attempt instanceof Payments.Declined declined) {
            throw Refusal.declined(declined.why(), intent);
        }
        return intent;
    }

    private ObjectNode capture(Call call) {
        Params params = call.params();
        ObjectNode intent = store.get(Kind.PAYMENT_INTENT, call.id());
        if (!intent.path("status").asString().equals("requires_capture")) {
            throw Refusal.unexpectedState(intent, "capture");
        }
        long most = intent.path("amount_capturable").asLong();
        long amount = params.integer("amount_to_capture").orElse(most);
        if (amount < 1 || amount > most) {
            throw Refusal.of(
                    "amount_too_large",
                    "amount_to_capture",
                    "The amount to capture must be from 1 to %d.".formatted(most));
        }
        Amounts.requirePayable(amount, intent.path("currency").asString(), "amount_to_capture");
        params.metadataInto((ObjectNode) intent.path("metadata"));
        params.refuseUnread();
        payments.capture(intent, amount, call.cause());
        return intent;
    }

    private ObjectNode cancel(Call call) {
        Params params = call.params();
        ObjectNode intent = store.get(Kind.PAYMENT_INTENT, call.id());
        Optional<String> reason =
                params.oneOf(
                        "cancellation_reason",
                        "duplicate",
                        "fraudulent",
                        "requested_by_customer",
                        "abandoned");
        params.refuseUnread();
        String status = intent.path("status").asString();
        if (!CANCELABLE.contains(status)) {
            throw Refusal.unexpectedState(intent, "cancel");
        }
        intent.put("status", "canceled");
        intent.put("canceled_at", store.now());
        intent.put("cancellation_reason", reason.orElse(null));
        intent.put("amount_capturable", 0);
        intent.putNull("next_action");
        if (status.equals("requires_capture")) {
            refunds.release(intent.path("latest_charge").asString(), call.cause());
        }
        var _ = events.record("payment_intent.canceled", intent, call.cause());
        return intent;
    }

    private ObjectNode list(Call call) {
        Predicate<ObjectNode> wanted =
                Page.created(call.params()).and(Page.equal(call.params(), "customer"));
        return Page.of(
                call, store.newestFirst(Kind.PAYMENT_INTENT).stream().filter(wanted).toList());
    }

    private ObjectNode listCharges(Call call) {
        Predicate<ObjectNode> wanted =
                Page.created(call.params())
                        .and(Page.equal(call.params(), "customer"))
                        .and(Page.equal(call.params(), "payment_intent"));
        return Page.of(call, store.newestFirst(Kind.CHARGE).stream().filter(wanted).toList());
    }

    private ObjectNode keep(ObjectNode intent, Cause cause) {
        store.put(Kind.PAYMENT_INTENT, intent);
        var _ = events.record("payment_intent.created", intent, cause);
        return intent;
    }

    private ObjectNode blank() {
        ObjectNode intent =
                Json.object(
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
        String id = Kind.PAYMENT_INTENT.newId();
        intent.put("id", id);
        intent.put("client_secret", Ids.random(id + "_secret_", 25));
        intent.put("created", store.now());
        return intent;
    }
}
