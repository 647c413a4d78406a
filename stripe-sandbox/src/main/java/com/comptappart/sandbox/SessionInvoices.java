package com.comptappart.sandbox;

import java.util.ArrayList;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The invoice of a one-time session that asked for one, written after the payment. */
final class SessionInvoices {

    private final Store store;
    private final InvoiceParts parts;
    private final InvoiceLife life;
    private final Discounts discounts;

    SessionInvoices(Store store, InvoiceParts parts, InvoiceLife life, Discounts discounts) {
        this.store = store;
        this.parts = parts;
        this.life = life;
        this.discounts = discounts;
    }

    void write(ObjectNode session, ObjectNode customer, Optional<ObjectNode> intent) {
        ObjectNode invoice =
                parts.drafts().forCustomer(customer, session.path("currency").asString(), "manual");
        JsonNode data = session.path("invoice_creation").path("invoice_data");
        invoice.set("description", data.path("description"));
        invoice.set("metadata", data.path("metadata").deepCopy());
        invoice.put("auto_advance", false);
        invoice.set("automatic_tax", session.path("automatic_tax").deepCopy());
        ((ObjectNode) invoice.path("automatic_tax")).putNull("disabled_reason");
        if (session.path("shipping_cost").isObject()) {
            invoice.set("shipping_cost", session.path("shipping_cost").deepCopy());
        }
        JsonNode delivery = session.path("collected_information").path("shipping_details");
        if (delivery.isObject()) {
            ObjectNode to = delivery.deepCopy().asObject();
            invoice.set(
                    "shipping_details",
                    to.putNull("carrier").putNull("phone").putNull("tracking_number"));
        }
        discounts.start(discounts.chosen(session.path("discounts")), invoice);
        var lines = new ArrayList<ObjectNode>();
        for (ObjectNode item : store.lineItems(session.path("id").asString())) {
            JsonNode rates = store.aside(item.path("id").asString(), SessionMoney.RATES);
            lines.add(parts.lines().ofSessionItem(item, rates, store.now()));
        }
        life.keep(invoice, lines, Cause.NOT_THE_API);
        life.finalizeUncollected(invoice, Cause.NOT_THE_API);
        intent.filter(_ -> InvoiceLife.isStatus(invoice, "open"))
                .ifPresent(paid -> life.settleWith(invoice, paid, Cause.NOT_THE_API));
        session.set("invoice", invoice.path("id"));
    }
}
