package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;
import static com.comptappart.api.JsonForTests.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IdempotencyTest {

    private static final String STAGING = "{\"environment\": \"staging\"}";
    private static HubForTests hub;

    @BeforeAll
    static void start() {
        hub = new HubForTests().start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void a_repeat_gets_the_first_answer_and_does_nothing() {
        String keys = keysOf(PartnersApiTest.partner(hub, "repeat"));
        var first = post(keys, "once", STAGING);
        var second = post(keys, "once", STAGING);
        assertThat(json(second, 201)).isEqualTo(json(first, 201));
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(json(hub.get(keys), 200).path("data").size()).isEqualTo(1);
    }

    @Test
    void another_request_under_the_same_key_is_refused() {
        String keys = keysOf(PartnersApiTest.partner(hub, "reused"));
        json(post(keys, "reused", STAGING), 201);
        assertThat(problem(post(keys, "reused", "{\"environment\": \"production\"}"), 409))
                .isEqualTo("idempotency_key_reused");
        String other = keysOf(PartnersApiTest.partner(hub, "reused-too"));
        assertThat(problem(post(other, "reused", STAGING), 409))
                .isEqualTo("idempotency_key_reused");
    }

    @Test
    void eight_at_once_do_it_once() throws Exception {
        String keys = keysOf(PartnersApiTest.partner(hub, "at-once"));
        Callable<HttpResponse<String>> call = () -> post(keys, "at-once", STAGING);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<HttpResponse<String>>>();
            for (int i = 0; i < 8; i++) {
                calls.add(call);
            }
            for (var done : threads.invokeAll(calls)) {
                var answer = done.get();
                if (answer.statusCode() == 409) {
                    assertThat(problem(answer, 409)).isEqualTo("idempotency_key_in_use");
                } else {
                    json(answer, 201);
                }
            }
        }
        assertThat(json(hub.get(keys), 200).path("data").size()).isEqualTo(1);
    }

    @Test
    void the_same_key_of_two_partners_are_two_keys() {
        String a = PartnersApiTest.partner(hub, "two-a");
        String b = PartnersApiTest.partner(hub, "two-b");
        String keyA = PartnersApiTest.key(hub, a, "staging");
        String keyB = PartnersApiTest.key(hub, b, "staging");
        var first = json(send(keyA, keysOf(a), "shared", "{}"), 201);
        var second = json(send(keyB, keysOf(b), "shared", "{}"), 201);
        assertThat(first.path("partner").asString()).isEqualTo(a);
        assertThat(second.path("partner").asString()).isEqualTo(b);
    }

    @Test
    void a_refused_request_may_be_mended_under_its_key() {
        String keys = keysOf(PartnersApiTest.partner(hub, "mended"));
        assertThat(problem(post(keys, "mended", "{\"environment\": \"live\"}"), 400))
                .isEqualTo("environment_unknown");
        json(post(keys, "mended", STAGING), 201);
    }

    @Test
    void after_24_hours_a_key_is_free_and_what_is_old_goes() {
        String keys = keysOf(PartnersApiTest.partner(hub, "expired"));
        json(post(keys, "expired", STAGING), 201);
        json(post(keys, "forgotten", STAGING), 201);
        hub.jdbc()
                .sql(
                        """
                        update idempotent_answer set created_at = created_at - interval '25 hours'
                        where idempotency_key in ('expired', 'forgotten')
                        """)
                .update();
        json(post(keys, "expired", "{\"environment\": \"production\"}"), 201);
        assertThat(
                        hub.jdbc()
                                .sql(
                                        "select count(*) from idempotent_answer where idempotency_key = 'forgotten'")
                                .query(Integer.class)
                                .single())
                .isZero();
    }

    @Test
    void a_shown_secret_is_not_kept_in_clear() {
        String keys = keysOf(PartnersApiTest.partner(hub, "secret"));
        String shown = json(post(keys, "secret", STAGING), 201).path("key").asString();
        byte[] kept =
                hub.jdbc()
                        .sql("select body from idempotent_answer where idempotency_key = 'secret'")
                        .query(byte[].class)
                        .single();
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain(shown);
    }

    @Test
    void a_key_has_1_to_255_characters() {
        String keys = keysOf(PartnersApiTest.partner(hub, "long"));
        assertThat(problem(post(keys, "k".repeat(256), STAGING), 400))
                .isEqualTo("idempotency_key_invalid");
        assertThat(problem(post(keys, "", STAGING), 400)).isEqualTo("idempotency_key_invalid");
        json(post(keys, "k".repeat(255), STAGING), 201);
    }

    private static String keysOf(String partner) {
        return "/v1/partners/" + partner + "/api-keys";
    }

    private static HttpResponse<String> post(String path, String key, String body) {
        return send(HubForTests.OPERATOR_KEY, path, key, body);
    }

    private static HttpResponse<String> send(String apiKey, String path, String key, String body) {
        return HubForTests.send(
                HttpRequest.newBuilder(URI.create(hub.url(path)))
                        .header("Authorization", "Bearer " + apiKey)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(body)));
    }
}
