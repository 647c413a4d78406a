package com.comptappart.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/setup_intents}: a payment method made ready for later, without a payment. */
final class SetupIntents {

    /** It can be kept, and only its later charges are declined. */
    private static final String FAILS_LATER = "0341";

    private static final Set<String> OPEN =
            Set.of("requires_payment_method", "requires_confirmation", "requires_action");

    private final Store store;
    private final Events events;
    private final PaymentMethods methods;
    private final Wallet wallet;

    SetupIntents(Store store, Events events, PaymentMethods methods, Wallet wallet) {
        this.store = store;
        this.events = events;
        this.methods = methods;
        this.wallet = wallet;
    }

    void addTo(Routes routes) {
        routes.post("v1/setup_intents", this::create);
        routes.get("v1/setup_intents", this::list);
        routes.get("v1/setup_intents/*", call -> store.get(Kind.SETUP_INTENT, call.id()));
        routes.post("v1/setup_intents/*", this::update);
        routes.post("v1/setup_intents/*/confirm", this::confirm);
        routes.post("v1/setup_intents/*/cancel", this::cancel);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode intent = blank();
        List<String> types = params.texts("payment_method_types");
        if (types.stream().anyMatch(type -> !type.equals("card"))) {
            throw Refusal.notImitated("payment_method_types", "setups of anything but cards");
        }
        IntentFields.setAutomatic(intent, params);
        params.oneOf("usage", "off_session", "on_session")
                .ifPresent(text -> intent.put("usage", text));
        read(params, intent);
        boolean confirm = params.flag("confirm").orElse(false);
        params.url("return_url");
        params.refuseUnread();
        store.put(Kind.SETUP_INTENT, intent);
        var _ = events.record("setup_intent.created", intent, call.cause());
        return confirm ? setUp(intent, call.cause()) : intent;
    }

    private ObjectNode update(Call call) {
        ObjectNode intent = open(call.id(), "update");
        ObjectNode changed = intent.deepCopy();
        read(call.params(), changed);
        call.params().refuseUnread();
        intent.setAll(changed);
        return intent;
    }

    private ObjectNode confirm(Call call) {
        ObjectNode intent = open(call.id(), "confirm");
        ObjectNode changed = intent.deepCopy();
        read(call.params(), changed);
        call.params().url("return_url");
        call.params().refuseUnread();
        intent.setAll(changed);
        return setUp(intent, call.cause());
    }

    private ObjectNode cancel(Call call) {
        ObjectNode intent = open(call.id(), "cancel");
        Optional<String> reason =
                call.params()
                        .oneOf(
                                "cancellation_reason",
                                "abandoned",
                                "requested_by_customer",
                                "duplicate");
        call.params().refuseUnread();
        intent.put("status", "canceled");
        intent.put("cancellation_reason", reason.orElse(null));
        intent.putNull("next_action");
        var _ = events.record("setup_intent.canceled", intent, call.cause());
        return intent;
    }

    private void read(Params params, ObjectNode intent) {
        params.text("description")
                .ifPresent(text -> intent.put("description", text.isEmpty() ? null : text));
        params.filled("customer")
                .ifPresent(id -> {
                    Customers.referred(store, id, "customer");
                    intent.put("customer", id);
                });
        params.metadataInto((ObjectNode) intent.path("metadata"));
        params.filled("payment_method")
                .ifPresent(id -> {
                    ObjectNode method = methods.resolve(id, "payment_method");
                    if (!method.path("type").asString().equals("card")) {
                        throw Refusal.notImitated("payment_method", "setups of anything but cards");
                    }
                    intent.set("payment_method", method.path("id"));
                    intent.put("status", "requires_confirmation");
                });
    }

    private ObjectNode setUp(ObjectNode intent, Cause cause) {
        if (!intent.path("payment_method").isString()) {
            throw Refusal.of(
                    "setup_intent_unexpected_state",
                    "payment_method",
                    "You cannot confirm this SetupIntent because it's missing a payment method.");
        }
        String id = intent.path("payment_method").asString();
        intent.putNull("next_action");
        intent.putNull("last_setup_error");
        return switch (methods.instrument(id)) {
            case Instrument.Card(TestCard card, int _, int _)
                    when card.outcome() instanceof TestCard.Declines why
                            && !card.last4().equals(FAILS_LATER) ->
                    throw decline(intent, id, why, cause);
            case Instrument.Card(TestCard card, int _, int _)
                    when card.outcome() instanceof TestCard.Challenges ->
                    challenge(intent, cause);
            case Instrument.Card _, Instrument.SepaDebit _ -> succeed(intent, id, cause);
        };
    }

    private Refusal decline(ObjectNode intent, String method, TestCard.Declines why, Cause cause) {
        ObjectNode shown = store.get(Kind.PAYMENT_METHOD, method).deepCopy();
        var error = (ObjectNode) Refusal.declined(why).envelope().path("error");
        error.set("payment_method", shown);
        intent.set("last_setup_error", error);
        intent.putNull("payment_method");
        intent.put("status", "requires_payment_method");
        var _ = events.record("setup_intent.setup_failed", intent, cause);
        return Refusal.setupDeclined(why, intent);
    }

    /** The bank wants to see the owner; another card can be tried meanwhile. */
    private ObjectNode challenge(ObjectNode intent, Cause cause) {
        var action = intent.putObject("next_action");
        action.put("type", "use_stripe_sdk");
        action.putObject("use_stripe_sdk").put("type", "three_d_secure_redirect");
        intent.put("status", "requires_action");
        var _ = events.record("setup_intent.requires_action", intent, cause);
        return intent;
    }

    private ObjectNode succeed(ObjectNode intent, String method, Cause cause) {
        store.find(Kind.CUSTOMER, intent.path("customer").asString(""))
                .ifPresent(customer -> {
                    var _ = wallet.attach(method, customer, "payment_method", cause);
                });
        methods.rememberSetUp(method);
        intent.put("status", "succeeded");
        var _ = events.record("setup_intent.succeeded", intent, cause);
        return intent;
    }

    private ObjectNode open(String id, String doing) {
        ObjectNode intent = store.get(Kind.SETUP_INTENT, id);
        String status = intent.path("status").asString();
        if (!OPEN.contains(status)) {
            throw Refusal.of(
                    "setup_intent_unexpected_state",
                    null,
                    "You cannot %s this SetupIntent because it has a status of %s."
                            .formatted(doing, status));
        }
        return intent;
    }

    private ObjectNode list(Call call) {
        Predicate<ObjectNode> wanted =
                Page.created(call.params())
                        .and(Page.equal(call.params(), "customer"))
                        .and(Page.equal(call.params(), "payment_method"));
        return Page.of(call, store.newestFirst(Kind.SETUP_INTENT).stream().filter(wanted).toList());
    }

    private ObjectNode blank() {
        ObjectNode intent =
                Json.object(
                        """
                        {"id": "", "object": "setup_intent", "application": null,
                         "automatic_payment_methods": null, "cancellation_reason": null,
                         "client_secret": "", "created": 0, "customer": null, "customer_account": null,
                         "description": null, "excluded_payment_method_types": null,
                         "flow_directions": null, "last_setup_error": null, "latest_attempt": null,
                         "livemode": false, "mandate": null, "metadata": {}, "next_action": null,
                         "on_behalf_of": null, "payment_method": null,
                         "payment_method_configuration_details": null, "payment_method_options": null,
                         "payment_method_types": ["card"], "single_use_mandate": null,
                         "status": "requires_payment_method", "usage": "off_session"}
                        """);
        String id = Kind.SETUP_INTENT.newId();
        intent.put("id", id);
        intent.put("client_secret", Ids.random(id + "_secret_", 25));
        intent.put("created", store.now());
        return intent;
    }
}
