package com.comptappart.sandbox;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Invoices as they begin: for a customer, or for a stretch of a subscription. */
final class InvoiceDrafts {

    private final Store store;

    InvoiceDrafts(Store store) {
        this.store = store;
    }

    ObjectNode forCustomer(ObjectNode customer, String currency, String reason) {
        ObjectNode invoice = blank();
        invoice.put("id", Kind.INVOICE.newId());
        invoice.put("billing_reason", reason);
        invoice.put("created", store.now());
        invoice.put("currency", currency);
        invoice.put("period_start", store.now());
        invoice.put("period_end", store.now());
        invoice.set("customer", customer.path("id"));
        invoice.set("test_clock", customer.path("test_clock"));
        invoice.set("starting_balance", customer.path("balance"));
        invoice.set("footer", customer.path("invoice_settings").path("footer"));
        followCustomer(invoice, customer);
        return invoice;
    }

    ObjectNode forSubscription(ObjectNode subscription, String reason) {
        ObjectNode customer = store.get(Kind.CUSTOMER, subscription.path("customer").asString());
        ObjectNode invoice =
                forCustomer(customer, subscription.path("currency").asString(), reason);
        // Not the payment method: an invoice without one of its own follows the subscription's, so
        // that a card that is repaired there pays it at the next attempt.
        for (String name : List.of("collection_method", "automatic_tax")) {
            invoice.set(name, subscription.path(name).deepCopy());
        }
        ((ObjectNode) invoice.path("automatic_tax")).putNull("provider").putNull("status");
        invoice.set(
                "default_tax_rates",
                subscription.path("default_tax_rates").isArray()
                        ? subscription.path("default_tax_rates").deepCopy()
                        : Json.array());
        JsonNode settings = subscription.path("invoice_settings");
        invoice.set("description", settings.path("description"));
        var parent = invoice.putObject("parent");
        parent.putNull("quote_details");
        var details = parent.putObject("subscription_details");
        details.set("metadata", subscription.path("metadata").deepCopy());
        details.set("subscription", subscription.path("id"));
        parent.put("type", "subscription_details");
        return invoice;
    }

    /** Until it is finalized, an invoice shows its customer as they are now. */
    void followCustomer(ObjectNode invoice, ObjectNode customer) {
        for (String name : List.of("address", "email", "name", "phone", "shipping")) {
            JsonNode value = customer.path(name);
            invoice.set("customer_" + name, value.isMissingNode() ? null : value.deepCopy());
        }
        invoice.set("customer_tax_exempt", customer.path("tax_exempt"));
        invoice.set(
                "customer_tax_ids", CustomerTaxIds.shown(store, customer.path("id").asString()));
    }

    static String subscriptionOf(JsonNode invoice) {
        return invoice.path("parent")
                .path("subscription_details")
                .path("subscription")
                .asString("");
    }

    private static ObjectNode blank() {
        return Json.object(
                """
                {"id": "", "object": "invoice", "account_country": "FR", "account_name": "Sandbox",
                 "account_tax_ids": null, "amount_due": 0, "amount_overpaid": 0, "amount_paid": 0,
                 "amount_paid_off_stripe": 0, "amount_remaining": 0, "amount_shipping": 0,
                 "application": null, "attempt_count": 0, "attempted": false, "auto_advance": true,
                 "automatic_tax": {"disabled_reason": null, "enabled": false, "liability": null,
                   "provider": null, "status": null},
                 "automatically_finalizes_at": null, "billing_reason": "manual",
                 "collection_method": "charge_automatically", "created": 0, "currency": "",
                 "custom_fields": null, "customer": null, "customer_account": null,
                 "customer_address": null, "customer_email": null, "customer_name": null,
                 "customer_phone": null, "customer_shipping": null, "customer_tax_exempt": "none",
                 "customer_tax_ids": [], "default_payment_method": null, "default_source": null,
                 "default_tax_rates": [], "description": null, "discounts": [], "due_date": null,
                 "effective_at": null, "ending_balance": null, "footer": null, "from_invoice": null,
                 "hosted_invoice_url": null, "invoice_pdf": null, "issuer": {"type": "self"},
                 "last_finalization_error": null, "latest_revision": null,
                 "lines": {"object": "list", "data": [], "has_more": false, "url": ""},
                 "livemode": false, "metadata": {}, "next_payment_attempt": null, "number": null,
                 "on_behalf_of": null, "parent": null,
                 "payment_settings": {"default_mandate": null, "payment_method_options": null,
                   "payment_method_types": null},
                 "period_end": 0, "period_start": 0, "post_payment_credit_notes_amount": 0,
                 "pre_payment_credit_notes_amount": 0, "receipt_number": null, "rendering": null,
                 "shipping_cost": null, "shipping_details": null, "starting_balance": 0,
                 "statement_descriptor": null, "status": "draft",
                 "status_transitions": {"finalized_at": null, "marked_uncollectible_at": null,
                   "paid_at": null, "voided_at": null},
                 "subtotal": 0, "subtotal_excluding_tax": 0, "test_clock": null, "total": 0,
                 "total_discount_amounts": [], "total_excluding_tax": 0,
                 "total_pretax_credit_amounts": [], "total_taxes": [], "webhooks_delivered_at": null}
                """);
    }
}
