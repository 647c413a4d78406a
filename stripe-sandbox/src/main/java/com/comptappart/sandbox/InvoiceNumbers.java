package com.comptappart.sandbox;

import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an invoice takes from its customer when it is finalized: the next number, and the balance
 * that they have with the seller.
 */
final class InvoiceNumbers {

    private final Store store;
    private final Events events;
    private final String baseUrl;

    InvoiceNumbers(Store store, Events events, String baseUrl) {
        this.store = store;
        this.events = events;
        this.baseUrl = baseUrl;
    }

    void give(ObjectNode invoice, ObjectNode customer, Cause cause) {
        ObjectNode before = customer.deepCopy();
        long sequence = customer.path("next_invoice_sequence").asLong(1);
        customer.put("next_invoice_sequence", sequence + 1);
        customer.set("currency", invoice.path("currency"));
        if (invoice.path("number").isNull()) {
            invoice.put(
                    "number",
                    String.format(
                            Locale.ROOT,
                            "%s-%04d",
                            customer.path("invoice_prefix").asString(),
                            sequence));
        }
        String place = baseUrl + "/invoices/" + invoice.path("id").asString();
        invoice.put("hosted_invoice_url", place);
        invoice.put("invoice_pdf", place + "/pdf");
        applyBalance(invoice, customer);
        var _ = events.recordChange("customer.updated", before, customer, cause);
    }

    /** A credit pays first; a debt is asked for on top; what is left stays for the next time. */
    private static void applyBalance(ObjectNode invoice, ObjectNode customer) {
        long starting = customer.path("balance").asLong();
        long due = invoice.path("total").asLong() + starting;
        invoice.put("starting_balance", starting);
        invoice.put("ending_balance", Math.min(0, due));
        invoice.put("amount_due", Math.max(0, due));
        invoice.put("amount_remaining", Math.max(0, due));
        customer.put("balance", Math.min(0, due));
    }

    /** A voided invoice never was: what it took from the balance comes back. */
    void giveBalanceBack(ObjectNode invoice, Cause cause) {
        long taken =
                invoice.path("starting_balance").asLong()
                        - invoice.path("ending_balance").asLong(0);
        store.find(Kind.CUSTOMER, invoice.path("customer").asString(""))
                .filter(customer -> taken != 0 && !Deleted.is(customer))
                .ifPresent(customer -> {
                    ObjectNode before = customer.deepCopy();
                    customer.put("balance", customer.path("balance").asLong() + taken);
                    var _ = events.recordChange("customer.updated", before, customer, cause);
                });
    }
}
