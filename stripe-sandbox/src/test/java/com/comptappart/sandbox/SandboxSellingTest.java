package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SandboxSellingTest {

    private final StripeSandbox sandbox = StripeSandbox.start(0);
    private final Calls calls = new Calls(sandbox, "2026-07-29.dahlia");
    private final Browser browser = new Browser();

    @AfterEach
    void close() {
        SchemaAudit.of(sandbox);
        sandbox.close();
    }

    @Test
    void a_links_metadata_goes_to_the_session_of_each_visit() {
        JsonNode link =
                calls.post(
                        "/v1/payment_links",
                        "line_items[0][price]",
                        price("900"),
                        "line_items[0][quantity]",
                        "2",
                        "metadata[partner]",
                        "gererseul",
                        "after_completion[type]",
                        "redirect",
                        "after_completion[redirect][url]",
                        "http://127.0.0.1/merci");
        String page = visit(link, "?client_reference_id=panier-7");
        assertThat(visit(link, "")).isNotEqualTo(page);

        var paid = browser.post(page, Browser.typed("4242424242424242"));

        assertThat(paid.headers().firstValue("Location")).contains("http://127.0.0.1/merci");
        JsonNode session = sessionAt(page);
        assertThat(session.path("payment_link")).isEqualTo(link.path("id"));
        assertThat(session.at("/metadata/partner").asString()).isEqualTo("gererseul");
        assertThat(session.path("client_reference_id").asString()).isEqualTo("panier-7");
        assertThat(session.path("amount_total").asLong()).isEqualTo(1_800);
    }

    @Test
    void a_closed_link_leads_nowhere_and_says_why() {
        JsonNode link =
                calls.post(
                        "/v1/payment_links",
                        "line_items[0][price]",
                        price("900"),
                        "line_items[0][quantity]",
                        "1");
        var _ =
                calls.post(
                        "/v1/payment_links/" + link.path("id").asString(),
                        "active",
                        "false",
                        "inactive_message",
                        "Épuisé");

        var closed = browser.get(link.path("url").asString());

        assertThat(closed.statusCode()).isEqualTo(410);
        assertThat(closed.body()).contains("Épuisé");
        assertThat(calls.get("/v1/checkout/sessions").path("data")).isEmpty();
        assertThat(calls.refused("/v1/payment_links", "colour", "red").path("code").asString())
                .isIn("parameter_unknown", "parameter_missing");
    }

    @Test
    void a_delivery_is_in_the_sums_and_on_the_invoice() {
        String page = delivered("FR");
        var typed = Browser.typed("4242424242424242");
        String express = sessionAt(page).at("/shipping_options/1/shipping_rate").asString();
        typed.put("shipping_rate", express);

        var shown = browser.post(page, typed);
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).contains("Express", "22,00");
        assertThat(sessionAt(page).path("status").asString()).isEqualTo("open");

        assertThat(browser.post(page, typed).statusCode()).isEqualTo(303);
        JsonNode session = sessionAt(page);
        assertThat(session.path("amount_total").asLong()).isEqualTo(2_200);
        assertThat(session.at("/total_details/amount_shipping").asLong()).isEqualTo(1_200);
        assertThat(session.at("/collected_information/shipping_details/address/city").asString())
                .isEqualTo("Paris");
        JsonNode invoice = calls.get("/v1/invoices/" + session.path("invoice").asString());
        assertThat(invoice.path("total").asLong()).isEqualTo(2_200);
        assertThat(invoice.at("/shipping_cost/amount_total").asLong()).isEqualTo(1_200);
        assertThat(invoice.path("status").asString()).isEqualTo("paid");
    }

    @Test
    void nothing_is_delivered_where_the_shop_does_not_go() {
        String page = delivered("BE");

        var refused = browser.post(page, Browser.typed("4242424242424242"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Pas de livraison");
        assertThat(calls.get("/v1/charges").path("data")).isEmpty();
    }

    @Test
    void a_subscription_by_debit_is_unpaid_until_the_bank_has_answered() {
        String page =
                calls.post(
                                "/v1/checkout/sessions",
                                "mode",
                                "subscription",
                                "success_url",
                                "http://127.0.0.1/merci",
                                "line_items[0][price]",
                                monthly("1500"),
                                "line_items[0][quantity]",
                                "1")
                        .path("url")
                        .asString();
        Map<String, String> typed = Browser.typed("");
        typed.keySet().removeIf(name -> name.startsWith("card_"));
        typed.put("method", "sepa_debit");
        typed.put("iban", "FR3020041010050500013M02609");

        assertThat(browser.post(page, typed).statusCode()).isEqualTo(303);

        JsonNode session = sessionAt(page);
        assertThat(session.path("payment_status").asString()).isEqualTo("unpaid");
        String invoice = session.path("invoice").asString();
        assertThat(status("/v1/invoices/" + invoice)).isEqualTo("open");
        sandbox.settleNow();
        assertThat(sessionAt(page).path("payment_status").asString()).isEqualTo("paid");
        assertThat(status("/v1/invoices/" + invoice)).isEqualTo("paid");
        assertThat(status("/v1/subscriptions/" + session.path("subscription").asString()))
                .isEqualTo("active");
    }

    @Test
    void a_customers_single_discount_is_used_up_by_one_invoice() {
        String coupon =
                calls.post("/v1/coupons", "percent_off", "20", "duration", "once")
                        .path("id")
                        .asString();
        JsonNode customer = customer("coupon", coupon);
        assertThat(customer.at("/discount/source/coupon").asString()).isEqualTo(coupon);

        JsonNode first = subscribe(customer);

        JsonNode invoice = calls.get("/v1/invoices/" + first.path("latest_invoice").asString());
        assertThat(invoice.path("total").asLong()).isEqualTo(1_200);
        JsonNode second = subscribe(customer);
        JsonNode whole = calls.get("/v1/invoices/" + second.path("latest_invoice").asString());
        assertThat(whole.path("total").asLong()).isEqualTo(1_500);
    }

    @Test
    void a_phase_changes_the_quantity_before_the_renewal() {
        JsonNode customer = customer();
        String price = monthly("1500");
        JsonNode schedule =
                calls.post(
                        "/v1/subscription_schedules",
                        "customer",
                        customer.path("id").asString(),
                        "start_date",
                        "now",
                        "phases[0][items][0][price]",
                        price,
                        "phases[0][iterations]",
                        "1",
                        "phases[1][items][0][price]",
                        price,
                        "phases[1][items][0][quantity]",
                        "3",
                        "phases[1][iterations]",
                        "1");
        String subscription = schedule.path("subscription").asString();

        sandbox.advance(Duration.ofDays(33)).join();

        JsonNode renewed = calls.get("/v1/subscriptions/" + subscription);
        assertThat(renewed.at("/items/data/0/quantity").asLong()).isEqualTo(3);
        JsonNode invoice = calls.get("/v1/invoices/" + renewed.path("latest_invoice").asString());
        assertThat(invoice.path("total").asLong()).isEqualTo(4_500);
        sandbox.advance(Duration.ofDays(33)).join();
        String id = schedule.path("id").asString();
        assertThat(status("/v1/subscription_schedules/" + id)).isEqualTo("completed");
        assertThat(status("/v1/subscriptions/" + subscription)).isEqualTo("active");
    }

    @Test
    void an_accepted_quote_without_anything_recurring_is_a_draft() {
        JsonNode quote =
                calls.post(
                        "/v1/quotes",
                        "customer",
                        customer().path("id").asString(),
                        "line_items[0][price]",
                        price("900"),
                        "line_items[0][quantity]",
                        "2");
        String path = "/v1/quotes/" + quote.path("id").asString();
        assertThat(calls.refused(path + "/accept").path("message").asString()).contains("draft");
        var _ = calls.post(path + "/finalize");

        JsonNode accepted = calls.post(path + "/accept");

        JsonNode invoice = calls.get("/v1/invoices/" + accepted.path("invoice").asString());
        assertThat(invoice.path("status").asString()).isEqualTo("draft");
        assertThat(invoice.path("total").asLong()).isEqualTo(1_800);
        assertThat(invoice.at("/parent/quote_details/quote")).isEqualTo(quote.path("id"));
    }

    @Test
    void a_refund_in_thousandths_ends_with_a_zero() {
        String intent =
                calls.post(
                                "/v1/payment_intents",
                                "amount",
                                "5000",
                                "currency",
                                "kwd",
                                "payment_method",
                                "pm_card_visa",
                                "confirm",
                                "true")
                        .path("id")
                        .asString();

        var refusal = calls.refused("/v1/refunds", "payment_intent", intent, "amount", "1005");

        assertThat(refusal.path("param").asString()).isEqualTo("amount");
        var refund = calls.post("/v1/refunds", "payment_intent", intent, "amount", "1000");
        assertThat(refund.path("status").asString()).isEqualTo("succeeded");
    }

    private String visit(JsonNode link, String query) {
        return browser.get(link.path("url").asString() + query)
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private JsonNode sessionAt(String page) {
        return calls.get("/v1/checkout/sessions/" + page.substring(page.lastIndexOf('/') + 1));
    }

    private String status(String path) {
        return calls.get(path).path("status").asString();
    }

    private String delivered(String country) {
        return calls.post(
                        "/v1/checkout/sessions",
                        "mode",
                        "payment",
                        "success_url",
                        "http://127.0.0.1/merci",
                        "line_items[0][price]",
                        price("1000"),
                        "line_items[0][quantity]",
                        "1",
                        "invoice_creation[enabled]",
                        "true",
                        "shipping_address_collection[allowed_countries][]",
                        country,
                        "shipping_options[0][shipping_rate_data][display_name]",
                        "Colissimo",
                        "shipping_options[0][shipping_rate_data][fixed_amount][amount]",
                        "600",
                        "shipping_options[0][shipping_rate_data][fixed_amount][currency]",
                        "eur",
                        "shipping_options[1][shipping_rate_data][display_name]",
                        "Express",
                        "shipping_options[1][shipping_rate_data][fixed_amount][amount]",
                        "1200",
                        "shipping_options[1][shipping_rate_data][fixed_amount][currency]",
                        "eur")
                .path("url")
                .asString();
    }

    private JsonNode customer(String... more) {
        var fields = new java.util.ArrayList<>(java.util.List.of(more));
        fields.addAll(
                java.util.List.of(
                        "payment_method",
                        "pm_card_visa",
                        "invoice_settings[default_payment_method]",
                        "pm_card_visa"));
        return calls.post("/v1/customers", fields.toArray(String[]::new));
    }

    private JsonNode subscribe(JsonNode customer) {
        return calls.post(
                "/v1/subscriptions",
                "customer",
                customer.path("id").asString(),
                "items[0][price]",
                monthly("1500"));
    }

    private String price(String amount) {
        return calls.post(
                        "/v1/prices",
                        "currency",
                        "eur",
                        "unit_amount",
                        amount,
                        "product_data[name]",
                        "Modèle")
                .path("id")
                .asString();
    }

    private String monthly(String amount) {
        return calls.post(
                        "/v1/plans",
                        "currency",
                        "eur",
                        "amount",
                        amount,
                        "interval",
                        "month",
                        "product[name]",
                        "Suivi")
                .path("id")
                .asString();
    }
}
