package com.comptappart.webhook;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.PartnerId;
import com.comptappart.testing.HubForTests;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a deleted endpoint was owed waits for the next one, under the same id. */
class DeletedEndpointsTest {

    private static HubForTests hub;
    private static WebhooksForTests webhooks;

    @BeforeAll
    static void start() {
        hub =
                new HubForTests()
                        .withInventedOrders()
                        .with("comptappart.webhook.retrydelays", "1h")
                        .start();
        webhooks = new WebhooksForTests(hub);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void a_mistyped_endpoint_that_is_deleted_takes_no_order_with_it() {
        try (var wrong = Receiver.answering(500);
                var right = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var orders = List.of(webhooks.owe(partner), webhooks.owe(partner));
            var mistyped = webhooks.endpoint(partner, wrong.url("/typo")).endpoint();
            orders.forEach(each -> webhooks.eventuallyTried(each, 1));
            webhooks.endpoints.delete(mistyped);
            for (Notification each : orders) {
                var held = webhooks.eventuallyIs(each, Notification.State.HELD);
                assertThat(held.endpointId()).isEmpty();
                assertThat(held.reason()).isEqualTo("no endpoint wants it");
            }
            webhooks.endpoint(partner, right.url("/hook"));
            orders.forEach(each -> webhooks.eventuallyIs(each, Notification.State.DELIVERED));
            assertThat(right.calls())
                    .extracting(Receiver.Call::id)
                    .containsExactlyInAnyOrderElementsOf(
                            orders.stream().map(Notification::id).toList());
        }
    }

    @Test
    void what_waits_for_a_paused_one_and_the_order_of_an_order_outlive_it_too() {
        try (var right = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var paused = webhooks.endpoint(partner, right.url("/old")).endpoint();
            webhooks.endpoints.pause(paused);
            var created = WebhooksForTests.fact(partner, 88_000_001, "order.created");
            var renewed = WebhooksForTests.fact(partner, 88_000_001, "order.renewed");
            webhooks.owe(List.of(created));
            webhooks.owe(List.of(renewed));
            webhooks.endpoints.delete(paused);
            webhooks.endpoint(partner, right.url("/new"));
            eventually(() -> right.of("/new"), 2);
            assertThat(right.of("/new"))
                    .extracting(Receiver.Call::id)
                    .containsExactly(
                            webhooks.of(created).getFirst().id(),
                            webhooks.of(renewed).getFirst().id());
            assertThat(right.of("/old")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    void a_call_in_flight_ends_first_and_only_one_that_failed_goes_to_the_next_endpoint(int status)
            throws Exception {
        var called = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        try (var slow =
                        new Receiver((exchange, _) -> {
                            called.countDown();
                            await(answer);
                            Receiver.answer(exchange, status, "");
                        });
                var right = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var old = webhooks.endpoint(partner, slow.url("/slow")).endpoint();
            var order = webhooks.owe(partner);
            assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
            webhooks.endpoints.delete(old);
            var next = webhooks.endpoint(partner, right.url("/hook")).endpoint();
            answer.countDown();
            var taken = webhooks.eventuallyIs(order, Notification.State.DELIVERED);
            boolean failed = status == 500;
            assertThat(taken.endpointId()).isEqualTo(failed ? next.id() : old.id());
            assertThat(right.calls())
                    .extracting(Receiver.Call::id)
                    .containsExactlyElementsOf(failed ? List.of(order.id()) : List.of());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void what_another_endpoint_was_owed_as_well_ends_visibly_and_two_deleted_at_once_keep_one() {
        try (var down = Receiver.answering(500);
                var right = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var first = webhooks.endpoint(partner, down.url("/1")).endpoint();
            var second = webhooks.endpoint(partner, down.url("/2")).endpoint();
            var third = webhooks.endpoint(partner, down.url("/3")).endpoint();
            var fact = webhooks.owe(partner, 1).getFirst();
            webhooks.of(fact).forEach(each -> webhooks.eventuallyTried(each, 1));
            webhooks.endpoints.delete(first);
            var ended = webhooks.of(fact).getFirst();
            assertThat(ended.state()).isEqualTo(Notification.State.FAILED);
            assertThat(ended.reason()).isEqualTo("the endpoint was deleted");
            List.of(second, third).stream()
                    .map(each -> CompletableFuture.runAsync(() -> webhooks.endpoints.delete(each)))
                    .toList()
                    .forEach(CompletableFuture::join);
            eventually(() -> states(fact), all -> all.contains(Notification.State.HELD));
            webhooks.endpoint(partner, right.url("/hook"));
            eventually(() -> states(fact), all -> all.contains(Notification.State.DELIVERED));
            assertThat(right.calls()).hasSize(1);
        }
    }

    private static List<Notification.State> states(OwedNotification fact) {
        return webhooks.of(fact).stream().map(Notification::state).toList();
    }

    @Test
    void recovering_an_endpoint_sends_what_failed_at_deleted_ones_and_nobody_took() {
        try (var refusing = Receiver.answering(400);
                var right = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var old = webhooks.endpoint(partner, refusing.url("/old")).endpoint();
            var ping = webhooks.endpoints.ping(old);
            var lost = owedAndFailed(partner, 3);
            webhooks.eventuallyIs(ping, Notification.State.FAILED);
            webhooks.endpoints.delete(old);
            var next = webhooks.endpoint(partner, right.url("/hook")).endpoint();
            var wish = WebhooksForTests.wish(2, Recovery.Status.FAILED, Recovery.Status.HELD);
            var found = hub.bean(Recoveries.class).found(next, wish);
            assertThat(found.of("failed"))
                    .as("the ping is nothing that anybody lacks")
                    .isEqualTo(3);
            assertThat(found.orders()).isEqualTo(3);
            var recovery = webhooks.recover(next, 2, Recovery.Status.FAILED, Recovery.Status.HELD);
            assertThat(webhooks.eventuallyIs(recovery, Recovery.State.DONE).done()).isEqualTo(3);
            lost.forEach(each -> webhooks.eventuallyIs(each, Notification.State.DELIVERED));
            assertThat(right.calls())
                    .extracting(Receiver.Call::id)
                    .containsExactlyInAnyOrderElementsOf(
                            lost.stream().map(Notification::id).toList());
            assertThat(hub.bean(Recoveries.class).found(next, wish).count()).isZero();
        }
    }

    private static List<Notification> owedAndFailed(PartnerId partner, int count) {
        var owed =
                webhooks.owe(partner, count).stream()
                        .map(fact -> webhooks.of(fact).getFirst())
                        .toList();
        owed.forEach(each -> webhooks.eventuallyIs(each, Notification.State.FAILED));
        return owed;
    }
}
