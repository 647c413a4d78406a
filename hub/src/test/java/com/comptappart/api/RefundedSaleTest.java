package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;
import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.invoice.Ledger;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.order.Refund;
import com.comptappart.order.Refunds;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import com.comptappart.testing.Purchases;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From Stripe's refund to the credit note, its mail and the partner's webhook. */
class RefundedSaleTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static HubForTests hub;
    private static PartnerReceiver receiver;
    private static SalesForTests sales;

    @BeforeAll
    static void a_partner_wants_to_be_told_of_refunds() throws IOException {
        hub = new HubForTests().start();
        receiver = new PartnerReceiver();
        sales = SalesForTests.of(hub, "refunded", receiver);
        json(
                sales.staging()
                        .patch(
                                "/v1/webhook-endpoints/" + sales.endpoint(),
                                "{\"event_types\": [\"order.created\", \"order.refunded\"]}"),
                200);
    }

    @AfterAll
    static void stop() {
        hub.close();
        receiver.close();
    }

    @Test
    void a_partial_refund_and_the_rest_give_two_credit_notes_that_add_up_to_the_invoice() {
        var order = pay("twice");
        refund("twice", "re_twice1", 3_000, "succeeded");
        var first = refunded("twice", 1).getFirst();
        refund("twice", "re_twice2", 6_999, "succeeded");
        refund("twice", "re_twice2", 6_999, "succeeded");
        var second = refunded("twice", 2).getLast();

        assertThat(first.path("refund").toString())
                .isEqualTo("{\"amount\":30.0,\"reason\":\"requested_by_customer\",\"full\":false}");
        assertThat(second.path("refund").toString())
                .isEqualTo("{\"amount\":69.99,\"reason\":\"requested_by_customer\",\"full\":true}");
        assertThat(first.path("order")).isEqualTo(created("twice").path("order"));
        assertThat(first.path("invoice")).isEqualTo(created("twice").path("invoice"));
        assertThat(first.path("credit_note").path("number").asString())
                .matches("TEST-AQCA-20[0-9]{2}-[0-9]{6}");
        assertThat(totals(order.path("id").asLong()))
                .containsExactly(
                        "invoice 9999 1667", "credit_note 3000 500", "credit_note 6999 1167");
        assertThat(hub.bean(Ledger.class).verify().firstBreak()).isEmpty();
    }

    @Test
    void the_buyer_gets_the_credit_note_by_mail_and_its_link_opens() {
        pay("mailed");
        refund("mailed", "re_mailed", 1_000, "succeeded");
        var told = refunded("mailed", 1).getFirst().path("credit_note");
        String number = told.path("number").asString();

        var mail =
                eventually(
                                () ->
                                        hub.jdbc()
                                                .sql(
                                                        "select subject || '|' || text_body from mail where key = :key")
                                                .param("key", number)
                                                .query(String.class)
                                                .list(),
                                1)
                        .getFirst();
        assertThat(mail)
                .startsWith("Votre avoir " + number)
                .contains(
                        "remboursé 10,00\u00a0€",
                        "l'avoir " + number + " sur la facture TEST-FQCA-");
        String url = told.path("pdf_url").asString();
        var opened = hub.get(url.substring(url.indexOf("/invoices/")));
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.headers().firstValue("Content-Disposition").orElse(""))
                .contains(told.path("pdf_filename").asString());
        assertThat(told.path("pdf_filename").asString()).isEqualTo(number + ".pdf");
    }

    @Test
    void two_refunds_that_one_event_tells_of_are_two_notifications() {
        pay("pair");
        record(
                fact("pair", "re_pair1", 100, Refund.Status.SUCCEEDED),
                fact("pair", "re_pair2", 200, Refund.Status.SUCCEEDED));

        assertThat(refunded("pair", 2))
                .extracting(body -> body.path("refund").path("amount").decimalValue().toString())
                .containsExactlyInAnyOrder("1.0", "2.0");
    }

    @Test
    void a_refund_that_comes_before_its_order_waits_for_the_invoice() {
        record(fact("before", "re_before", 9_999, Refund.Status.SUCCEEDED));
        pay("before");

        var body = refunded("before", 1).getFirst();
        assertThat(body.path("refund").path("full").asBoolean()).isTrue();
        assertThat(body.path("invoice")).isEqualTo(created("before").path("invoice"));
    }

    @Test
    void pending_and_failed_refunds_are_shown_and_make_no_credit_note() {
        long id = pay("shown").path("id").asLong();
        refund("shown", "re_shown1", 1_000, "pending");
        refund("shown", "re_shown2", 2_000, "succeeded");
        refund("shown", "re_shown3", 3_000, "failed");
        var note = refunded("shown", 1).getFirst().path("credit_note").path("number").asString();

        var refunds =
                eventually(
                        () -> json(sales.staging().get("/v1/orders/" + id), 200).path("refunds"),
                        shown -> shown.size() == 3);
        assertThat(refunds.valueStream().map(RefundedSaleTest::brief))
                .containsExactlyInAnyOrder(
                        "re_shown1 10.0 pending null",
                        "re_shown2 20.0 succeeded " + note,
                        "re_shown3 30.0 failed null");

        refund("shown", "re_shown2", 2_000, "failed");
        eventually(
                () -> json(sales.staging().get("/v1/orders/" + id), 200).path("refunds"),
                shown ->
                        shown.valueStream()
                                .map(RefundedSaleTest::brief)
                                .toList()
                                .contains("re_shown2 20.0 failed " + note));
        assertThat(refunded("shown", 1)).hasSize(1);
    }

    @Test
    void a_credit_note_without_money_needs_attention_until_the_next_refund_stands_behind_it() {
        long id = pay("unfunded").path("id").asLong();
        refund("unfunded", "re_unfunded1", 9_999, "succeeded");
        String note =
                refunded("unfunded", 1).getFirst().path("credit_note").path("number").asString();
        assertThat(order(id).path("attention").isNull()).isTrue();
        refund("unfunded", "re_unfunded1", 9_999, "failed");

        var alarmed = eventually(() -> order(id), order -> !order.path("attention").isNull());
        assertThat(alarmed.path("attention").asString())
                .contains(note, "no money behind it", "re_unfunded1", "a new refund of 99.99 EUR");
        assertThat(alarmed.path("refunds").valueStream().map(RefundedSaleTest::brief))
                .containsExactly("re_unfunded1 99.99 failed " + note);

        refund("unfunded", "re_unfunded2", 9_999, "pending");
        eventually(
                () -> order(id).path("refunds").valueStream().map(RefundedSaleTest::brief).toList(),
                shown -> shown.contains("re_unfunded2 99.99 pending null"));
        refund("unfunded", "re_unfunded2", 9_999, "succeeded");
        var mended = eventually(() -> order(id), order -> order.path("attention").isNull());
        assertThat(mended.path("refunds").valueStream().map(RefundedSaleTest::brief))
                .containsExactlyInAnyOrder(
                        "re_unfunded1 99.99 failed " + note,
                        "re_unfunded2 99.99 succeeded " + note);
        assertThat(totals(id)).containsExactly("invoice 9999 1667", "credit_note 9999 1667");
        assertThat(refunded("unfunded", 1)).hasSize(1);
        assertThat(hub.bean(Ledger.class).verify().firstBreak()).isEmpty();
    }

    private static JsonNode order(long id) {
        return json(sales.staging().get("/v1/orders/" + id), 200);
    }

    @Test
    void the_api_lists_credit_notes_beside_their_invoice() {
        long id = pay("listed").path("id").asLong();
        refund("listed", "re_listed", 9_999, "succeeded");
        String number =
                refunded("listed", 1).getFirst().path("credit_note").path("number").asString();

        var documents = json(sales.staging().get("/v1/invoices?order_id=" + id), 200).path("data");
        assertThat(documents.valueStream().map(each -> each.path("object").asString()))
                .containsExactly("credit_note", "invoice");
        var note = json(sales.staging().get("/v1/invoices/" + number), 200);
        assertThat(note.path("refers_to").asString())
                .isEqualTo(documents.path(1).path("number").asString());
        assertThat(note.path("refund_id").asString()).isEqualTo("re_listed");
        assertThat(documents.path(1).path("refers_to").isNull()).isTrue();
        assertThat(sales.staging().get("/v1/invoices/" + number + "/xml").body())
                .contains("<ram:TypeCode>381</ram:TypeCode>");
        assertThat(
                        sales.staging()
                                .post("/v1/invoices/" + number + "/resend-email", "{}")
                                .statusCode())
                .isEqualTo(202);
    }

    private static String brief(JsonNode refund) {
        return refund.path("id").asString()
                + " "
                + refund.path("amount").decimalValue()
                + " "
                + refund.path("status").asString()
                + " "
                + refund.path("credit_note").asString("null");
    }

    private static JsonNode pay(String name) {
        String event =
                Purchases.event(name, sales.slug(), false)
                        .replace(
                                "\"payment_intent\":null",
                                "\"payment_intent\":\"pi_" + name + "\"");
        assertThat(hub.stripeEvent(event).statusCode()).isEqualTo(200);
        eventually(() -> bodies(name, "order.created"), 1);
        return SalesForTests.byEvent(sales.staging(), name);
    }

    private static void refund(String payment, String id, long amount, String status) {
        String event =
                """
                {"id":"evt_%s_%s_%d","object":"event","api_version":"2026-07-29.dahlia","created":%d,"livemode":false,
                 "type":"%s","data":{"object":{"id":"%s","object":"refund","amount":%d,"currency":"eur",
                 "charge":"ch_%s","payment_intent":"pi_%s","reason":"requested_by_customer","status":"%s",
                 "created":%d,"metadata":{}}}}
                """
                        .formatted(
                                id,
                                status,
                                System.nanoTime(),
                                Instant.now().getEpochSecond(),
                                status.equals("failed") ? "refund.failed" : "refund.created",
                                id,
                                amount,
                                payment,
                                payment,
                                status,
                                Instant.now().getEpochSecond());
        assertThat(hub.stripeEvent(event).statusCode()).isEqualTo(200);
    }

    private static Refund fact(String payment, String id, long amount, Refund.Status status) {
        return new Refund(
                "",
                Environment.STAGING,
                id,
                "pi_" + payment,
                null,
                amount,
                Currency.EUR,
                status,
                "",
                "",
                null,
                "evt_of_" + payment,
                Instant.now());
    }

    private static void record(Refund... refunds) {
        new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> hub.bean(Refunds.class).record(List.of(refunds)));
    }

    private static JsonNode created(String name) {
        return bodies(name, "order.created").getFirst();
    }

    /** What the partner was told of the refunds of a sale, in order. */
    private static List<JsonNode> refunded(String name, int count) {
        return eventually(() -> bodies(name, "order.refunded"), count);
    }

    private static List<JsonNode> bodies(String name, String type) {
        return receiver.calls().stream()
                .map(call -> (JsonNode) JSON.readTree(call.body()))
                .filter(body -> body.path("event_type").asString().equals(type))
                .filter(body ->
                        body.path("customer")
                                .path("email")
                                .asString()
                                .equals("buyer+" + name + "@example.com"))
                .toList();
    }

    private static List<String> totals(long order) {
        return hub.jdbc()
                .sql(
                        """
                        select kind || ' ' || total_minor || ' ' || tax_minor from invoice
                        where order_id = :order order by kind desc, seq
                        """)
                .param("order", order)
                .query(String.class)
                .list();
    }
}
