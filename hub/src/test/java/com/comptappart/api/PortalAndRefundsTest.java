package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;
import static com.comptappart.api.JsonForTests.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.StripeStub.Answer;
import com.comptappart.testing.StripeStub.Line;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The buyer's portal and refunds, on two hubs. */
class PortalAndRefundsTest {

    private static final String PORTALS = "/v1/billing_portal/sessions";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static StripeStub stripe;
    private static HubForTests hub;
    private static HubForTests other;
    private static String impotsKey;
    private static String loyersKey;

    @BeforeAll
    static void start() {
        stripe = StripeStub.start();
        hub = new HubForTests().asking(stripe).start();
        other = hub.twin().start();
        impotsKey = PartnersApiTest.key(hub, PartnersApiTest.partner(hub, "impots"), "staging");
        loyersKey = PartnersApiTest.key(hub, PartnersApiTest.partner(hub, "loyers"), "staging");
        stripe.product("prod_impots", "impots").product("prod_loyers", "loyers");
        subscription("sub_a", "cus_a", "impots");
        subscription("sub_b", "cus_b", "impots");
        subscription("sub_c", "cus_b", "loyers");
        stripe.lists()
                .add("", "/v1/customers", customer("cus_a"))
                .add("", "/v1/customers", customer("cus_b"));
    }

    @AfterAll
    static void stop() {
        other.close();
        hub.close();
        stripe.close();
    }

    @AfterEach
    void mend() {
        stripe.answeringAgain();
    }

    private static void subscription(String id, String customer, String partner) {
        var subscription =
                (ObjectNode)
                        JSON.readTree(
                                """
                                {"id":"%s","object":"subscription","customer":"%s","metadata":{},
                                 "items":{"data":[{"price":{"id":"price_1","product":"prod_%s"}}]}}
                                """
                                        .formatted(id, customer, partner));
        stripe.put("subscriptions/" + id, subscription.toString());
        stripe.lists().add("", "/v1/subscriptions", subscription);
    }

    private static ObjectNode customer(String id) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("object", "customer")
                .put("email", "marie@example.com");
    }

    @Test
    void the_portal_opens_for_a_customer_who_is_all_the_partners() {
        var made = json(portal(impotsKey, "\"subscription_id\":\"sub_a\""), 201);
        assertThat(made.path("url").asString()).startsWith("https://billing.stripe.com/");
        assertThat(stripe.posts().to(PORTALS).getLast().form())
                .containsEntry("customer", "cus_a")
                .containsEntry("return_url", "https://shop.example/account");
        json(portal(impotsKey, "\"customer_email\":\"marie@example.com\""), 201);
        assertThat(stripe.posts().to(PORTALS).getLast().form()).containsEntry("customer", "cus_a");
    }

    @Test
    void the_portal_opens_for_an_address_however_it_is_written() {
        json(portal(impotsKey, "\"customer_email\":\"Marie@Example.com\""), 201);
        assertThat(stripe.posts().to(PORTALS).getLast().form()).containsEntry("customer", "cus_a");
    }

    @Test
    void the_portal_stays_shut_where_another_partners_subscription_would_show() {
        assertThat(problem(portal(impotsKey, "\"subscription_id\":\"sub_c\""), 404))
                .isEqualTo("subscription_not_found");
        assertThat(problem(portal(impotsKey, "\"subscription_id\":\"sub_b\""), 404))
                .isEqualTo("subscription_not_found");
        assertThat(problem(portal(loyersKey, "\"customer_email\":\"marie@example.com\""), 404))
                .isEqualTo("customer_not_found");
        assertThat(problem(portal(impotsKey, "\"subscription_id\":\"sub_none\""), 404))
                .isEqualTo("subscription_not_found");
    }

    private static HttpResponse<String> portal(String key, String whose) {
        return CheckoutApiTest.post(
                hub,
                key,
                "/v1/portal-sessions",
                null,
                "{" + whose + ",\"return_url\":\"https://shop.example/account\"}");
    }

    @Test
    void a_refund_names_its_order_and_takes_no_more_than_is_left() {
        long order = order("part", 9999);
        var made =
                json(
                        refund(
                                impotsKey,
                                order,
                                null,
                                "{\"amount\":49.99,\"reason\":\"duplicate\"}"),
                        201);
        assertThat(made.path("amount").decimalValue()).isEqualByComparingTo("49.99");
        assertThat(made.path("status").asString()).isEqualTo("succeeded");
        assertThat(made.path("order_id").asLong()).isEqualTo(order);
        assertThat(stripe.posts().to("/v1/refunds").getLast().form())
                .containsEntry("payment_intent", "pi_part")
                .containsEntry("amount", "4999")
                .containsEntry("metadata[comptappart_order]", Long.toString(order));
        assertThat(problem(refund(impotsKey, order, null, "{\"amount\":50.01}"), 409))
                .isEqualTo("amount_too_large");
        assertThat(json(refund(impotsKey, order, null, "{}"), 201).path("amount").decimalValue())
                .isEqualByComparingTo("50.00");
        assertThat(problem(refund(impotsKey, order, null, "{}"), 409))
                .isEqualTo("amount_too_large");
    }

    @Test
    void an_amount_is_a_number_with_the_currencys_decimals() {
        long order = order("amounts", 1000);
        for (String wrong : new String[] {"0", "-1", "1.005", "\"1.00\"", "1e400"}) {
            assertThat(refund(impotsKey, order, null, "{\"amount\":" + wrong + "}").statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(problem(refund(impotsKey, order, null, "{\"reason\":\"because\"}"), 400))
                .isEqualTo("reason_invalid");
        assertThat(problem(refund(loyersKey, order, null, "{}"), 404)).isEqualTo("order_not_found");
    }

    @Test
    void two_hubs_that_are_asked_at_once_give_back_no_more_than_was_paid() throws Exception {
        long order = order("race", 1000);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 10; i++) {
                var at = i % 2 == 0 ? hub : other;
                calls.add(() ->
                        CheckoutApiTest.post(
                                        at,
                                        impotsKey,
                                        "/v1/orders/" + order + "/refunds",
                                        null,
                                        "{\"amount\":3.00}")
                                .statusCode());
            }
            int made = 0;
            for (var done : threads.invokeAll(calls)) {
                made += done.get() == 201 ? 1 : 0;
            }
            assertThat(made).isEqualTo(3);
        }
    }

    @Test
    void a_refund_that_stripe_tells_of_meanwhile_is_not_left_to_be_asked_for_again()
            throws Exception {
        for (int round = 0; round < 8; round++) {
            String name = "meanwhile" + round;
            long order = ofCart(name, 30_000);
            String whole = "{\"amount\":60.00}";
            String id = json(refund(impotsKey, order, null, whole), 201).path("id").asString();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var more = new ArrayList<Future<?>>();
                for (var at : List.of(hub, other, hub, other)) {
                    more.add(threads.submit(() -> refusedUntilTold(at, order, whole)));
                }
                tell(name, id, 6000, "succeeded", order);
                for (Future<?> each : more) {
                    each.get();
                }
            }
        }
    }

    /** Asks again and again until the order shows its refund; each time nothing is left. */
    private static void refusedUntilTold(HubForTests at, long order, String body) {
        HubForTests.eventually(
                () -> {
                    for (int i = 0; i < 10; i++) {
                        var answer =
                                CheckoutApiTest.post(
                                        at,
                                        impotsKey,
                                        "/v1/orders/" + order + "/refunds",
                                        null,
                                        body);
                        assertThat(problem(answer, 409)).isEqualTo("amount_too_large");
                    }
                    return json(hub.get("/v1/orders/" + order), 200).path("refunds");
                },
                shown -> !shown.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_was_refunded_of_a_cart_has_its_credit_notes_whichever_refund_is_told_first(
            boolean namedFirst) {
        String name = "spill" + namedFirst;
        long order = ofCart(name, 6100);
        String id =
                json(refund(impotsKey, order, null, "{\"amount\":60.00}"), 201)
                        .path("id")
                        .asString();
        if (namedFirst) {
            tell(name, id, 6000, "succeeded", order);
            HubForTests.eventually(() -> creditNotes(name), sum -> sum == 6000);
        }
        tell(name, "re_dashboard" + name, 4000, "succeeded", 0);
        HubForTests.eventually(() -> creditNotes(name), sum -> sum == (namedFirst ? 10_000 : 4000));
        if (!namedFirst) {
            tell(name, id, 6000, "succeeded", order);
        }
        HubForTests.eventually(() -> creditNotes(name), sum -> sum == 10_000);
        assertThat(json(hub.get("/v1/orders/" + order), 200).path("attention").isNull()).isTrue();
    }

    /** What the credit notes of a payment add up to, minor units. */
    private static long creditNotes(String name) {
        return hub.jdbc()
                .sql(
                        """
                        select coalesce(sum(i.total_minor), 0)
                        from invoice i
                        join paid_order o on o.partner_id = i.partner_id and o.order_id = i.order_id
                        where i.kind = 'credit_note' and o.payment_reference = :payment
                        """)
                .param("payment", "pi_" + name)
                .query(Long.class)
                .single();
    }

    /** Of a cart of 60.00 for one partner and something for another, the order of the first. */
    private static long ofCart(String name, long other) {
        stripe.session(
                "cs_" + name,
                new Line("X", 1, 6000, "prod_impots"),
                new Line("Y", 1, other, "prod_loyers"));
        hub.stripeEvent(stripe.completed("evt_" + name, "cs_" + name));
        return HubForTests.eventually(
                        () ->
                                json(hub.get("/v1/orders?event_id=evt_" + name), 200)
                                        .path("data")
                                        .valueStream()
                                        .filter(each -> each.path("total_amount").asDouble() == 60)
                                        .toList(),
                        1)
                .getFirst()
                .path("id")
                .asLong();
    }

    @Test
    void a_refund_whose_answer_was_lost_is_found_by_its_repeat() {
        long order = order("lost", 1000);
        var first = new AtomicInteger();
        stripe.answering(path -> {
            if (path.equals("/v1/refunds") && first.getAndIncrement() == 0) {
                stripe.posts().lost(stripe.posts().to(path).getLast());
                return Answer.of(500);
            }
            return null;
        });
        long before = stripe.posts().made("/v1/refunds");
        assertThat(problem(refund(impotsKey, order, "lost", "{}"), 503))
                .isEqualTo("stripe_unavailable");
        assertThat(problem(refund(impotsKey, order, null, "{}"), 409))
                .as("what may have been given back is not given twice")
                .isEqualTo("amount_too_large");
        json(refund(impotsKey, order, "lost", "{}"), 201);
        assertThat(stripe.posts().made("/v1/refunds")).isEqualTo(before + 1);
    }

    @Test
    void what_stripe_refuses_to_give_back_is_left() {
        long order = order("refused", 1000);
        stripe.answering(path -> path.equals("/v1/refunds") ? Answer.of(400) : null);
        assertThat(problem(refund(impotsKey, order, null, "{}"), 400)).isEqualTo("stripe_refused");
        stripe.answeringAgain();
        json(refund(impotsKey, order, null, "{}"), 201);
    }

    @Test
    void what_came_back_to_the_seller_is_left_to_refund_again() {
        long order = order("again", 1000);
        told("again", "succeeded");
        HubForTests.eventually(
                () -> json(hub.get("/v1/orders/" + order), 200).path("refunds"),
                shown -> shown.size() == 1);
        assertThat(problem(refund(impotsKey, order, null, "{}"), 409))
                .isEqualTo("amount_too_large");
        told("again", "failed");
        HubForTests.eventually(
                () -> json(hub.get("/v1/orders/" + order), 200).path("attention"),
                attention -> !attention.isNull());
        assertThat(json(refund(impotsKey, order, null, "{}"), 201).path("amount").decimalValue())
                .isEqualByComparingTo("10.00");
    }

    /** Stripe tells of a refund of all of it. */
    private static void told(String name, String status) {
        tell(name, "re_" + name, 1000, status, 0);
    }

    /**
     * @param order that the refund names; 0 for none
     */
    private static void tell(String name, String id, long amount, String status, long order) {
        var refund =
                JSON.createObjectNode()
                        .put("id", id)
                        .put("object", "refund")
                        .put("amount", amount)
                        .put("currency", "eur")
                        .put("payment_intent", StripeStub.intentOf("cs_" + name))
                        .put("status", status)
                        .put("created", 1_790_000_500L);
        if (order > 0) {
            refund.putObject("metadata").put("comptappart_order", Long.toString(order));
        }
        hub.stripeEvent(
                stripe.event("evt_" + id + name + status, "refund.updated", refund).toString());
    }

    private static long order(String name, long total) {
        stripe.session("cs_" + name, new Line("X", 1, total, "prod_impots"));
        hub.stripeEvent(stripe.completed("evt_" + name, "cs_" + name));
        return HubForTests.eventually(
                        () ->
                                json(hub.get("/v1/orders?event_id=evt_" + name), 200)
                                        .path("data")
                                        .path(0),
                        found -> found.has("id"))
                .path("id")
                .asLong();
    }

    private static HttpResponse<String> refund(String apiKey, long order, String key, String body) {
        return CheckoutApiTest.post(hub, apiKey, "/v1/orders/" + order + "/refunds", key, body);
    }
}
