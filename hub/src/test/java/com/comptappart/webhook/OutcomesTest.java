package com.comptappart.webhook;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomesTest {

    private static HubForTests hub;
    private static WebhooksForTests webhooks;

    @BeforeAll
    static void start() {
        hub =
                new HubForTests()
                        .withInventedOrders()
                        .with("comptappart.webhook.retrydelays", "300ms,300ms")
                        .with("comptappart.webhook.timeout", "2s")
                        .start();
        webhooks = new WebhooksForTests(hub);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void a_2xx_delivers(int status) {
        try (var receiver = new Receiver((exchange, _) -> Receiver.answer(exchange, status, ""))) {
            var notification = owed(receiver.url("/hook"));
            var ended = webhooks.eventuallyIs(notification, Notification.State.DELIVERED);
            assertThat(ended.attempts()).isEqualTo(1);
            assertThat(ended.endedAt()).isNotNull();
            assertThat(webhooks.notifications.attempts(ended))
                    .singleElement()
                    .satisfies(attempt -> {
                        assertThat(attempt.number()).isEqualTo(1);
                        assertThat(attempt.status()).isEqualTo(status);
                        assertThat(attempt.error()).isEmpty();
                        assertThat(attempt.url()).isEqualTo(receiver.url("/hook"));
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 408, 409, 425, 429, 500, 502, 503, 504, 599})
    void an_outage_is_retried_with_the_same_id_and_body(int status) {
        try (var receiver =
                new Receiver((exchange, before) -> {
                    exchange.getResponseHeaders().set("Location", "/elsewhere");
                    Receiver.answer(exchange, before == 0 ? status : 200, "");
                })) {
            var notification = owed(receiver.url("/hook"));
            var ended = webhooks.eventuallyIs(notification, Notification.State.DELIVERED);
            assertThat(ended.attempts()).isEqualTo(2);
            var calls = receiver.calls();
            assertThat(calls).hasSize(2).allMatch(call -> call.path().equals("/hook"));
            assertThat(calls).extracting(Receiver.Call::id).containsOnly(notification.id());
            assertThat(calls).extracting(Receiver.Call::body).containsOnly(notification.body());
            assertThat(calls.get(1).nanos() - calls.get(0).nanos())
                    .isGreaterThanOrEqualTo(Duration.ofMillis(265).toNanos());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 413, 415, 422, 451})
    void another_4xx_fails_for_good_at_once_and_can_be_replayed(int status) {
        try (var receiver = Receiver.answering(status, 200)) {
            var notification = owed(receiver.url("/hook"));
            var failed = webhooks.eventuallyIs(notification, Notification.State.FAILED);
            assertThat(failed.attempts()).isEqualTo(1);
            assertThat(failed.reason()).contains(Integer.toString(status));
            webhooks.notifications.replay(failed, "key_test");
            var ended = webhooks.eventuallyIs(notification, Notification.State.DELIVERED);
            assertThat(ended.attempts()).isEqualTo(2);
            assertThat(ended.reason()).isEmpty();
            assertThat(receiver.calls()).extracting(Receiver.Call::id).containsOnly(failed.id());
            assertThat(receiver.calls())
                    .extracting(Receiver.Call::body)
                    .containsOnly(failed.body());
        }
    }

    @Test
    void a_410_disables_the_endpoint_and_what_comes_later_is_held_until_it_is_enabled() {
        try (var receiver = Receiver.answering(410, 200)) {
            var partner = webhooks.partner();
            var endpoint = webhooks.endpoint(partner, receiver.url("/hook")).endpoint();
            var first = webhooks.owe(partner);
            var failed = webhooks.eventuallyIs(first, Notification.State.FAILED);
            assertThat(failed.reason()).contains("410");
            assertThat(webhooks.now(endpoint).enabled()).isFalse();
            assertThat(webhooks.now(endpoint).disabledReason()).contains("410");
            var second = webhooks.owe(partner);
            assertThat(second.state()).isEqualTo(Notification.State.HELD);
            assertThat(second.endpointId()).isEqualTo(endpoint.id());
            assertThat(second.reason()).contains("410");
            webhooks.endpoints.enable(endpoint);
            webhooks.eventuallyIs(second, Notification.State.DELIVERED);
            assertThat(webhooks.recover(webhooks.now(endpoint)).wanted()).isEqualTo(1);
            webhooks.eventuallyIs(first, Notification.State.DELIVERED);
        }
    }

    @Test
    void what_waits_for_another_try_goes_at_once_to_a_corrected_url() {
        try (var wrong = Receiver.answering(500);
                var right = Receiver.answering(200);
                var patient =
                        new HubForTests()
                                .withInventedOrders()
                                .with("comptappart.webhook.retrydelays", "1h")
                                .start()) {
            var hooks = new WebhooksForTests(patient);
            var partner = hooks.partner();
            var endpoint = hooks.endpoint(partner, wrong.url("/typo")).endpoint();
            var waiting = hooks.owe(partner);
            hooks.eventuallyTried(waiting, 1);
            hooks.endpoints.update(
                    endpoint, new Endpoints.Wish(right.url("/hook"), null, null, null, null));
            hooks.eventuallyIs(waiting, Notification.State.DELIVERED);
            assertThat(right.calls()).extracting(Receiver.Call::id).containsExactly(waiting.id());
        }
    }

    @Test
    void what_waits_behind_an_earlier_one_of_its_order_says_which_and_until_when() {
        try (var down = Receiver.answering(500);
                var patient =
                        new HubForTests()
                                .withInventedOrders()
                                .with("comptappart.webhook.retrydelays", "1h")
                                .start()) {
            var hooks = new WebhooksForTests(patient);
            var partner = hooks.partner();
            hooks.endpoint(partner, down.url("/hook"));
            var created = WebhooksForTests.fact(partner, 87_000_001, "order.created");
            hooks.owe(List.of(created));
            var first = hooks.eventuallyTried(hooks.of(created).getFirst(), 1);
            var renewed = WebhooksForTests.fact(partner, 87_000_001, "order.renewed");
            hooks.owe(List.of(renewed));
            var behind = hooks.of(renewed).getFirst();
            assertThat(behind.state()).isEqualTo(Notification.State.PENDING);
            assertThat(behind.reason()).contains("it waits for " + first.id());
            assertThat(behind.dueAt()).isEqualTo(first.dueAt()).isAfter(Instant.now());
            assertThat(hooks.now(behind)).isEqualTo(behind);
            assertThat(first.reason()).doesNotContain("waits for");
        }
    }

    @Test
    void an_answer_that_does_not_come_in_time_is_retried() {
        try (var receiver =
                new Receiver((exchange, before) -> {
                    if (before == 0) {
                        pause(Duration.ofSeconds(6));
                    }
                    Receiver.answer(exchange, 200, "");
                })) {
            var notification = owed(receiver.url("/hook"));
            var ended = webhooks.eventuallyIs(notification, Notification.State.DELIVERED);
            var first = webhooks.notifications.attempts(ended).getFirst();
            assertThat(first.status()).isZero();
            assertThat(first.error()).contains("2000 ms");
            assertThat(first.times().total().toMillis()).isBetween(1_990L, 5_000L);
        }
    }

    @Test
    void a_body_that_drips_beyond_the_time_limit_is_retried_whatever_its_status() {
        try (var receiver =
                new Receiver((exchange, before) -> {
                    exchange.sendResponseHeaders(200, 0);
                    for (int i = 0; before == 0 && i < 100; i++) {
                        exchange.getResponseBody().write('x');
                        exchange.getResponseBody().flush();
                        pause(Duration.ofMillis(50));
                    }
                })) {
            var notification = owed(receiver.url("/hook"));
            var ended = webhooks.eventuallyIs(notification, Notification.State.DELIVERED);
            var first = webhooks.notifications.attempts(ended).getFirst();
            assertThat(first.error()).contains("2000 ms");
            assertThat(first.times().total().toMillis()).isLessThan(4_900);
        }
    }

    @Test
    void a_closed_port_is_retried_to_the_end_of_the_schedule_then_visibly_failed() {
        var receiver = Receiver.answering(200);
        String url = receiver.url("/hook");
        receiver.close();
        var notification = owed(url);
        var failed = webhooks.eventuallyIs(notification, Notification.State.FAILED);
        assertThat(failed.attempts()).isEqualTo(3);
        assertThat(failed.reason()).contains("connection failed");
        assertThat(webhooks.notifications.attempts(failed))
                .extracting(Notification.Attempt::number)
                .containsExactly(1, 2, 3);
    }

    @Test
    void a_server_without_tls_behind_https_is_retried() throws IOException {
        try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> answerInClear(server));
            var notification = owed("https://127.0.0.1:" + server.getLocalPort() + "/hook");
            var tried = webhooks.eventuallyTried(notification, 1);
            assertThat(tried.reason()).contains("TLS failed");
            webhooks.endpoints.delete(
                    webhooks.endpoints
                            .find(tried.partner(), null, tried.endpointId())
                            .orElseThrow());
            webhooks.eventuallyIs(notification, Notification.State.HELD);
        }
    }

    private static void answerInClear(ServerSocket server) {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
                socket.getInputStream().read();
            } catch (IOException e) {
                return;
            }
        }
    }

    @Test
    void a_retry_after_is_honoured() {
        try (var receiver =
                new Receiver((exchange, _) -> {
                    exchange.getResponseHeaders().set("Retry-After", "3600");
                    Receiver.answer(exchange, 503, "");
                })) {
            var notification = owed(receiver.url("/hook"));
            var tried = webhooks.eventuallyTried(notification, 1);
            assertThat(tried.state()).isEqualTo(Notification.State.PENDING);
            assertThat(Duration.between(Instant.now(), tried.dueAt()))
                    .isBetween(Duration.ofMinutes(55), Duration.ofMinutes(60));
        }
    }

    @Test
    void an_endpoint_that_failed_for_5_days_is_disabled_and_its_notifications_are_kept() {
        try (var receiver = Receiver.answering(500)) {
            var partner = webhooks.partner();
            var endpoint = webhooks.endpoint(partner, receiver.url("/hook")).endpoint();
            hub.jdbc()
                    .sql(
                            "update webhook_endpoint set failing_since = now() - interval '121 hours' where endpoint_id = :id")
                    .param("id", endpoint.id())
                    .update();
            var notification = webhooks.owe(partner);
            eventually(() -> webhooks.now(endpoint), each -> !each.enabled());
            assertThat(webhooks.now(endpoint).disabledReason()).contains("5 days");
            webhooks.eventuallyIs(notification, Notification.State.HELD);
        }
    }

    @Test
    void a_success_ends_the_days_of_failing() {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var endpoint = webhooks.endpoint(partner, receiver.url("/hook")).endpoint();
            hub.jdbc()
                    .sql(
                            "update webhook_endpoint set failing_since = now() - interval '121 hours' where endpoint_id = :id")
                    .param("id", endpoint.id())
                    .update();
            webhooks.eventuallyIs(webhooks.owe(partner), Notification.State.DELIVERED);
            assertThat(webhooks.now(endpoint).enabled()).isTrue();
            assertThat(
                            hub.jdbc()
                                    .sql(
                                            "select count(*) from webhook_endpoint where endpoint_id = :id and failing_since is null")
                                    .param("id", endpoint.id())
                                    .query(Integer.class)
                                    .single())
                    .isEqualTo(1);
        }
    }

    private static Notification owed(String url) {
        var partner = webhooks.partner();
        webhooks.endpoint(partner, url);
        return webhooks.owe(partner);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
