package com.comptappart.sandbox;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Everything that a sandbox has told and keeps, in both versions whose schemas we have: what a test
 * did with it, however it did it, has exactly Stripe's fields.
 */
final class SchemaAudit {

    private static final List<String> LISTS =
            List.of(
                    "balance_transactions",
                    "charges",
                    "checkout/sessions?expand[]=data.line_items",
                    "coupons",
                    "credit_notes",
                    "customers?expand[]=data.tax_ids",
                    "disputes",
                    "invoice_payments",
                    "invoices",
                    "payment_intents",
                    "payment_methods",
                    "payouts",
                    "prices",
                    "products",
                    "promotion_codes",
                    "refunds",
                    "subscriptions?status=all",
                    "tax_rates",
                    "webhook_endpoints");

    private SchemaAudit() {}

    static void of(StripeSandbox sandbox) {
        sandbox.faults().clear();
        for (String version : Calls.VERSIONS) {
            var calls = new Calls(sandbox, version);
            for (String list : LISTS) {
                var _ = calls.get("/v1/" + list + (list.contains("?") ? "&" : "?") + "limit=100");
            }
            String after = "";
            while (true) {
                JsonNode page = calls.get("/v1/events?limit=100" + after);
                if (!page.path("has_more").asBoolean()) {
                    break;
                }
                JsonNode events = page.path("data");
                after = "&starting_after=" + events.path(events.size() - 1).path("id").asString();
            }
        }
    }
}
