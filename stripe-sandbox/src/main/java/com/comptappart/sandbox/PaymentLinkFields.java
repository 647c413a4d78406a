package com.comptappart.sandbox;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a payment link shows: mostly what its sessions will have. */
final class PaymentLinkFields {

    private PaymentLinkFields() {}

    static void setAfterCompletion(Params given, ObjectNode link) {
        String type = given.oneOf("type", "hosted_confirmation", "redirect").orElse("");
        var after = Json.object().put("type", type);
        switch (type) {
            case "redirect" -> {
                Params redirect =
                        given.child("redirect")
                                .orElseThrow(() -> Refusal.missing(given.nameOf("redirect")));
                after.putObject("redirect")
                        .put(
                                "url",
                                redirect.url("url")
                                        .orElseThrow(
                                                () -> Refusal.missing(redirect.nameOf("url"))));
            }
            case "hosted_confirmation" ->
                    after.putObject("hosted_confirmation")
                            .put(
                                    "custom_message",
                                    given.child("hosted_confirmation")
                                            .flatMap(words -> words.filled("custom_message"))
                                            .orElse(null));
            default -> throw Refusal.missing(given.nameOf("type"));
        }
        link.set("after_completion", after);
    }

    /** Copies from a drafted session what both have, in the link's own defaults. */
    static void show(
            ObjectNode link,
            ObjectNode session,
            ObjectNode intentData,
            Params asked,
            JsonNode subscriptionData) {
        boolean subscribes = SessionBilling.subscribes(session);
        link.put("allow_promotion_codes", session.path("allow_promotion_codes").asBoolean(false));
        for (String name :
                List.of(
                        "currency",
                        "custom_text",
                        "phone_number_collection",
                        "shipping_address_collection",
                        "shipping_options")) {
            link.set(name, session.path(name).deepCopy());
        }
        var tax = link.putObject("automatic_tax");
        tax.set("enabled", session.path("automatic_tax").path("enabled"));
        tax.set("liability", session.path("automatic_tax").path("liability").deepCopy());
        link.put(
                "billing_address_collection",
                session.path("billing_address_collection").asString("auto"));
        link.set(
                "custom_fields",
                PaymentLinks.unanswered((ArrayNode) session.path("custom_fields")));
        link.put("customer_creation", session.path("customer_creation").asString("if_required"));
        link.put("submit_type", session.path("submit_type").asString("auto"));
        link.put(
                "payment_method_collection",
                asked.oneOf("payment_method_collection", "always", "if_required").orElse("always"));
        if (asked.has("payment_method_types")) {
            link.set("payment_method_types", session.path("payment_method_types").deepCopy());
        }
        if (session.path("tax_id_collection").isObject()) {
            link.set("tax_id_collection", session.path("tax_id_collection").deepCopy());
        }
        link.set(
                "invoice_creation",
                subscribes ? null : session.path("invoice_creation").deepCopy());
        link.set(
                "payment_intent_data",
                asked.has("payment_intent_data") ? intentData(intentData) : null);
        link.set("subscription_data", subscribes ? subscriptionData(subscriptionData) : null);
    }

    private static ObjectNode intentData(ObjectNode data) {
        var shown = Json.object();
        shown.putNull("capture_method");
        for (String name :
                List.of(
                        "description",
                        "setup_future_usage",
                        "statement_descriptor",
                        "statement_descriptor_suffix")) {
            shown.put(name, data.path(name).asStringOpt().orElse(null));
        }
        shown.set("metadata", data.path("metadata").deepCopy());
        return shown.putNull("transfer_group");
    }

    private static ObjectNode subscriptionData(JsonNode data) {
        var shown = Json.object();
        shown.put("description", data.path("description").asStringOpt().orElse(null));
        shown.putObject("invoice_settings").putObject("issuer").put("type", "self");
        shown.set(
                "metadata",
                data.path("metadata").isObject()
                        ? data.path("metadata").deepCopy()
                        : Json.object());
        JsonNode days = data.path("trial_period_days");
        shown.set("trial_period_days", days.isNumber() ? days : null);
        JsonNode without = data.path("missing_payment_method");
        if (without.isString()) {
            shown.putObject("trial_settings")
                    .putObject("end_behavior")
                    .set("missing_payment_method", without);
        } else {
            shown.putNull("trial_settings");
        }
        return shown;
    }

    static ObjectNode blank() {
        return Json.object(
                """
                {"id": "", "object": "payment_link", "active": true,
                 "after_completion": {"hosted_confirmation": {"custom_message": null},
                   "type": "hosted_confirmation"},
                 "allow_promotion_codes": false, "application": null, "application_fee_amount": null,
                 "application_fee_percent": null, "automatic_tax": {"enabled": false, "liability": null},
                 "billing_address_collection": "auto", "consent_collection": null, "currency": "",
                 "custom_fields": [], "custom_text": {"after_submit": null, "shipping_address": null,
                   "submit": null, "terms_of_service_acceptance": null},
                 "customer_creation": "if_required", "inactive_message": null, "invoice_creation": null,
                 "livemode": false, "managed_payments": null, "metadata": {}, "on_behalf_of": null,
                 "optional_items": null, "payment_intent_data": null,
                 "payment_method_collection": "always", "payment_method_options": null,
                 "payment_method_types": null, "phone_number_collection": {"enabled": false},
                 "restrictions": null, "shipping_address_collection": null, "shipping_options": [],
                 "submit_type": "auto", "subscription_data": null,
                 "tax_id_collection": {"enabled": false, "required": "never"}, "transfer_data": null,
                 "url": ""}
                """);
    }
}
