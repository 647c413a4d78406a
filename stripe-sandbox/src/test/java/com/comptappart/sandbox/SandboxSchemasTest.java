package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SandboxSchemasTest {

    @ParameterizedTest
    @ValueSource(strings = {"2026-07-29.dahlia", "2026-10-28.endive"})
    void every_kind_that_has_a_schema_is_answered_and_told_in_it(String version) throws Exception {
        try (StripeSandbox sandbox = StripeSandbox.start(0);
                var receiver = new WebhookReceiver()) {
            var calls = new Calls(sandbox, version);
            var _ =
                    calls.post(
                            "/v1/webhook_endpoints",
                            "url",
                            receiver.url(),
                            "enabled_events[]",
                            "*",
                            "api_version",
                            version);
            Set<String> answered = StripeSchemas.validatedDuring(() -> everyKind(calls));
            SchemaAudit.of(sandbox);

            assertThat(answered).containsAll(schemas(version));
            receiver.awaitAtLeast(1, event -> event.type().equals("payout.created"));
            for (var event : receiver.received()) {
                assertThat(event.json().path("api_version").asString()).isEqualTo(version);
                StripeSchemas.validate(event.body(), version);
            }
        }
    }

    @Test
    void both_versions_have_the_same_kinds() throws Exception {
        assertThat(schemas("2026-07-29.dahlia"))
                .hasSize(23)
                .isEqualTo(schemas("2026-10-28.endive"));
    }

    private static void everyKind(Calls calls) {
        String card = "pm_card_bypassPending";
        String customer =
                id(
                        calls.post(
                                "/v1/customers",
                                "payment_method",
                                card,
                                "invoice_settings[default_payment_method]",
                                card));
        String coupon = id(calls.post("/v1/coupons", "percent_off", "10", "duration", "once"));
        var _ =
                calls.post(
                        "/v1/promotion_codes",
                        "promotion[type]",
                        "coupon",
                        "promotion[coupon]",
                        coupon);
        String rate =
                id(
                        calls.post(
                                "/v1/tax_rates",
                                "display_name",
                                "TVA",
                                "percentage",
                                "20",
                                "inclusive",
                                "true"));
        String product = id(calls.post("/v1/products", "name", "Suivi"));
        String price =
                id(
                        calls.post(
                                "/v1/prices",
                                "product",
                                product,
                                "currency",
                                "eur",
                                "unit_amount",
                                "12000",
                                "recurring[interval]",
                                "year"));
        JsonNode subscription =
                calls.post(
                        "/v1/subscriptions",
                        "customer",
                        customer,
                        "items[0][price]",
                        price,
                        "default_tax_rates[]",
                        rate,
                        "discounts[0][coupon]",
                        coupon);
        String invoice = subscription.path("latest_invoice").asString();
        var _ = calls.get("/v1/invoices/" + invoice + "?expand[]=payments");
        var _ =
                calls.post(
                        "/v1/credit_notes",
                        "invoice",
                        invoice,
                        "amount",
                        "500",
                        "refund_amount",
                        "500");
        var _ =
                calls.post(
                        "/v1/checkout/sessions?expand[]=line_items",
                        "mode",
                        "subscription",
                        "success_url",
                        "http://127.0.0.1/merci",
                        "line_items[0][price]",
                        price,
                        "line_items[0][quantity]",
                        "1");
        JsonNode intent =
                calls.post(
                        "/v1/payment_intents",
                        "amount",
                        "9000",
                        "currency",
                        "eur",
                        "payment_method",
                        card,
                        "confirm",
                        "true");
        String charge = intent.path("latest_charge").asString();
        var _ =
                calls.get(
                        "/v1/charges/"
                                + charge
                                + "?expand[]=balance_transaction&expand[]=payment_intent");
        var _ = calls.get("/v1/payment_methods?customer=" + customer);
        var _ = calls.post("/v1/refunds", "charge", charge, "amount", "500");
        var _ = calls.post("/_sandbox/charges/" + charge + "/dispute");
        var _ = calls.get("/v1/events?limit=100");
        var _ = calls.get("/v1/webhook_endpoints");
        var _ = calls.post("/v1/payouts", "amount", "1000", "currency", "eur");
    }

    private static String id(JsonNode object) {
        return object.path("id").asString();
    }

    private static Set<String> schemas(String version) throws IOException, URISyntaxException {
        var place = SandboxSchemasTest.class.getResource("/stripe-schemas/" + version);
        assertThat(place).isNotNull();
        try (var files = Files.list(Path.of(place.toURI()))) {
            return files.map(file -> file.getFileName().toString().replace(".schema.json", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
