package com.comptappart.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The payment methods that customers keep, to be charged again without them. */
final class Wallet {

    /** It attaches, and every later charge is declined: how a renewal is made to fail. */
    private static final String FAILS_LATER = "0341";

    private final Store store;
    private final Events events;
    private final PaymentMethods methods;

    Wallet(Store store, Events events, PaymentMethods methods) {
        this.store = store;
        this.events = events;
        this.methods = methods;
    }

    void addTo(Routes routes) {
        routes.get("v1/payment_methods", this::list);
        routes.post("v1/payment_methods/*", this::update);
        routes.post("v1/payment_methods/*/attach", this::attach);
        routes.post("v1/payment_methods/*/detach", this::detach);
        routes.get("v1/customers/*/payment_methods", this::listOfCustomer);
        routes.get("v1/customers/*/payment_methods/*", this::getOfCustomer);
    }

    /** Refuses what could not be attached, before anything is kept. */
    void check(Optional<String> method, String param) {
        method.filter(id -> !id.isEmpty())
                .ifPresent(id -> requireAttachable(instrument(id, param)));
    }

    /** Binds a payment method, or a new one of a published token, to a customer. */
    ObjectNode attach(String id, ObjectNode customer, String param, Cause cause) {
        requireAttachable(instrument(id, param));
        ObjectNode method =
                store.find(Kind.PAYMENT_METHOD, id).orElseGet(() -> fromToken(id, customer));
        String owner = method.path("customer").asString("");
        String wanted = customer.path("id").asString();
        if (!owner.isEmpty() && !owner.equals(wanted)) {
            throw Refusal.of(
                    null,
                    param,
                    "The payment method you provided has already been attached to another customer.");
        }
        if (owner.isEmpty()) {
            method.put("customer", wanted);
            var _ = events.record("payment_method.attached", method, cause);
        }
        return method;
    }

    /** A payment method that this customer has already; a published token makes it one. */
    ObjectNode ofCustomer(String id, ObjectNode customer, String param, Cause cause) {
        if (methods.named(id).isPresent()) {
            return attach(id, customer, param, cause);
        }
        ObjectNode method = store.referred(Kind.PAYMENT_METHOD, id, param);
        if (!method.path("customer").equals(customer.path("id"))) {
            throw Refusal.of(
                    "resource_missing",
                    param,
                    "The customer does not have a payment method with the ID %s. The payment method must be"
                                    .formatted(id)
                            + " attached to the customer.");
        }
        return method;
    }

    private ObjectNode attach(Call call) {
        String customer = call.params().required("customer");
        call.params().refuseUnread();
        return attach(
                call.id(),
                Customers.referred(store, customer, "customer"),
                "payment_method",
                call.cause());
    }

    private ObjectNode detach(Call call) {
        call.params().refuseUnread();
        ObjectNode method = store.get(Kind.PAYMENT_METHOD, call.id());
        if (!method.path("customer").isString()) {
            throw Refusal.of(
                    null,
                    null,
                    "The payment method you provided is not attached to a customer so detachment is impossible.");
        }
        ObjectNode before = method.deepCopy();
        store.find(Kind.CUSTOMER, method.path("customer").asString())
                .map(customer -> customer.path("invoice_settings"))
                .filter(settings ->
                        settings.path("default_payment_method").equals(method.path("id")))
                .ifPresent(settings -> ((ObjectNode) settings).putNull("default_payment_method"));
        method.putNull("customer");
        var _ = events.recordChange("payment_method.detached", before, method, call.cause());
        return method;
    }

    private ObjectNode update(Call call) {
        Params params = call.params();
        ObjectNode method = store.get(Kind.PAYMENT_METHOD, call.id());
        ObjectNode changed = method.deepCopy();
        params.child("billing_details")
                .ifPresent(
                        given -> setBilling((ObjectNode) changed.path("billing_details"), given));
        params.oneOf("allow_redisplay", "always", "limited", "unspecified")
                .ifPresent(text -> changed.put("allow_redisplay", text));
        params.metadataInto((ObjectNode) changed.path("metadata"));
        params.refuseUnread();
        ObjectNode before = method.deepCopy();
        method.setAll(changed);
        var _ = events.recordChange("payment_method.updated", before, method, call.cause());
        return method;
    }

    private static void setBilling(ObjectNode billing, Params given) {
        for (String name : List.of("email", "name", "phone")) {
            given.text(name).ifPresent(text -> billing.put(name, text.isEmpty() ? null : text));
        }
        given.child("address").ifPresent(to -> billing.set("address", Customers.address(to)));
    }

    private ObjectNode list(Call call) {
        Predicate<ObjectNode> wanted =
                Page.equal(call.params(), "customer").and(Page.equal(call.params(), "type"));
        return Page.of(
                call, store.newestFirst(Kind.PAYMENT_METHOD).stream().filter(wanted).toList());
    }

    private ObjectNode listOfCustomer(Call call) {
        store.get(Kind.CUSTOMER, call.id());
        Predicate<ObjectNode> wanted =
                Page.equal(call.params(), "type")
                        .and(method -> method.path("customer").asString("").equals(call.id()));
        return Page.of(
                call, store.newestFirst(Kind.PAYMENT_METHOD).stream().filter(wanted).toList());
    }

    private ObjectNode getOfCustomer(Call call) {
        ObjectNode method = store.get(Kind.PAYMENT_METHOD, call.ids().getLast());
        if (!method.path("customer").asString("").equals(call.id())) {
            throw Refusal.noSuch(Kind.PAYMENT_METHOD, call.ids().getLast());
        }
        return method;
    }

    private Instrument instrument(String id, String param) {
        return methods.named(id).orElseGet(() -> methods.instrument(id, param));
    }

    private static void requireAttachable(Instrument instrument) {
        if (instrument instanceof Instrument.Card card
                && card.kind().outcome() instanceof TestCard.Declines declines
                && !card.kind().last4().equals(FAILS_LATER)) {
            throw Refusal.declined(declines);
        }
    }

    /** Refuses a card that will be declined, where nothing may be kept of a failure. */
    void requireChargeable(ObjectNode method) {
        String id = method.path("id").asString();
        if (instrument(id, "default_payment_method") instanceof Instrument.Card card
                && card.kind().outcome() instanceof TestCard.Declines declines) {
            throw Refusal.declined(declines);
        }
    }

    private ObjectNode fromToken(String token, ObjectNode customer) {
        return methods.make(
                instrument(token, "payment_method"), Payer.of(customer).billingDetails());
    }

    /** The payment method that a charge without the customer takes: the nearest that is set. */
    Optional<ObjectNode> chosen(JsonNode... byNearest) {
        for (JsonNode place : byNearest) {
            Optional<ObjectNode> method =
                    store.find(Kind.PAYMENT_METHOD, place.asString(""))
                            .filter(found -> found.path("customer").isString());
            if (method.isPresent()) {
                return method;
            }
        }
        return Optional.empty();
    }
}
