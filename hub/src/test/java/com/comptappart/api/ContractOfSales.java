package com.comptappart.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.api.CheckedCalls.Asked;
import com.comptappart.testing.StripeStub.Answer;
import java.util.Map;

/** Orders, their documents, and what leaves for Stripe and for the books. */
final class ContractOfSales extends ContractCalls {

    private static final String CHECKOUT = "/v1/checkout-sessions";

    ContractOfSales(ContractFacts facts, CheckedCalls calls) {
        super(facts, calls);
        orders();
        invoices();
        stripe();
        exports();
    }

    private void orders() {
        of(
                "listOrders",
                () -> {
                    calls.get(key, "/v1/orders?limit=1");
                    String number = facts.order.path("invoice").path("number").asString();
                    var found =
                            calls.get(
                                    OPERATOR,
                                    "/v1/orders?partner=contrat&environment=staging&event_id=evt_contract&invoice_number="
                                            + number
                                            + "&created_after=2020-01-01T00:00:00Z&created_before=2099-01-01T00:00:00Z");
                    assertThat(found.path("data").size()).isEqualTo(1);
                    calls.get(key, "/v1/orders?email=nobody%40example.com");
                    refused(400, get(key, "/v1/orders?created_after=yesterday"), "time_invalid");
                });
        of(
                "getOrder",
                () -> {
                    calls.get(key, "/v1/orders/" + id(facts.order));
                    var refunded = calls.get(key, "/v1/orders/" + id(facts.refunded));
                    assertThat(refunded.path("refunds").size()).isEqualTo(1);
                });
        of(
                "createRefund",
                () -> {
                    String path = "/v1/orders/" + id(facts.order("contract_back")) + "/refunds";
                    calls.post(
                            key,
                            path,
                            "{\"amount\": 10.00, \"reason\": \"requested_by_customer\"}");
                    long made = facts.stripe.posts().made("/v1/refunds");
                    refused(
                            406,
                            post(key, path, "{\"amount\": 1.00}").with("Accept", "image/png"),
                            "not_acceptable");
                    assertThat(facts.stripe.posts().made("/v1/refunds")).isEqualTo(made);
                    calls.ok(Asked.of(key, "POST", path).with("Idempotency-Key", "back"));
                    refused(409, post(key, path, "{\"amount\": 0.01}"), "amount_too_large");
                    refused(400, post(key, path, "{\"reason\": \"bored\"}"), "reason_invalid");
                });
    }

    private void invoices() {
        String number = facts.order.path("invoice").path("number").asString();
        String one = "/v1/invoices/" + number;
        of(
                "listInvoices",
                () -> {
                    calls.get(key, "/v1/invoices?order_id=" + id(facts.refunded));
                    calls.get(OPERATOR, "/v1/invoices?limit=1&environment=staging&partner=contrat");
                    refused(400, get(key, "/v1/invoices?order_id=x"), "order_id_invalid");
                });
        of(
                "getInvoice",
                () -> {
                    calls.get(key, one);
                    String note =
                            calls.get(key, "/v1/orders/" + id(facts.refunded))
                                    .at("/refunds/0/credit_note")
                                    .asString();
                    assertThat(calls.get(key, "/v1/invoices/" + note).path("object").asString())
                            .isEqualTo("credit_note");
                });
        of(
                "getInvoicePdf",
                () -> {
                    var pdf = calls.send(get(key, one + "/pdf?environment=staging"));
                    assertThat(
                                    new String(
                                            pdf.body(),
                                            0,
                                            4,
                                            java.nio.charset.StandardCharsets.US_ASCII))
                            .isEqualTo("%PDF");
                });
        of("getInvoiceXml", () -> calls.send(get(key, one + "/xml")));
        of(
                "resendInvoiceEmail",
                () -> {
                    calls.ok(Asked.of(key, "POST", one + "/resend-email"));
                    calls.post(
                            key,
                            one + "/resend-email",
                            "{\"email\": \"comptabilite@example.com\"}");
                    refused(
                            400,
                            post(key, one + "/resend-email", "{\"email\": \"nobody\"}"),
                            "email_invalid");
                });
    }

    private void stripe() {
        String plain =
                "{\"price\": \"price_contract\", \"success_url\": \"https://shop.example/ok\"}";
        of(
                "createCheckoutSession",
                () -> {
                    calls.post(key, CHECKOUT, plain);
                    calls.ok(
                            post(
                                            key,
                                            CHECKOUT,
                                            """
                                            {"line_items": [{"price": "price_contract", "quantity": 2}], "mode": "payment",
                                             "success_url": "https://shop.example/ok", "cancel_url": "https://shop.example/no",
                                             "customer_email": "marie.martin@example.com", "metadata": {"dossier": "42"},
                                             "custom_fields": [{"key": "annee", "label": "Année", "type": "dropdown",
                                               "options": [{"label": "2025", "value": "y2025"}]}]}
                                            """)
                                    .with("Idempotency-Key", "sold"));
                    refused(
                            400,
                            post(key, CHECKOUT, "{\"price\": \"price_contract\"}"),
                            "field_missing");
                    refused(
                            503,
                            post(facts.productionKey, CHECKOUT, plain),
                            "stripe_not_configured");
                    facts.stripe.answering(
                            path -> path.equals("/v1/checkout/sessions") ? Answer.of(500) : null);
                    refused(503, post(key, CHECKOUT, plain), "stripe_unavailable");
                    facts.stripe.answering(
                            path -> path.equals("/v1/checkout/sessions") ? Answer.of(400) : null);
                    refused(400, post(key, CHECKOUT, plain), "stripe_refused");
                    facts.stripe.answeringAgain();
                });
        of(
                "createPortalSession",
                () -> {
                    String wanted =
                            "{\"subscription_id\": \"%s\", \"return_url\": \"https://shop.example/compte\"}";
                    calls.post(key, "/v1/portal-sessions", wanted.formatted("sub_contract"));
                    refused(
                            404,
                            post(key, "/v1/portal-sessions", wanted.formatted("sub_none")),
                            "subscription_not_found");
                });
    }

    private void exports() {
        String year = facts.order.path("created_at").asString().substring(0, 4);
        String days = "?environment=staging&from=" + year + "-01-01&to=" + year + "-12-31";
        file("exportInvoices", "invoices.csv" + days, "?from=x");
        var readable = byOperation.get("exportInvoices");
        of(
                "exportInvoices",
                () -> {
                    readable.run();
                    unreadable("/v1/exports/invoices.csv" + days);
                });
        file("exportOrders", "orders.csv" + days, "?to=x");
        file("exportFec", "fec?environment=staging&detail=day&year=" + year, "?year=26");
        file("exportArchive", "archive?environment=staging&year=" + year, "?year=26");
        for (var each : Map.of("exportVat", "vat", "exportEReporting", "e-reporting").entrySet()) {
            of(
                    each.getKey(),
                    () -> {
                        String path = "/v1/exports/" + each.getValue();
                        var report = calls.get(OPERATOR, path + days + "&format=json");
                        assertThat(report.path("data").isEmpty()).isFalse();
                        calls.send(get(OPERATOR, path + days + "&format=csv"));
                        calls.send(get(OPERATOR, path + days).with("Accept", "text/csv"));
                        refused(400, get(OPERATOR, path), "dates_missing");
                    });
        }
    }

    /** Before the first byte has left, a file that can't be made is a problem like any other. */
    private void unreadable(String path) {
        rename("previous_hash", "unreadable");
        try {
            refused(500, get(OPERATOR, path), "internal_error");
        } finally {
            rename("unreadable", "previous_hash");
        }
    }

    private void rename(String column, String name) {
        facts.hub
                .jdbc()
                .sql("alter table invoice rename column " + column + " to " + name)
                .update();
    }

    private void file(String operation, String path, String wrong) {
        of(
                operation,
                () -> {
                    assertThat(calls.send(get(OPERATOR, "/v1/exports/" + path)).statusCode())
                            .isEqualTo(200);
                    String bare = path.substring(0, path.indexOf('?'));
                    calls.problem(get(OPERATOR, "/v1/exports/" + bare + wrong), 400);
                });
    }
}
