package com.comptappart.webhook;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.Payloads;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class CertificationsTest {

    private static final HubForTests HUB = new HubForTests();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static WebhooksForTests webhooks;

    @BeforeAll
    static void start() {
        HUB.start();
        webhooks = new WebhooksForTests(HUB);
    }

    @AfterAll
    static void stop() {
        HUB.close();
    }

    private record Tried(Certification run, Map<Probe, ProbeResult> results) {

        Set<Probe> failed() {
            return results.values().stream()
                    .filter(result -> !result.verdict().passed())
                    .map(ProbeResult::probe)
                    .collect(Collectors.toSet());
        }

        Verdict verdict(Probe probe) {
            return results.get(probe).verdict();
        }
    }

    private static Tried certify(Endpoint endpoint) {
        return ended(HUB.bean(Certifications.class).start(endpoint, "key_test"));
    }

    private static Tried ended(Certification started) {
        var certifications = HUB.bean(Certifications.class);
        var run =
                eventually(
                        () -> certifications.find(started.partner(), started.id()).orElseThrow(),
                        Certification::ended);
        return new Tried(
                run,
                certifications.results(run).stream()
                        .collect(Collectors.toMap(ProbeResult::probe, each -> each)));
    }

    /** A receiver that verifies as the docs say. */
    private static boolean isSigned(HttpExchange exchange, String body, String secret) {
        var headers = exchange.getRequestHeaders();
        var at = Instant.ofEpochSecond(Long.parseLong(headers.getFirst("webhook-timestamp")));
        boolean isFresh =
                Duration.between(at, Instant.now()).abs().compareTo(Duration.ofMinutes(5)) <= 0;
        String wanted =
                Signer.sign(
                        List.of(secret),
                        headers.getFirst("webhook-id"),
                        at,
                        body.getBytes(StandardCharsets.UTF_8));
        return isFresh
                && List.of(headers.getFirst("webhook-signature").split(" ")).contains(wanted);
    }

    /**
     * Answers 204 to what is rightly signed, 401 to the rest, before anything else is looked at.
     */
    private static final class Careful implements Receiver.Answers {
        private volatile String secret = "";
        private volatile int largest = Integer.MAX_VALUE;
        private final Receiver server = new Receiver(this);

        @Override
        public void answer(HttpExchange exchange, int before) throws IOException {
            String body = server.calls().getLast().body();
            for (var call : server.calls()) {
                if (call.id().equals(exchange.getRequestHeaders().getFirst("webhook-id"))
                        && call.header("webhook-signature")
                                .equals(
                                        exchange.getRequestHeaders()
                                                .getFirst("webhook-signature"))) {
                    body = call.body();
                }
            }
            if (body.length() > largest) {
                Receiver.answer(exchange, 413, "");
                return;
            }
            Receiver.answer(exchange, isSigned(exchange, body, secret) ? 204 : 401, "");
        }
    }

    private static Endpoint of(Careful careful, PartnerId partner) {
        var made = webhooks.endpoint(partner, careful.server.url("/hooks"));
        careful.secret = made.secret();
        return made.endpoint();
    }

    @Test
    void a_receiver_that_verifies_passes_all_ten() {
        var careful = new Careful();
        try (var server = careful.server) {
            var partner = webhooks.partner();
            var endpoint = of(careful, partner);

            var tried = certify(endpoint);

            assertThat(tried.failed()).isEmpty();
            assertThat(tried.run().state()).isEqualTo(Certification.State.DONE);
            assertThat(tried.run().passed()).isTrue();
            assertThat(tried.results()).containsOnlyKeys(Probe.all());
            assertThat(HUB.bean(Certifications.class).certified(partner))
                    .map(Endpoint::id)
                    .contains(endpoint.id());
            assertThat(tried.results().get(Probe.SLOW).calls()).hasSize(3);
            assertThat(server.calls()).hasSize(13);
        }
    }

    @Test
    void a_receiver_that_takes_everything_fails_what_it_should_refuse_and_nothing_else() {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();

            var tried = certify(webhooks.endpoint(partner, receiver.url("/all")).endpoint());

            assertThat(tried.failed())
                    .containsExactlyInAnyOrder(Probe.FORGED, Probe.STALE, Probe.RESERIALISED);
            assertThat(tried.verdict(Probe.FORGED)).isEqualTo(Verdict.FORGERY_TAKEN);
            assertThat(tried.run().passed()).isFalse();
            assertThat(HUB.bean(Certifications.class).certified(partner)).isEmpty();
        }
    }

    @Test
    void a_receiver_that_refuses_everything_fails_what_it_should_take() {
        try (var receiver = Receiver.answering(400)) {
            var tried =
                    certify(webhooks.endpoint(webhooks.partner(), receiver.url("/no")).endpoint());
            assertThat(tried.failed())
                    .doesNotContain(Probe.FORGED, Probe.STALE, Probe.RESERIALISED)
                    .hasSize(7);
        }
    }

    @Test
    void a_fault_is_no_refusal() {
        try (var receiver = Receiver.answering(500)) {
            var tried =
                    certify(webhooks.endpoint(webhooks.partner(), receiver.url("/err")).endpoint());
            assertThat(tried.failed()).containsExactlyInAnyOrderElementsOf(Probe.all());
            assertThat(tried.verdict(Probe.FORGED)).isEqualTo(Verdict.NOT_REFUSED);
        }
    }

    @Test
    void a_receiver_that_has_a_limit_of_its_own_is_warned_and_passes() {
        var careful = new Careful();
        careful.largest = 100_000;
        try (var _ = careful.server) {
            var tried = certify(of(careful, webhooks.partner()));
            assertThat(tried.verdict(Probe.LARGE)).isEqualTo(Verdict.TOO_LARGE);
            assertThat(tried.run().passed()).isTrue();
        }
    }

    @Test
    void an_endpoint_that_nobody_listens_at_is_tried_once() {
        var receiver = Receiver.answering(200);
        String url = receiver.url("/gone");
        receiver.close();
        var tried = certify(webhooks.endpoint(webhooks.partner(), url).endpoint());
        assertThat(tried.verdict(Probe.VALID)).isEqualTo(Verdict.NO_ANSWER);
        assertThat(tried.results().get(Probe.VALID).calls().getFirst().diagnosis())
                .isEqualTo(Diagnosis.CONNECTION_REFUSED);
        assertThat(tried.verdict(Probe.OUT_OF_ORDER)).isEqualTo(Verdict.NOT_TRIED);
    }

    @Test
    void what_is_made_up_can_be_told_from_what_was_bought() {
        try (var receiver = Receiver.answering(200)) {
            certify(webhooks.endpoint(webhooks.partner(), receiver.url("/all")).endpoint());
            assertThat(receiver.calls())
                    .isNotEmpty()
                    .allSatisfy(call -> {
                        var body = JSON.readTree(call.body());
                        assertThat(body.path("event_id").asString())
                                .startsWith("evt_certification_");
                        assertThat(body.path("environment").asString()).isEqualTo("staging");
                        var order = body.path("order_id");
                        assertThat(order.isNull() || order.asLong() >= 2_000_000_000L).isTrue();
                        assertThat(order.isNull() || order.canConvertToInt()).isTrue();
                        assertThat(call.body()).doesNotContain("FQCA-2026");
                    });
        }
    }

    @Test
    void two_runs_have_orders_of_their_own() {
        try (var receiver = Receiver.answering(200)) {
            var endpoint = webhooks.endpoint(webhooks.partner(), receiver.url("/all")).endpoint();
            certify(endpoint);
            var first = orders(receiver);
            certify(endpoint);
            var all = orders(receiver);
            assertThat(all).hasSize(2 * first.size());
        }
    }

    private static Set<Long> orders(Receiver receiver) {
        return receiver.calls().stream()
                .map(call -> JSON.readTree(call.body()).path("order_id").asLong())
                .filter(order -> order > 0)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("com.comptappart.webhook.EventTypes#known")
    void a_sample_is_the_published_body_of_an_order_that_there_is_not(String type) {
        try (var receiver = Receiver.answering(200)) {
            var endpoint =
                    webhooks.endpoint(webhooks.partner(), receiver.url("/sample")).endpoint();

            var tried = ended(HUB.bean(Certifications.class).send(endpoint, type, "key_test"));

            assertThat(tried.run().passed()).isTrue();
            assertThat(HUB.bean(Certifications.class).certified(endpoint.partner())).isEmpty();
            assertThat(receiver.calls()).hasSize(1);
            assertThat(masked(receiver.calls().getFirst().body()))
                    .isEqualTo(masked(Payloads.sent(type)));
            assertThat(Certifications.sample(type)).isEqualTo(Payloads.published(type).strip());
        }
    }

    private static String masked(String body) {
        return body.replaceAll("(event_id|timestamp|environment)\":\"[^\"]*", "$1")
                .replaceAll("order_id\":[0-9]+", "order_id")
                .replaceAll("TEST-(FQCA|ACA)-[0-9]+|(FQCA|ACA)-[0-9]+-[0-9]+", "number");
    }

    @Test
    void one_endpoint_is_tried_once_at_a_time_and_only_in_test() {
        try (var receiver =
                new Receiver((exchange, _) -> {
                    sleep(Duration.ofSeconds(2));
                    Receiver.answer(exchange, 200, "");
                })) {
            var certifications = HUB.bean(Certifications.class);
            var partner = webhooks.partner();
            var endpoint = webhooks.endpoint(partner, receiver.url("/slow")).endpoint();
            certifications.start(endpoint, "key_test");
            assertThatThrownBy(() -> certifications.start(endpoint, "key_test"))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused ->
                                    assertThat(refused.code()).isEqualTo("certification_running"));
            var live =
                    webhooks.endpoints
                            .create(
                                    partner,
                                    Environment.PRODUCTION,
                                    new Endpoints.Wish(
                                            receiver.url("/live"), null, null, null, null))
                            .endpoint();
            assertThatThrownBy(() -> certifications.start(live, "key_test"))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused ->
                                    assertThat(refused.code()).isEqualTo("endpoint_not_of_test"));
        }
    }

    @Test
    void a_run_whose_node_died_is_shown_as_interrupted_and_can_be_started_again() {
        try (var receiver = Receiver.answering(200)) {
            var certifications = HUB.bean(Certifications.class);
            var endpoint = webhooks.endpoint(webhooks.partner(), receiver.url("/again")).endpoint();
            var run = certify(endpoint).run();
            HUB.jdbc()
                    .sql(
                            """
                            update webhook_certification
                            set state = 'running', lease = gen_random_uuid(), lease_until = now() - interval '1 s', ended_at = null
                            where certification_id = :id
                            """)
                    .param("id", run.id())
                    .update();

            assertThat(certifications.find(run.partner(), run.id()))
                    .map(Certification::state)
                    .contains(Certification.State.INTERRUPTED);
            assertThat(certify(endpoint).run().state()).isEqualTo(Certification.State.DONE);
        }
    }

    @Test
    void a_certification_of_another_address_certifies_nothing() {
        var careful = new Careful();
        try (var server = careful.server) {
            var endpoint = of(careful, webhooks.partner());
            certify(endpoint);
            webhooks.endpoints.update(
                    endpoint, new Endpoints.Wish(server.url("/moved"), null, null, null, null));
            assertThat(HUB.bean(Certifications.class).certified(endpoint.partner())).isEmpty();
        }
    }

    @Test
    void a_hub_that_stops_in_the_middle_says_so_and_starts_again_when_asked() {
        var began = new CountDownLatch(1);
        try (var hub = new HubForTests().start();
                var receiver =
                        new Receiver((exchange, _) -> {
                            began.countDown();
                            sleep(Duration.ofSeconds(5));
                            Receiver.answer(exchange, 200, "");
                        })) {
            var there = new WebhooksForTests(hub);
            var endpoint = there.endpoint(there.partner(), receiver.url("/slow")).endpoint();
            var run = hub.bean(Certifications.class).start(endpoint, "key_test");
            eventually(began::getCount, left -> left == 0);
            hub.stop().start();

            var certifications = hub.bean(Certifications.class);
            assertThat(certifications.find(run.partner(), run.id()))
                    .map(Certification::state)
                    .contains(Certification.State.INTERRUPTED);
            assertThat(certifications.start(endpoint, "key_test").state())
                    .isEqualTo(Certification.State.WAITING);
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
