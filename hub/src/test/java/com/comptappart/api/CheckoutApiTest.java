package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;
import static com.comptappart.api.JsonForTests.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.StripeStub.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions that partners have Stripe make, and what is left of them. */
class CheckoutApiTest {

    private static final String PATH = "/v1/checkout-sessions";
    private static final String STRIPE = "/v1/checkout/sessions";
    private static final String URLS = "\"success_url\":\"https://shop.example/thanks\"";
    private static StripeStub stripe;
    private static HubForTests hub;
    private static String impots;
    private static String impotsKey;
    private static String loyersKey;

    @BeforeAll
    static void start() {
        stripe = StripeStub.start();
        hub = new HubForTests().asking(stripe).start();
        impots = PartnersApiTest.partner(hub, "impots");
        impotsKey = PartnersApiTest.key(hub, impots, "staging");
        loyersKey = PartnersApiTest.key(hub, PartnersApiTest.partner(hub, "loyers"), "staging");
        stripe.product("prod_impots", Map.of("partner", "impots", "vat_rate", "10"), "Déclaration");
        stripe.product("prod_loyers", "loyers").product("prod_plain", (String) null);
        stripe.price("price_impots", "prod_impots", 1100, null);
        stripe.price("price_plain", "prod_plain", 500, null);
        stripe.price("price_loyers", "prod_loyers", 900, null);
        stripe.price("price_yearly", "prod_impots", 9900, "year");
    }

    @AfterAll
    static void stop() {
        hub.close();
        stripe.close();
    }

    @AfterEach
    void mend() {
        stripe.answeringAgain();
    }

    @Test
    void a_session_carries_the_metadata_to_all_that_it_makes_and_no_payment_method_types() {
        var made =
                json(
                        post(
                                impotsKey,
                                null,
                                """
                                {"line_items":[{"price":"price_impots","quantity":2},{"price":"price_plain"}],
                                 "success_url":"https://shop.example/ok?s={CHECKOUT_SESSION_ID}",
                                 "cancel_url":"https://shop.example/no","customer_email":"marie@example.com",
                                 "metadata":{"dossier":"42","coverage":"[]"},
                                 "custom_fields":[{"key":"annee","label":"Année","type":"dropdown",
                                   "options":[{"label":"2025","value":"y2025"}]}]}
                                """),
                        201);
        assertThat(made.path("url").asString()).contains(made.path("id").asString());
        assertThat(made.path("mode").asString()).isEqualTo("payment");
        assertThat(made.path("total_amount").decimalValue()).isEqualByComparingTo("27.00");
        assertThat(made.path("currency").asString()).isEqualTo("EUR");
        var form = stripe.posts().to(STRIPE).getLast().form();
        for (String of : List.of("", "payment_intent_data")) {
            String name = of.isEmpty() ? "metadata" : of + "[metadata]";
            assertThat(form).containsEntry(name + "[dossier]", "42");
            assertThat(form).containsEntry(name + "[partner]", impots);
        }
        assertThat(form)
                .containsEntry("success_url", "https://shop.example/ok?s={CHECKOUT_SESSION_ID}");
        assertThat(form).containsEntry("custom_fields[0][dropdown][options][0][value]", "y2025");
        assertThat(form.keySet()).noneMatch(name -> name.contains("payment_method_types"));
        assertThat(form.keySet()).noneMatch(name -> name.startsWith("subscription_data"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"key":"annee","label":"A"},{"key":"annee","label":"B"} | two have the key 'annee'
                    {"key":"annee","label":"A","type":"dropdown","options":[{"label":"2025","value":"y"},{"label":"2026","value":"y"}]} \
                        | two options of 'annee' have the value 'y'
                    """)
    void what_a_question_says_twice_is_refused_by_name(String fields, String said) {
        int posts = stripe.posts().to(STRIPE).size();
        var refused =
                post(
                        impotsKey,
                        null,
                        "{\"price\":\"price_impots\",%s,\"custom_fields\":[%s]}"
                                .formatted(URLS, fields));
        assertThat(problem(refused, 400)).isEqualTo("custom_field_invalid");
        assertThat(refused.body()).contains(said);
        assertThat(stripe.posts().to(STRIPE)).hasSize(posts);
    }

    @Test
    void a_recurring_price_makes_a_subscription_and_can_make_no_payment() {
        var made = json(post(impotsKey, null, "{\"price\":\"price_yearly\"," + URLS + "}"), 201);
        assertThat(made.path("mode").asString()).isEqualTo("subscription");
        assertThat(stripe.posts().to(STRIPE).getLast().form())
                .containsEntry("subscription_data[metadata][partner]", impots);
        assertThat(
                        problem(
                                post(
                                        impotsKey,
                                        null,
                                        "{\"price\":\"price_yearly\",\"mode\":\"payment\","
                                                + URLS
                                                + "}"),
                                400))
                .isEqualTo("mode_invalid");
    }

    @Test
    void a_partner_sells_its_own_products_and_nobodys_but_not_anothers() {
        for (String price : List.of("price_loyers", "price_unknown")) {
            assertThat(problem(post(impotsKey, null, sale(price)), 404))
                    .isEqualTo("price_not_found");
        }
        json(post(loyersKey, null, sale("price_loyers")), 201);
        json(post(impotsKey, null, sale("price_plain")), 201);
        assertThat(
                        problem(
                                post(
                                        impotsKey,
                                        null,
                                        "{\"price\":\"price_plain\",\"metadata\":{\"partner\":\"loyers\"},"
                                                + URLS
                                                + "}"),
                                400))
                .isEqualTo("metadata_invalid");
    }

    @Test
    void a_coverage_that_no_order_could_have_is_refused_before_anybody_pays() {
        for (String wrong :
                new String[] {
                    "2026", "{}", "[{}]", "[{\\\"year\\\":\\\"2026\\\"}]", "[{\\\"year\\\":2026"
                }) {
            var answer =
                    post(
                            impotsKey,
                            null,
                            "{\"price\":\"price_impots\",\"metadata\":{\"coverage\":\""
                                    + wrong
                                    + "\"},"
                                    + URLS
                                    + "}");
            assertThat(problem(answer, 400)).as(wrong).isEqualTo("coverage_invalid");
            assertThat(json(answer, 400).path("detail").asString())
                    .contains("metadata.coverage", "\"external_id\"");
        }
    }

    @Test
    void a_payment_of_a_remembered_session_is_an_order_while_stripe_is_down() {
        String id = json(post(impotsKey, null, sale("price_impots")), 201).path("id").asString();
        String event = stripe.completed("evt_remembered", id);
        stripe.answering(503);
        assertThat(hub.stripeEvent(event).statusCode()).isEqualTo(200);
        var order =
                HubForTests.eventually(
                        () ->
                                json(hub.get("/v1/orders?event_id=evt_remembered"), 200)
                                        .path("data")
                                        .path(0),
                        found -> found.has("id"));
        assertThat(order.path("partner").asString()).isEqualTo(impots);
        assertThat(order.path("total_amount").decimalValue()).isEqualByComparingTo("11.00");
        assertThat(order.path("tax_amount").decimalValue()).isEqualByComparingTo("1.00");
        assertThat(order.path("products").path(0).path("product_id").asString())
                .isEqualTo("prod_impots");
    }

    @Test
    void a_discount_that_came_after_is_read_from_stripe() {
        String id = json(post(impotsKey, null, sale("price_impots")), 201).path("id").asString();
        stripe.session(id).put("amount_total", 1000);
        stripe.session(id).putObject("total_details").put("amount_discount", 100);
        stripe.lines(id).getFirst().put("amount_total", 1000).put("amount_discount", 100);
        hub.stripeEvent(stripe.completed("evt_discounted", id));
        var order =
                HubForTests.eventually(
                        () ->
                                json(hub.get("/v1/orders?event_id=evt_discounted"), 200)
                                        .path("data")
                                        .path(0),
                        found -> found.has("id"));
        assertThat(order.path("total_amount").decimalValue()).isEqualByComparingTo("10.00");
    }

    @Test
    void a_repeat_after_an_answer_that_was_lost_makes_no_second_session() {
        long before = stripe.posts().made(STRIPE);
        var first = new AtomicInteger();
        // Stripe makes the session and its answer is lost: what a crash looks like to the repeat.
        stripe.answering(path -> {
            if (path.equals(STRIPE) && first.getAndIncrement() == 0) {
                var posted = stripe.posts().to(STRIPE).getLast();
                stripe.posts().lost(posted);
                return Answer.of(500);
            }
            return null;
        });
        assertThat(problem(post(impotsKey, "lost", sale("price_impots")), 503))
                .isEqualTo("stripe_unavailable");
        var made = json(post(impotsKey, "lost", sale("price_impots")), 201);
        assertThat(stripe.posts().made(STRIPE)).isEqualTo(before + 1);
        var again = post(impotsKey, "lost", sale("price_impots"));
        assertThat(json(again, 201)).isEqualTo(made);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(first.get()).as("a kept answer asks nobody").isEqualTo(2);
        assertThat(problem(post(impotsKey, "lost", sale("price_plain")), 409))
                .isEqualTo("idempotency_key_reused");
    }

    @Test
    void a_call_whose_hub_died_is_repeated_under_the_same_key_of_stripe_once_its_minute_is_over() {
        json(post(impotsKey, "died", sale("price_impots")), 201);
        String key = stripe.posts().to(STRIPE).getLast().key();
        // As a crash between Stripe's answer and ours leaves it.
        hub.jdbc()
                .sql(
                        """
                        insert into stripe_call
                        select partner_id, environment, idempotency_key, request_sha256, :key, now() + interval '1 minute', now()
                        from idempotent_answer where idempotency_key = 'died'
                        """)
                .param("key", key)
                .update();
        hub.jdbc().sql("delete from idempotent_answer where idempotency_key = 'died'").update();
        assertThat(problem(post(impotsKey, "died", sale("price_impots")), 409))
                .isEqualTo("idempotency_key_in_use");
        hub.jdbc().sql("update stripe_call set busy_until = now() - interval '1 second'").update();
        long before = stripe.posts().made(STRIPE);
        json(post(impotsKey, "died", sale("price_impots")), 201);
        assertThat(stripe.posts().to(STRIPE).getLast().key()).isEqualTo(key);
        assertThat(stripe.posts().made(STRIPE)).isEqualTo(before);
    }

    @Test
    void eight_at_once_under_one_key_make_one_session() throws Exception {
        long before = stripe.posts().made(STRIPE);
        Callable<HttpResponse<String>> call =
                () -> post(impotsKey, "at-once", sale("price_impots"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<HttpResponse<String>>>();
            for (int i = 0; i < 8; i++) {
                calls.add(call);
            }
            for (var done : threads.invokeAll(calls)) {
                assertThat(done.get().statusCode()).isIn(201, 409);
            }
        }
        assertThat(stripe.posts().made(STRIPE)).isEqualTo(before + 1);
    }

    @Test
    void what_stripe_refuses_is_told_in_its_words_and_may_be_mended_under_the_same_key() {
        stripe.answering(path ->
                path.equals(STRIPE)
                        ? new Answer(
                                400,
                                Map.of(),
                                """
                                {"error":{"type":"invalid_request_error","param":"line_items[0][quantity]","message":"Too many."}}
                                """)
                        : null);
        var refused = post(impotsKey, "mended", sale("price_impots"));
        assertThat(problem(refused, 400)).isEqualTo("stripe_refused");
        assertThat(refused.body()).contains("Too many.", "line_items[0][quantity]");
        stripe.answeringAgain();
        json(post(impotsKey, "mended", sale("price_plain")), 201);
    }

    @Test
    void a_refusal_after_a_lost_answer_frees_no_key_under_which_something_may_have_been_made() {
        stripe.answering(path -> path.equals(STRIPE) ? Answer.of(500) : null);
        problem(post(impotsKey, "doubtful", sale("price_impots")), 503);
        stripe.answering(path -> path.equals(STRIPE) ? Answer.of(400) : null);
        problem(post(impotsKey, "doubtful", sale("price_impots")), 400);
        stripe.answeringAgain();
        String key = stripe.posts().to(STRIPE).getLast().key();
        assertThat(problem(post(impotsKey, "doubtful", sale("price_plain")), 409))
                .isEqualTo("idempotency_key_reused");
        json(post(impotsKey, "doubtful", sale("price_impots")), 201);
        assertThat(stripe.posts().to(STRIPE).getLast().key()).isEqualTo(key);
    }

    @Test
    void without_a_key_of_stripe_the_operator_is_named() {
        String production = PartnersApiTest.key(hub, impots, "production");
        assertThat(problem(post(production, null, sale("price_impots")), 503))
                .isEqualTo("stripe_not_configured");
    }

    @Test
    void while_stripe_is_down_the_answer_is_503_with_a_time_to_come_back() {
        stripe.answering(_ -> new Answer(503, Map.of("Retry-After", "7"), "{}"));
        stripe.price("price_new", "prod_impots", 100, null);
        var answer = post(impotsKey, null, sale("price_new"));
        assertThat(problem(answer, 503)).isEqualTo("stripe_unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
    }

    @Test
    void a_partner_that_is_bound_to_an_account_sells_there() {
        String bound = PartnersApiTest.partner(hub, "bound");
        String key = PartnersApiTest.key(hub, bound, "staging");
        json(hub.patch("/v1/partners/bound", "{\"stripe_account\":\"acct_1Bound\"}"), 200);
        json(post(key, null, sale("price_plain")), 201);
        assertThat(stripe.posts().to(STRIPE).getLast().account()).isEqualTo("acct_1Bound");
        PartnersApiTest.partner(hub, "rival");
        assertThat(
                        problem(
                                hub.patch(
                                        "/v1/partners/rival",
                                        "{\"stripe_account\":\"acct_1Bound\"}"),
                                409))
                .isEqualTo("stripe_account_taken");
    }

    private static String sale(String price) {
        return "{\"price\":\"" + price + "\",\"quantity\":1," + URLS + "}";
    }

    static HttpResponse<String> post(
            HubForTests hub, String apiKey, String path, String key, String body) {
        var request =
                HttpRequest.newBuilder(URI.create(hub.url(path)))
                        .header("Authorization", "Bearer " + apiKey)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        return HubForTests.send(key == null ? request : request.header("Idempotency-Key", key));
    }

    private static HttpResponse<String> post(String apiKey, String key, String body) {
        return post(hub, apiKey, PATH, key, body);
    }
}
