package com.comptappart.sandbox;

import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/invoice_payments}: which intent pays which invoice. */
final class InvoicePayments {

    private final Store store;
    private final Events events;

    InvoicePayments(Store store, Events events) {
        this.store = store;
        this.events = events;
    }

    void addTo(Routes routes) {
        routes.get("v1/invoice_payments", this::list);
        routes.get("v1/invoice_payments/*", call -> store.get(Kind.INVOICE_PAYMENT, call.id()));
    }

    ObjectNode open(ObjectNode invoice, ObjectNode intent) {
        ObjectNode payment =
                Json.object(
                        """
                        {"id": "", "object": "invoice_payment", "amount_paid": null,
                         "amount_requested": 0, "created": 0, "currency": "", "invoice": "",
                         "is_default": true, "livemode": false,
                         "payment": {"payment_intent": "", "type": "payment_intent"}, "status": "open",
                         "status_transitions": {"canceled_at": null, "paid_at": null}}
                        """);
        payment.put("id", Kind.INVOICE_PAYMENT.newId());
        payment.set("amount_requested", invoice.path("amount_due"));
        payment.put("created", store.now());
        payment.set("currency", invoice.path("currency"));
        payment.set("invoice", invoice.path("id"));
        ((ObjectNode) payment.path("payment")).set("payment_intent", intent.path("id"));
        return store.put(Kind.INVOICE_PAYMENT, payment);
    }

    Optional<ObjectNode> ofInvoice(String invoice) {
        return store.newestFirst(Kind.INVOICE_PAYMENT).stream()
                .filter(payment -> payment.path("invoice").asString().equals(invoice))
                .findFirst();
    }

    void paid(ObjectNode payment, Cause cause) {
        payment.put("status", "paid");
        payment.set("amount_paid", payment.path("amount_requested"));
        ((ObjectNode) payment.path("status_transitions")).put("paid_at", store.now());
        var _ = events.record("invoice_payment.paid", payment, cause);
    }

    void canceled(ObjectNode payment) {
        payment.put("status", "canceled");
        ((ObjectNode) payment.path("status_transitions")).put("canceled_at", store.now());
    }

    static String intentOf(JsonNode payment) {
        return payment.path("payment").path("payment_intent").asString("");
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        Optional<Params> by = params.child("payment");
        by.ifPresent(given -> given.oneOf("type", "payment_intent"));
        Optional<String> intent = by.flatMap(given -> given.filled("payment_intent"));
        Predicate<ObjectNode> wanted =
                Page.created(params)
                        .and(Page.equal(params, "invoice"))
                        .and(Page.equal(params, "status"))
                        .and(payment -> intent.isEmpty() || intent.get().equals(intentOf(payment)));
        return Page.of(
                call, store.newestFirst(Kind.INVOICE_PAYMENT).stream().filter(wanted).toList());
    }
}
