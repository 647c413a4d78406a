package com.comptappart.webhook;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes on one database, and endpoints that keep failing or ask to be left alone. */
class CircuitTest {

    private static final int ENOUGH = 10;
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private static HubForTests hub;
    private static HubForTests other;
    private static WebhooksForTests webhooks;

    @BeforeAll
    static void start() {
        hub = node(new HubForTests());
        webhooks = new WebhooksForTests(hub);
        other = node(hub.twin());
    }

    private static HubForTests node(HubForTests node) {
        return node.withInventedOrders()
                .with("comptappart.webhook.retrydelays", "300ms,300ms,300ms,300ms,300ms,300ms")
                .with("comptappart.webhook.circuit.failures", Integer.toString(ENOUGH))
                .with("comptappart.webhook.circuit.after", "0s")
                .with("comptappart.webhook.circuit.shortest", SHORTEST.toMillis() + "ms")
                .with("comptappart.webhook.circuit.longest", LONGEST.toMillis() + "ms")
                .start();
    }

    @AfterAll
    static void stop() {
        other.close();
        hub.close();
    }

    @Test
    void an_endpoint_that_keeps_failing_is_left_alone_then_asked_by_one_call_of_all_nodes() {
        var well = new AtomicBoolean();
        try (var receiver = new Receiver((exchange, _) -> answer(exchange, well))) {
            var partner = webhooks.partner();
            var endpoint = webhooks.endpoint(partner, receiver.url("/hook")).endpoint();
            var facts = webhooks.owe(partner, 40);
            var opened = eventually(() -> webhooks.now(endpoint), CircuitTest::isOpen);
            Instant probeAt = probeAt(opened);
            pauseUntil(Instant.now().plusMillis(500));
            int before = receiver.calls().size();
            assertThat(before).isGreaterThanOrEqualTo(ENOUGH);
            var late = webhooks.owe(partner);
            pauseUntil(probeAt.minusMillis(100));
            assertThat(receiver.calls()).hasSize(before);
            var withheld = webhooks.now(late);
            assertThat(withheld.state()).isEqualTo(Notification.State.PENDING);
            assertThat(withheld.stage()).isEqualTo(Notification.Stage.PENDING);
            assertThat(withheld.attempts()).isZero();
            assertThat(withheld.reason()).contains("times in a row");
            assertThat(withheld.dueAt()).isEqualTo(probeAt);

            var again =
                    eventually(
                            () -> webhooks.now(endpoint),
                            each -> isOpen(each) && probeAt(each).isAfter(probeAt));
            assertThat(receiver.calls()).hasSize(before + 1);
            assertThat(Duration.between(probeAt, probeAt(again))).isGreaterThan(SHORTEST);
            assertThat(webhooks.now(late).attempts()).isZero();

            well.set(true);
            for (OwedNotification fact : facts) {
                webhooks.eventuallyIs(webhooks.of(fact).getFirst(), Notification.State.DELIVERED);
            }
            webhooks.eventuallyIs(late, Notification.State.DELIVERED);
            var closed = webhooks.now(endpoint);
            assertThat(closed.circuit()).isEqualTo(Endpoint.Circuit.CLOSED);
            assertThat(closed.nextProbeAt()).isNull();
            assertThat(receiver.calls()).hasSize(before + 1 + 41);
        }
    }

    @Test
    void a_hiccup_opens_nothing() {
        try (var receiver =
                new Receiver((exchange, before) ->
                        Receiver.answer(exchange, before < ENOUGH - 2 ? 500 : 200, ""))) {
            var partner = webhooks.partner();
            var endpoint = webhooks.endpoint(partner, receiver.url("/hook")).endpoint();
            for (OwedNotification fact : webhooks.owe(partner, 20)) {
                webhooks.eventuallyIs(webhooks.of(fact).getFirst(), Notification.State.DELIVERED);
            }
            assertThat(openings(endpoint)).isZero();
        }
    }

    @Test
    void the_time_that_nothing_is_sent_grows_up_to_its_limit() {
        try (var receiver = Receiver.answering(500)) {
            var partner = webhooks.partner();
            var endpoint = webhooks.endpoint(partner, receiver.url("/hook")).endpoint();
            webhooks.owe(partner, 12);
            eventually(() -> webhooks.now(endpoint), CircuitTest::isOpen);
            hub.jdbc()
                    .sql(
                            "update webhook_endpoint set openings = 50, open_until = now() where endpoint_id = :id")
                    .param("id", endpoint.id())
                    .update();
            var reopened = eventually(() -> webhooks.now(endpoint), _ -> openings(endpoint) == 51);
            assertThat(Duration.between(Instant.now(), probeAt(reopened)))
                    .isBetween(LONGEST.minusSeconds(2), LONGEST);
        }
    }

    @Test
    void a_ping_is_tried_although_the_circuit_is_open() {
        var well = new AtomicBoolean();
        try (var receiver = new Receiver((exchange, _) -> answer(exchange, well))) {
            var partner = webhooks.partner();
            var endpoint = webhooks.endpoint(partner, receiver.url("/hook")).endpoint();
            open(endpoint);
            well.set(true);
            var waiting = webhooks.owe(partner);
            pauseUntil(Instant.now().plusSeconds(1));
            assertThat(receiver.calls()).isEmpty();
            webhooks.eventuallyIs(webhooks.endpoints.ping(endpoint), Notification.State.DELIVERED);
            webhooks.eventuallyIs(waiting, Notification.State.DELIVERED);
        }
    }

    @Test
    void a_429_with_a_retry_after_holds_up_the_whole_endpoint_for_that_time() {
        try (var receiver =
                new Receiver((exchange, before) -> {
                    exchange.getResponseHeaders().set("Retry-After", "3");
                    Receiver.answer(exchange, before == 0 ? 429 : 200, "");
                })) {
            var partner = webhooks.partner();
            var endpoint = webhooks.endpoint(partner, receiver.url("/hook")).endpoint();
            var first = webhooks.owe(partner);
            webhooks.eventuallyTried(first, 1);
            var second = webhooks.owe(partner);
            var slowed = webhooks.now(endpoint);
            assertThat(slowed.circuit()).isEqualTo(Endpoint.Circuit.CLOSED);
            assertThat(slowed.slowedUntil()).isNotNull();
            var waiting = webhooks.now(second);
            assertThat(waiting.reason()).contains("Retry-After");
            assertThat(waiting.dueAt()).isEqualTo(slowed.slowedUntil());
            webhooks.eventuallyIs(second, Notification.State.DELIVERED);
            webhooks.eventuallyIs(first, Notification.State.DELIVERED);
            var calls = receiver.calls();
            assertThat(Duration.ofNanos(calls.get(1).nanos() - calls.get(0).nanos()))
                    .isGreaterThan(Duration.ofMillis(2_900));
            assertThat(webhooks.now(second).attempts()).isEqualTo(1);
        }
    }

    /** As if it had failed for long: nothing is sent for an hour. */
    static void open(Endpoint endpoint) {
        hub.jdbc()
                .sql(
                        """
                        update webhook_endpoint
                        set failures = 10, openings = 1, failing_since = now(), open_until = now() + interval '1 hour'
                        where endpoint_id = :id
                        """)
                .param("id", endpoint.id())
                .update();
    }

    private static int openings(Endpoint endpoint) {
        return hub.jdbc()
                .sql("select openings from webhook_endpoint where endpoint_id = :id")
                .param("id", endpoint.id())
                .query(Integer.class)
                .single();
    }

    private static boolean isOpen(Endpoint endpoint) {
        return endpoint.circuit() == Endpoint.Circuit.OPEN;
    }

    private static Instant probeAt(Endpoint endpoint) {
        var at = endpoint.nextProbeAt();
        assertThat(at).isNotNull();
        return at == null ? Instant.EPOCH : at;
    }

    private static void answer(HttpExchange exchange, AtomicBoolean well) throws IOException {
        Receiver.answer(exchange, well.get() ? 200 : 500, "");
    }

    private static void pauseUntil(Instant time) {
        try {
            Thread.sleep(Duration.between(Instant.now(), time));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
