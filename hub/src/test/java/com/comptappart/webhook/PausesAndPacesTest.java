package com.comptappart.webhook;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.testing.HubForTests;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a partner sets of how it is called, on two nodes. */
class PausesAndPacesTest {

    private static HubForTests hub;
    private static HubForTests other;
    private static WebhooksForTests webhooks;

    @BeforeAll
    static void start() {
        hub = new HubForTests().withInventedOrders().start();
        webhooks = new WebhooksForTests(hub);
        other = hub.twin().withInventedOrders().start();
    }

    @AfterAll
    static void stop() {
        other.close();
        hub.close();
    }

    @ParameterizedTest
    @CsvSource({"5, 25", "40, 200", "400, 2000"})
    void no_second_has_more_calls_than_the_limit_of_all_nodes(int perSecond, int count) {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            webhooks.endpoints.create(partner, Environment.STAGING, wish(receiver, perSecond));
            webhooks.owe(partner, count);
            eventually(receiver::calls, count);
            var times = receiver.calls().stream().map(Receiver.Call::nanos).sorted().toList();
            assertThat(mostWithinASecond(times)).isLessThanOrEqualTo(perSecond * 5 / 4 + 1);
            var whole = Duration.ofNanos(times.getLast() - times.getFirst());
            assertThat(whole.toMillis()).isBetween(count * 900L / perSecond, 20_000L);
        }
    }

    @Test
    void a_limit_that_is_taken_away_holds_up_nothing() {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var endpoint =
                    webhooks.endpoints
                            .create(partner, Environment.STAGING, wish(receiver, 1))
                            .endpoint();
            webhooks.owe(partner, 100);
            eventually(receiver::calls, 2);
            assertThat(receiver.calls()).hasSizeLessThan(20);
            var without = new Endpoints.Wish(null, null, null, null, null, null, 0);
            assertThat(webhooks.endpoints.update(endpoint, without).rateLimitPerSecond()).isNull();
            eventually(receiver::calls, 100);
        }
    }

    @Test
    void nothing_is_sent_to_a_paused_endpoint_and_what_is_held_says_why_and_goes_out_on_resume() {
        try (var receiver =
                new Receiver((exchange, _) -> {
                    pause(Duration.ofMillis(100));
                    Receiver.answer(exchange, 200, "");
                })) {
            var partner = webhooks.partner();
            var endpoint = webhooks.endpoint(partner, receiver.url("/hook")).endpoint();
            var facts = webhooks.owe(partner, 400);
            eventually(receiver::calls, 10);
            var paused = webhooks.endpoints.pause(endpoint);
            assertThat(paused.state()).isEqualTo(Endpoint.State.PAUSED);
            pause(Duration.ofMillis(1_500));
            int before = receiver.calls().size();
            assertThat(before).isLessThan(400);
            var late = webhooks.owe(partner);
            assertThat(late.state()).isEqualTo(Notification.State.HELD);
            assertThat(late.reason()).isEqualTo("the endpoint is paused");
            var waiting =
                    facts.stream()
                            .map(fact -> webhooks.of(fact).getFirst())
                            .filter(each -> each.state() != Notification.State.DELIVERED)
                            .toList();
            for (Notification each : waiting) {
                var held = webhooks.eventuallyIs(each, Notification.State.HELD);
                assertThat(held.reason()).isEqualTo("the endpoint is paused");
                assertThat(held.attempts()).isZero();
            }
            assertThat(receiver.calls()).hasSize(before);

            webhooks.endpoints.resume(endpoint);
            webhooks.eventuallyIs(late, Notification.State.DELIVERED);
            for (Notification each : waiting) {
                webhooks.eventuallyIs(each, Notification.State.DELIVERED);
            }
            assertThat(receiver.calls())
                    .hasSize(401)
                    .extracting(Receiver.Call::id)
                    .doesNotHaveDuplicates();
        }
    }

    private static Endpoints.Wish wish(Receiver receiver, int perSecond) {
        return new Endpoints.Wish(receiver.url("/hook"), null, null, null, null, null, perSecond);
    }

    private static int mostWithinASecond(List<Long> times) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < times.size(); last++) {
            while (times.get(last) - times.get(first) >= Duration.ofSeconds(1).toNanos()) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
