package com.comptappart.sandbox;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The fields that a request may set on a subscription at its creation and later. */
final class SubscriptionFields {

    private final Store store;
    private final Wallet wallet;

    SubscriptionFields(Store store, Wallet wallet) {
        this.store = store;
        this.wallet = wallet;
    }

    void apply(Params params, ObjectNode subscription, ObjectNode customer, Cause cause) {
        params.text("description")
                .ifPresent(text -> subscription.put("description", text.isEmpty() ? null : text));
        params.text("default_payment_method")
                .ifPresent(id -> setMethod(subscription, id, customer, cause));
        params.oneOf("collection_method", "charge_automatically", "send_invoice")
                .ifPresent(how -> subscription.put("collection_method", how));
        params.integer("days_until_due")
                .ifPresent(days -> subscription.put("days_until_due", days));
        requireDaysUntilDue(subscription);
        if (params.has("default_tax_rates")) {
            List<ObjectNode> rates = TaxRates.read(store, params, "default_tax_rates");
            TaxRates.show(subscription, "default_tax_rates", rates);
        }
        params.child("automatic_tax").ifPresent(given -> setAutomaticTax(subscription, given));
        params.child("trial_settings")
                .flatMap(given -> given.child("end_behavior"))
                .map(given ->
                        given.oneOf("missing_payment_method", "cancel", "create_invoice", "pause")
                                .orElse("create_invoice"))
                .ifPresent(what ->
                        ((ObjectNode) subscription.path("trial_settings").path("end_behavior"))
                                .put("missing_payment_method", what));
        params.child("payment_settings").ifPresent(given -> setPayment(subscription, given));
        params.child("invoice_settings")
                .flatMap(given -> given.text("description"))
                .ifPresent(text ->
                        ((ObjectNode) subscription.path("invoice_settings"))
                                .put("description", text));
        params.flag("off_session");
        params.metadataInto((ObjectNode) subscription.path("metadata"));
    }

    private void setMethod(ObjectNode subscription, String id, ObjectNode customer, Cause cause) {
        if (id.isEmpty()) {
            subscription.putNull("default_payment_method");
            return;
        }
        subscription.set(
                "default_payment_method",
                wallet.ofCustomer(id, customer, "default_payment_method", cause).path("id"));
    }

    static void setAutomaticTax(ObjectNode on, Params given) {
        boolean enabled =
                given.flag("enabled").orElseThrow(() -> Refusal.missing(given.nameOf("enabled")));
        var tax = (ObjectNode) on.path("automatic_tax");
        tax.put("enabled", enabled);
        if (enabled) {
            tax.putObject("liability").put("type", "self");
        } else {
            tax.putNull("liability");
        }
    }

    private static void setPayment(ObjectNode subscription, Params given) {
        given.oneOf("save_default_payment_method", "off", "on_subscription")
                .ifPresent(how ->
                        ((ObjectNode) subscription.path("payment_settings"))
                                .put("save_default_payment_method", how));
    }

    private static void requireDaysUntilDue(ObjectNode subscription) {
        boolean sends = subscription.path("collection_method").asString().equals("send_invoice");
        if (sends && !subscription.path("days_until_due").isNumber()) {
            throw Refusal.missing("days_until_due");
        }
    }

    static ObjectNode blank() {
        return Json.object(
                """
                {"id": "", "object": "subscription", "application": null, "application_fee_percent": null,
                 "automatic_tax": {"disabled_reason": null, "enabled": false, "liability": null},
                 "billing_cycle_anchor": 0, "billing_cycle_anchor_config": null,
                 "billing_mode": {"flexible": {"proration_discounts": "included"}, "type": "flexible"},
                 "billing_schedules": [], "billing_thresholds": null, "cancel_at": null,
                 "cancel_at_period_end": false, "canceled_at": null,
                 "cancellation_details": {"comment": null, "feedback": null, "reason": null},
                 "collection_method": "charge_automatically", "created": 0, "currency": "",
                 "customer": "", "customer_account": null, "days_until_due": null,
                 "default_payment_method": null, "default_source": null, "default_tax_rates": [],
                 "description": null, "discounts": [], "ended_at": null,
                 "invoice_settings": {"account_tax_ids": null, "custom_fields": null,
                   "description": null, "footer": null, "issuer": {"type": "self"}},
                 "items": null, "latest_invoice": null, "livemode": false,
                 "managed_payments": {"enabled": false}, "metadata": {},
                 "next_pending_invoice_item_invoice": null, "on_behalf_of": null,
                 "pause_collection": null,
                 "payment_settings": {"payment_method_options": null, "payment_method_types": null,
                   "save_default_payment_method": "off"},
                 "pending_invoice_item_interval": null, "pending_setup_intent": null,
                 "pending_update": null, "schedule": null, "start_date": 0, "status": "incomplete",
                 "test_clock": null, "transfer_data": null, "trial_end": null,
                 "trial_settings": {"end_behavior": {"missing_payment_method": "create_invoice"}},
                 "trial_start": null}
                """);
    }
}
