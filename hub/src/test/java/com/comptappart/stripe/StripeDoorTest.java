package com.comptappart.stripe;

import static com.comptappart.stripe.EventRows.count;
import static com.comptappart.stripe.EventRows.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.Purchases;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in at {@code POST /stripe/webhooks}, and what a caller at fault is told. */
class StripeDoorTest {

    private static final String OLD_SECRET = "whsec_being_rotated_away";
    private static HubForTests hub;

    @BeforeAll
    static void start() {
        hub =
                new HubForTests()
                        .withProduction()
                        .with(
                                "comptappart.stripe.staging.webhooksecrets",
                                OLD_SECRET + ", " + HubForTests.STRIPE_SECRET)
                        .start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String event(String id) {
        return "{\"id\":\"" + id + "\",\"type\":\"plan.created\",\"livemode\":false}";
    }

    @Test
    void an_event_of_a_type_that_nobody_reads_is_stored_and_ignored() {
        assertThat(hub.stripeEvent(event("evt_plan")).statusCode()).isEqualTo(200);
        assertThat(state(hub, "evt_plan")).isEqualTo("ignored");
    }

    @Test
    void the_same_event_twice_is_one_row_and_two_hundreds() {
        assertThat(hub.stripeEvent(event("evt_again")).statusCode()).isEqualTo(200);
        assertThat(hub.stripeEvent(event("evt_again")).statusCode()).isEqualTo(200);
        assertThat(count(hub, "evt_again")).isEqualTo(1);
    }

    @Test
    void fifty_posts_of_one_event_from_eight_connections_are_one_row() throws Exception {
        var posts = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 50; i++) {
            posts.add(() -> hub.stripeEvent(event("evt_fifty")).statusCode());
        }
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var each : pool.invokeAll(posts)) {
                assertThat(each.get()).isEqualTo(200);
            }
        }
        assertThat(count(hub, "evt_fifty")).isEqualTo(1);
    }

    @Test
    void any_of_several_secrets_admits_an_event() {
        assertThat(hub.stripeEvent(event("evt_old"), OLD_SECRET, Instant.now()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_wrong_secret_admits_nothing() {
        refused(hub.stripeEvent(event("evt_no"), "whsec_other", Instant.now()), "signature_wrong");
        assertThat(count(hub, "evt_no")).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, -86_400, 302, 86_400})
    void a_signature_of_another_time_admits_nothing(long seconds) {
        var at = Instant.now().plusSeconds(seconds);
        refused(
                hub.stripeEvent(event("evt_time"), HubForTests.STRIPE_SECRET, at),
                "signature_stale");
        assertThat(count(hub, "evt_time")).isZero();
    }

    @Test
    void a_clock_that_is_a_little_off_is_tolerated() {
        for (long seconds : new long[] {-280, 280}) {
            var at = Instant.now().plusSeconds(seconds);
            assertThat(
                            hub.stripeEvent(event("evt_off"), HubForTests.STRIPE_SECRET, at)
                                    .statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "t",
                "v1",
                "t=",
                "v1=",
                "=",
                ",",
                "t=abc,v1=00",
                "t=1,t=2,v1=00",
                "t=99999999999999999999,v1=00",
                "t=-1,v1=00",
                "v1=00,v1=00",
                "t=1790000000",
                "t=1790000000,v1=zz",
                "t=١٧٩٠٠٠٠٠٠٠,v1=00",
                "t=1790000000,v0=0000",
                "😀",
                "t=1e9,v1=00"
            })
    void a_header_that_is_none_is_refused(String header) {
        var request = request(event("evt_header"));
        try {
            request.header("Stripe-Signature", header);
        } catch (IllegalArgumentException e) {
            return; // this client can't even send it
        }
        var answer = HubForTests.send(request);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(count(hub, "evt_header")).isZero();
    }

    @Test
    void no_header_at_all_is_refused() {
        refused(HubForTests.send(request(event("evt_header"))), "signature_missing");
        refused(
                HubForTests.send(
                        request(event("evt_header")).header("Stripe-Signature", "x=".repeat(3000))),
                "signature_missing");
    }

    @Test
    void a_secret_of_one_mode_never_admits_an_event_of_the_other() {
        String live = event("evt_mode").replace("false", "true");
        refused(hub.stripeEvent(live), "mode_mismatch");
        refused(
                hub.stripeEvent(event("evt_mode"), HubForTests.LIVE_STRIPE_SECRET, Instant.now()),
                "mode_mismatch");
        assertThat(count(hub, "evt_mode")).isZero();
        assertThat(
                        hub.stripeEvent(live, HubForTests.LIVE_STRIPE_SECRET, Instant.now())
                                .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1]",
                "null",
                "\"evt\"",
                "42",
                "{}",
                "{\"id\":\"evt_1\"}",
                "{} {}",
                "\u0000",
                "{\"id\":\"evt_1\",\"type\":\"a\",\"livemode\":\"false\"}",
                "{\"id\":\"evt_\\u0000\",\"type\":\"a\",\"livemode\":false}",
                "{\"id\":\"evt_1\",\"type\":\"a\\u0000\",\"livemode\":false}",
                "{\"id\":\"evt_1\",\"type\":\"a\",\"livemode\":false,\"account\":\"\\ud800\"}",
                "{\"id\":{},\"type\":[],\"livemode\":false}"
            })
    void signed_garbage_is_refused_and_not_stored(String body) {
        long before = rows();
        assertThat(hub.stripeEvent(body).statusCode()).isEqualTo(400);
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void an_event_nested_too_deep_is_refused() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        String body = event("evt_deep").replace("}", ",\"data\":" + deep + "}");
        refused(hub.stripeEvent(body), "body_not_json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9000000000000000",
                "-9000000000000000",
                "9223372036854775807",
                "1e400",
                "null",
                "\"x\"",
                "99999999999999999999999999",
                "9400000000000",
                "1.5",
                "{}"
            })
    void a_time_of_creation_that_cannot_be_stops_no_event(String created) {
        String id = "evt_created_" + created.replaceAll("[^0-9a-z]", "") + created.length();
        String body = event(id).replace("}", ",\"created\":" + created + "}");
        assertThat(hub.stripeEvent(body).statusCode()).isEqualTo(200);
        assertThat(count(hub, id)).isEqualTo(1);
    }

    @Test
    void strange_ids_and_repeated_keys_are_kept() {
        for (String id :
                new String[] {"evt_" + "x".repeat(300), "evt_é😀'\\\";--", "evt with spaces"}) {
            String json = id.replace("\\", "\\\\").replace("\"", "\\\"");
            assertThat(hub.stripeEvent(event(json)).statusCode()).isEqualTo(200);
            assertThat(count(hub, id)).isEqualTo(1);
        }
        String twice = "{\"id\":\"evt_a1\",\"id\":\"evt_a2\",\"type\":\"x\",\"livemode\":false}";
        assertThat(hub.stripeEvent(twice).statusCode()).isEqualTo(200);
    }

    @Test
    void a_body_of_one_mebibyte_gets_in_and_one_byte_more_does_not() {
        String base = event("evt_size");
        String whole = base + " ".repeat((1 << 20) - base.length());
        assertThat(hub.stripeEvent(whole).statusCode()).isEqualTo(200);
        assertThat(hub.stripeEvent(whole + " ").statusCode()).isEqualTo(413);
    }

    @Test
    void two_mebibytes_get_a_clean_answer_with_a_length_and_without() {
        String body = "x".repeat(2 << 20);
        assertThat(hub.stripeEvent(body).statusCode()).isEqualTo(413);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var chunked =
                HttpRequest.newBuilder(URI.create(hub.url("/stripe/webhooks")))
                        .header("Stripe-Signature", "t=1,v1=" + "0".repeat(64))
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
        assertThat(HubForTests.send(chunked).statusCode()).isEqualTo(413);
    }

    @Test
    void a_chunked_body_is_read_like_any_other() {
        String body = event("evt_chunked");
        var chunked =
                HttpRequest.newBuilder(URI.create(hub.url("/stripe/webhooks")))
                        .header(
                                "Stripe-Signature",
                                HubForTests.signature(
                                        body, HubForTests.STRIPE_SECRET, Instant.now()))
                        .POST(
                                BodyPublishers.ofInputStream(() ->
                                        new ByteArrayInputStream(
                                                body.getBytes(StandardCharsets.UTF_8))));
        assertThat(HubForTests.send(chunked).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Encoding: junk", "Content-Encoding: gzip",
                        "Content-Type: multipart/form-data",
                "Content-Type: multipart/form-data; boundary=x", "Content-Type: junk",
                        "Accept: image/png",
                "Content-Type: application/x-www-form-urlencoded", "Accept: junk",
                        "Accept-Language: ;;;"
            })
    void what_other_headers_claim_does_not_matter(String header) {
        String id = "evt_claims_" + Math.abs(header.hashCode());
        String body = event(id);
        String name = header.substring(0, header.indexOf(':'));
        var request =
                HttpRequest.newBuilder(URI.create(hub.url("/stripe/webhooks")))
                        .header(name, header.substring(name.length() + 2))
                        .header(
                                "Stripe-Signature",
                                HubForTests.signature(
                                        body, HubForTests.STRIPE_SECRET, Instant.now()))
                        .POST(BodyPublishers.ofString(body));
        assertThat(HubForTests.send(request).statusCode()).isEqualTo(200);
        assertThat(count(hub, id)).isEqualTo(1);
    }

    @Test
    void other_methods_are_told_so() {
        assertThat(hub.get("/stripe/webhooks").statusCode()).isEqualTo(405);
        assertThat(hub.delete("/stripe/webhooks").statusCode()).isEqualTo(405);
    }

    @Test
    void nothing_is_made_of_an_object_of_the_other_mode() {
        String event = Purchases.event("othermode", "partner", false);
        int object = event.indexOf("\"livemode\":false", event.indexOf("\"data\""));
        String mixed =
                event.substring(0, object) + event.substring(object).replaceFirst("false", "true");
        assertThat(hub.stripeEvent(mixed).statusCode()).isEqualTo(200);
        assertThat(EventRows.ended(hub, "evt_othermode")).isEqualTo("attention");
    }

    @Test
    void events_that_need_attention_come_newest_first_in_pages() {
        for (int i = 0; i < 5; i++) {
            String id = "evt_page_" + i;
            hub.stripeEvent(event(id).replace("plan.created", "checkout.session.completed"));
            assertThat(EventRows.ended(hub, id)).isEqualTo("attention");
        }
        var events = hub.bean(StripeEvents.class);
        var seen = new ArrayList<String>();
        String after = null;
        do {
            var page = events.needingAttention(Environment.STAGING, new PageRequest(2, after));
            page.data().stream()
                    .map(each -> each.id())
                    .filter(id -> id.startsWith("evt_page_"))
                    .forEach(seen::add);
            after = page.nextCursor();
        } while (after != null);
        assertThat(seen)
                .containsExactly(
                        "evt_page_4", "evt_page_3", "evt_page_2", "evt_page_1", "evt_page_0");
        assertThat(events.needingAttention(Environment.PRODUCTION, new PageRequest(2, null)).data())
                .isEmpty();
        for (String junk : new String[] {"junk", "é", "", "eA"}) {
            Assertions.assertThatExceptionOfType(Refused.class)
                    .isThrownBy(() ->
                            events.needingAttention(Environment.STAGING, new PageRequest(2, junk)));
        }
        Assertions.assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> events.readAgain(Environment.STAGING, "", "evt_nowhere"));
        hub.stripeEvent(event("evt_kept"));
        events.readAgain(Environment.STAGING, "", "evt_kept");
        assertThat(state(hub, "evt_kept")).isEqualTo("ignored");
    }

    private static void refused(HttpResponse<String> answer, String code) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(code);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("problem+json");
    }

    private static long rows() {
        return hub.jdbc().sql("select count(*) from stripe_event").query(Long.class).single();
    }

    private static HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(URI.create(hub.url("/stripe/webhooks")))
                .POST(BodyPublishers.ofString(body));
    }
}
