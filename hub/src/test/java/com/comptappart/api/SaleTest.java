package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;
import static com.comptappart.api.JsonForTests.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SaleTest {

    private static HubForTests hub;
    private static PartnerReceiver receiver;
    private static SalesForTests seller;
    private static JsonNode order;

    @BeforeAll
    static void sell() throws IOException {
        hub = new HubForTests().start();
        receiver = new PartnerReceiver();
        seller = SalesForTests.of(hub, "seller", receiver);
        order = seller.sale("sale1");
    }

    @AfterAll
    static void stop() {
        hub.close();
        receiver.close();
    }

    @Test
    void an_order_says_what_the_webhook_said() {
        var told =
                JsonMapper.builder()
                        .build()
                        .readTree(
                                receiver.calls().stream()
                                        .filter(call -> call.body().contains("evt_sale1"))
                                        .findFirst()
                                        .orElseThrow()
                                        .body());
        for (String field :
                new String[] {
                    "total_amount", "tax_amount", "currency", "payment_date", "billing_reason",
                    "is_subscription", "subscription_id", "products", "custom_fields", "coverage",
                    "metadata"
                }) {
            assertThat(order.path(field)).as(field).isEqualTo(told.path("order").path(field));
        }
        for (String field :
                new String[] {"order_id", "environment", "event_id", "customer", "invoice"}) {
            assertThat(order.path(field)).as(field).isEqualTo(told.path(field));
        }
        assertThat(order.path("partner").asString()).isEqualTo(seller.id());
        assertThat(order.path("stripe_object").asString()).isEqualTo("cs_sale1");
        assertThat(order.path("attention").isNull()).isTrue();
    }

    @Test
    void amounts_have_the_currencys_decimals() {
        String body = seller.staging().get("/v1/orders/" + order.path("id").asString()).body();
        assertThat(body)
                .contains("\"total_amount\":99.99", "\"tax_amount\":16.67", "\"unit_price\":83.32")
                .contains("\"tax_rate\":20.0")
                .doesNotContain("E+");
    }

    @Test
    void every_filter_finds_the_order_and_its_opposite_does_not() {
        seller.sale("sale2");
        String number = order.path("invoice").path("number").asString();
        String email = encode("BUYER+sale1@example.com");
        String created = order.path("created_at").asString();
        assertThat(ids("?email=" + email)).containsExactly(order.path("id").asString());
        assertThat(ids("?email=nobody@example.com")).isEmpty();
        assertThat(ids("?invoice_number=" + number)).containsExactly(order.path("id").asString());
        assertThat(ids("?invoice_number=FQCA-2026-999999")).isEmpty();
        assertThat(ids("?event_id=evt_sale1&invoice_number=" + number)).hasSize(1);
        assertThat(ids("?event_id=evt_sale2&invoice_number=" + number)).isEmpty();
        assertThat(ids("?created_after=" + created)).contains(order.path("id").asString());
        assertThat(ids("?created_before=" + created)).doesNotContain(order.path("id").asString());
        assertThat(ids("?limit=1")).doesNotContain(order.path("id").asString());
        assertThat(ids("?environment=staging")).hasSizeGreaterThan(1);
        assertThat(problem(seller.staging().get("/v1/orders?environment=production"), 400))
                .isEqualTo("environment_not_yours");
        assertThat(json(hub.get("/v1/orders?environment=production"), 200).path("data").size())
                .isZero();
        assertThat(
                        json(hub.get("/v1/orders?partner=seller&email=" + email), 200)
                                .path("data")
                                .size())
                .isEqualTo(1);
    }

    @Test
    void an_invoice_is_read_as_json_pdf_and_xml_and_by_its_link() {
        String number = order.path("invoice").path("number").asString();
        var invoice = json(seller.staging().get("/v1/invoices/" + number), 200);
        assertThat(invoice.path("order_id")).isEqualTo(order.path("order_id"));
        assertThat(invoice.path("total_amount").decimalValue()).isEqualByComparingTo("99.99");
        assertThat(invoice.path("pdf_url")).isEqualTo(order.path("invoice").path("pdf_url"));
        var listed =
                json(
                        seller.staging()
                                .get("/v1/invoices?order_id=" + order.path("id").asString()),
                        200);
        assertThat(listed.path("data").path(0)).isEqualTo(invoice);
        var pdf = seller.staging().get("/v1/invoices/" + number + "/pdf");
        assertThat(pdf.statusCode()).isEqualTo(200);
        assertThat(pdf.body()).startsWith("%PDF-");
        assertThat(pdf.headers().firstValue("Content-Disposition").orElse(""))
                .contains(number + ".pdf");
        var xml = seller.staging().get("/v1/invoices/" + number + "/xml");
        assertThat(xml.body()).contains("CrossIndustryInvoice", number);
        String link = invoice.path("pdf_url").asString().replaceFirst("^http://[^/]+", "");
        assertThat(hub.as("none").get(link).body()).isEqualTo(pdf.body());
    }

    @Test
    void an_email_goes_again_to_the_buyer_or_to_another_address() {
        String path =
                "/v1/invoices/" + order.path("invoice").path("number").asString() + "/resend-email";
        var other = json(seller.staging().post(path, "{\"email\": \"compta@example.com\"}"), 202);
        assertThat(other.path("recipient").asString()).isEqualTo("compta@example.com");
        var again = json(seller.staging().post(path, ""), 202);
        assertThat(again.path("recipient").asString()).isEqualTo("buyer+sale1@example.com");
        assertThat(again.path("id")).isNotEqualTo(order.path("emails").path(0).path("id"));
        assertThat(
                        problem(
                                seller.staging()
                                        .post(path, "{\"email\": \"a\\r\\nBcc: b@c.example\"}"),
                                400))
                .isEqualTo("email_invalid");
    }

    @Test
    void a_notification_tells_every_attempt_and_is_replayed_with_the_same_body() {
        String id = order.path("notifications").path(0).path("id").asString();
        var first = json(seller.staging().get("/v1/notifications/" + id), 200);
        assertThat(first.path("status").asString()).isEqualTo("delivered");
        var attempt = first.path("attempts").path(0);
        assertThat(attempt.path("status").asInt()).isEqualTo(200);
        assertThat(attempt.has("latency_ms")).isTrue();
        assertThat(attempt.path("time").asString()).endsWith("Z");
        int before = first.path("attempts").size();
        json(seller.staging().post("/v1/notifications/" + id + "/replay", ""), 202);
        var second =
                HubForTests.eventually(
                        () -> json(seller.staging().get("/v1/notifications/" + id), 200),
                        each -> each.path("attempts").size() > before);
        assertThat(second.path("payload")).isEqualTo(first.path("payload"));
        var bodies =
                HubForTests.eventually(
                        () ->
                                receiver.calls().stream()
                                        .filter(call -> call.header("webhook-id").equals(id))
                                        .map(PartnerReceiver.Call::body)
                                        .toList(),
                        2);
        assertThat(bodies).containsOnly(bodies.getFirst());
    }

    @Test
    void notifications_are_listed_by_status_and_order() {
        String query = "/v1/notifications?order_id=" + order.path("id").asString();
        assertThat(json(seller.staging().get(query + "&status=delivered"), 200).path("data").size())
                .isEqualTo(1);
        assertThat(json(seller.staging().get(query + "&status=held"), 200).path("data").size())
                .isZero();
    }

    @Test
    void the_feed_goes_on_where_it_stopped() {
        var seen = new ArrayList<String>();
        String after = "";
        JsonNode page;
        do {
            page = json(seller.staging().get("/v1/events?limit=1&after=" + after), 200);
            page.path("data").forEach(each -> seen.add(each.path("id").asString()));
            after = page.path("next_cursor").asString();
        } while (page.path("data").size() > 0);
        assertThat(seen).isNotEmpty().doesNotHaveDuplicates();
        String pinged =
                json(
                                seller.staging()
                                        .post(
                                                "/v1/webhook-endpoints/"
                                                        + seller.endpoint()
                                                        + "/ping",
                                                ""),
                                202)
                        .path("id")
                        .asString();
        var since = json(seller.staging().get("/v1/events?after=" + after), 200).path("data");
        assertThat(since.toString()).contains(pinged);
        since.forEach(each -> assertThat(seen).doesNotContain(each.path("id").asString()));
    }

    private static java.util.List<String> ids(String query) {
        var ids = new ArrayList<String>();
        json(seller.staging().get("/v1/orders" + query), 200)
                .path("data")
                .forEach(each -> ids.add(each.path("id").asString()));
        return ids;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
