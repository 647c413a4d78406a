package com.comptappart.webhook;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Money;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.testing.HubForTests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What an endpoint did not get goes out again: once, at its pace, until somebody stops it. */
class RecoveriesTest {

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

    /** An endpoint that refused so many notifications for good, and takes everything from now. */
    private static Endpoint failed(Receiver receiver, PartnerId partner, int count) {
        var endpoint = webhooks.endpoint(partner, receiver.url("/" + partner)).endpoint();
        webhooks.owe(partner, count);
        eventually(() -> count(partner, "delivered"), all -> all == count);
        hub.jdbc()
                .sql(
                        """
                        update webhook_notification
                        set state = 'failed', reason = 'the partner answered 400', ended_at = now(), lease = null
                        where partner_id = :partner
                        """)
                .param("partner", partner.value())
                .update();
        return endpoint;
    }

    private static long count(PartnerId partner, String state) {
        return hub.jdbc()
                .sql(
                        "select count(*) from webhook_notification where partner_id = :partner and state = :state")
                .param("partner", partner.value())
                .param("state", state)
                .query(Long.class)
                .single();
    }

    private static List<String> sentAgain(PartnerId partner) {
        return hub.jdbc()
                .sql(
                        """
                        select a.notification_id from webhook_attempt a
                        where a.partner_id = :partner and a.asked_by = 'key_test'
                        """)
                .param("partner", partner.value())
                .query(String.class)
                .list();
    }

    @Test
    void what_failed_goes_out_again_once_and_the_recovery_tells_how_far_it_is() {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var endpoint = failed(receiver, partner, 30);
            var recovery = webhooks.recover(endpoint);
            assertThat(recovery.id()).startsWith("rec_");
            assertThat(recovery.wanted()).isEqualTo(30);
            var done = webhooks.eventuallyIs(recovery, Recovery.State.DONE);
            assertThat(done.done()).isEqualTo(30);
            assertThat(done.left()).isZero();
            assertThat(done.askedBy()).isEqualTo("key_test");
            assertThat(done.endedAt()).isNotNull();
            eventually(() -> count(partner, "delivered"), all -> all == 30);
            assertThat(sentAgain(partner)).hasSize(30).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_dry_run_counts_notifications_orders_and_amounts_and_changes_nothing() {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var endpoint = failed(receiver, partner, 0);
            var facts =
                    List.of(
                            worth(partner, 1, "order.created", "99.99", "EUR"),
                            worth(partner, 2, "order.renewed", "1200", "JPY"),
                            worth(partner, 3, "order.created", "0.01", "EUR"));
            webhooks.owe(facts);
            facts.forEach(fact -> eventually(() -> webhooks.of(fact), 1));
            webhooks.eventuallyIs(
                    webhooks.of(facts.get(2)).getFirst(), Notification.State.DELIVERED);
            hub.jdbc()
                    .sql(
                            """
                            update webhook_notification set state = 'failed', ended_at = now(), lease = null
                            where partner_id = :partner and order_id in (90000001, 90000002)
                            """)
                    .param("partner", partner.value())
                    .update();
            var found =
                    hub.bean(Recoveries.class)
                            .found(endpoint, WebhooksForTests.wish(10, Recovery.Status.FAILED));
            assertThat(found.count()).isEqualTo(2);
            assertThat(found.of("failed")).isEqualTo(2);
            assertThat(found.orders()).isEqualTo(2);
            assertThat(found.amounts())
                    .containsExactly(
                            new Money(9_999, Currency.EUR), new Money(1_200, new Currency("JPY")));
            assertThat(found.isMore()).isFalse();
            assertThat(count(partner, "failed")).isEqualTo(2);
        }
    }

    private static OwedNotification worth(
            PartnerId partner, long order, String type, String total, String currency) {
        var fact = WebhooksForTests.fact(partner, 90_000_000 + order, type);
        return new OwedNotification(
                partner,
                fact.environment(),
                fact.order(),
                type,
                fact.eventId(),
                "{\"order\":{\"total_amount\":" + total + ",\"currency\":\"" + currency + "\"}}",
                fact.occurredAt());
    }

    @Test
    void it_goes_no_faster_than_it_was_asked_to() {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var endpoint = failed(receiver, partner, 60);
            long start = System.nanoTime();
            var recovery = webhooks.recover(endpoint, 20, Recovery.Status.FAILED);
            webhooks.eventuallyIs(recovery, Recovery.State.DONE);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThan(Duration.ofSeconds(2));
            eventually(() -> count(partner, "delivered"), all -> all == 60);
            assertThat(sentAgain(partner)).hasSize(60).doesNotHaveDuplicates();
        }
    }

    @Test
    void the_same_again_while_it_runs_is_refused_and_names_the_one_that_runs() {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var endpoint = failed(receiver, partner, 60);
            var running = webhooks.recover(endpoint, 10, Recovery.Status.FAILED);
            assertThatThrownBy(() -> webhooks.recover(endpoint, 10, Recovery.Status.FAILED))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining(running.id());
            webhooks.eventuallyIs(running, Recovery.State.DONE);
            webhooks.eventuallyIs(
                    webhooks.recover(endpoint, 10, Recovery.Status.FAILED), Recovery.State.DONE);
        }
    }

    @Test
    void a_stopped_one_sends_nothing_more_and_what_it_sent_stays_sent() {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var endpoint = failed(receiver, partner, 50);
            var recovery = webhooks.recover(endpoint, 10, Recovery.Status.FAILED);
            eventually(() -> webhooks.now(recovery), each -> each.done() >= 10);
            var stopped = hub.bean(Recoveries.class).stop(recovery);
            assertThat(stopped.state()).isEqualTo(Recovery.State.STOPPED);
            assertThat(stopped.left()).isEqualTo(50 - stopped.done()).isPositive();
            eventually(() -> count(partner, "delivered"), all -> all == stopped.done());
            pause(Duration.ofMillis(1_500));
            assertThat(count(partner, "failed")).isEqualTo(stopped.left());
            assertThat(hub.bean(Recoveries.class).stop(stopped).state())
                    .as("stopping again changes nothing")
                    .isEqualTo(Recovery.State.STOPPED);

            var rest = webhooks.eventuallyIs(webhooks.recover(endpoint), Recovery.State.DONE);
            assertThat(rest.done()).isEqualTo(stopped.left());
            eventually(() -> count(partner, "delivered"), all -> all == 50);
            assertThat(sentAgain(partner)).hasSize(50).doesNotHaveDuplicates();
        }
    }

    @Test
    void an_endpoint_that_is_deleted_in_the_middle_ends_it_and_nothing_stays_due() {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var endpoint = failed(receiver, partner, 40);
            var recovery = webhooks.recover(endpoint, 10, Recovery.Status.FAILED);
            eventually(() -> webhooks.now(recovery), each -> each.done() >= 10);
            webhooks.endpoints.delete(endpoint);
            var ended = webhooks.eventuallyIs(recovery, Recovery.State.STOPPED);
            assertThat(ended.reason()).contains("deleted");
            eventually(() -> count(partner, "pending"), all -> all == 0);
            assertThat(
                            count(partner, "failed")
                                    + count(partner, "held")
                                    + count(partner, "delivered"))
                    .isEqualTo(40);
        }
    }

    @Test
    void one_of_an_endpoint_that_is_disabled_waits_and_says_so() {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var endpoint = failed(receiver, partner, 40);
            var recovery = webhooks.recover(endpoint, 10, Recovery.Status.FAILED);
            eventually(() -> webhooks.now(recovery), each -> each.done() >= 10);
            new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                    .executeWithoutResult(_ ->
                            hub.bean(HeldNotifications.class)
                                    .disable(partner, endpoint.id(), "test"));
            var waits = eventually(() -> webhooks.now(recovery), each -> !each.reason().isEmpty());
            assertThat(waits.state()).isEqualTo(Recovery.State.RUNNING);
            assertThat(waits.reason()).contains("disabled");
            assertThatThrownBy(() -> webhooks.recover(webhooks.now(endpoint)))
                    .isInstanceOf(Refused.class);
            hub.bean(Recoveries.class).stop(recovery);
        }
    }

    @Test
    void two_at_once_on_two_nodes_send_each_notification_once() {
        try (var receiver = Receiver.answering(200);
                var other = new WebhooksForTests(hub.twin().withInventedOrders().start()).hub) {
            var partner = webhooks.partner();
            var endpoint = failed(receiver, partner, 400);
            var first =
                    CompletableFuture.supplyAsync(
                            () -> webhooks.recover(endpoint, 90, Recovery.Status.FAILED));
            var second =
                    CompletableFuture.supplyAsync(() ->
                            new WebhooksForTests(other)
                                    .recover(endpoint, 70, Recovery.Status.FAILED));
            long done =
                    webhooks.eventuallyIs(first.join(), Recovery.State.DONE).done()
                            + webhooks.eventuallyIs(second.join(), Recovery.State.DONE).done();
            assertThat(done).isEqualTo(400);
            eventually(() -> count(partner, "delivered"), all -> all == 400);
            assertThat(sentAgain(partner)).hasSize(400).doesNotHaveDuplicates();
        }
    }

    @Test
    void two_workers_on_one_recovery_never_do_the_same_batch() throws Exception {
        try (var receiver = Receiver.answering(200);
                var idle =
                        hub.twin()
                                .withInventedOrders()
                                .with("comptappart.workers", "false")
                                .start()) {
            var partner = webhooks.partner();
            var endpoint = failed(receiver, partner, 300);
            var recovery = webhooks.recover(endpoint, 1_000, Recovery.Status.FAILED);
            var batches = idle.bean(RecoveryBatches.class);
            var workers = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < 8; i++) {
                workers.add(CompletableFuture.runAsync(batches::next));
            }
            workers.forEach(CompletableFuture::join);
            assertThat(webhooks.eventuallyIs(recovery, Recovery.State.DONE).done()).isEqualTo(300);
            eventually(() -> count(partner, "delivered"), all -> all == 300);
            assertThat(sentAgain(partner)).hasSize(300).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_batch_that_dies_before_its_commit_is_done_again_and_one_after_it_is_not() {
        try (var receiver = Receiver.answering(200);
                var idle =
                        hub.twin()
                                .withInventedOrders()
                                .with("comptappart.workers", "false")
                                .start()) {
            var partner = webhooks.partner();
            var endpoint = failed(receiver, partner, 25);
            var transaction = new TransactionTemplate(idle.bean(PlatformTransactionManager.class));
            var recovery = webhooks.recover(endpoint, 10, Recovery.Status.FAILED);
            transaction.executeWithoutResult(status -> {
                idle.bean(RecoveryBatches.class).next();
                status.setRollbackOnly();
            });
            assertThat(webhooks.eventuallyIs(recovery, Recovery.State.DONE).done()).isEqualTo(25);
            eventually(() -> count(partner, "delivered"), all -> all == 25);
            assertThat(sentAgain(partner)).hasSize(25).doesNotHaveDuplicates();
        }
    }

    @Test
    void what_was_never_owed_to_an_endpoint_is_owed_once_with_the_same_event_and_body() {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            webhooks.endpoint(partner, receiver.url("/old"));
            var facts = webhooks.owe(partner, 20);
            facts.forEach(fact ->
                    webhooks.eventuallyIs(
                            webhooks.of(fact).getFirst(), Notification.State.DELIVERED));
            var late = webhooks.endpoint(partner, receiver.url("/late")).endpoint();
            var recoveries = hub.bean(Recoveries.class);
            var wish = WebhooksForTests.wish(100, Recovery.Status.MISSING);
            assertThat(recoveries.found(late, wish).of("missing")).isEqualTo(20);
            assertThat(receiver.of("/late")).isEmpty();

            var first = webhooks.recover(late, 100, Recovery.Status.MISSING);
            var second = webhooks.recover(late, 99, Recovery.Status.MISSING);
            long done =
                    webhooks.eventuallyIs(first, Recovery.State.DONE).done()
                            + webhooks.eventuallyIs(second, Recovery.State.DONE).done();
            assertThat(done).isEqualTo(20);
            eventually(() -> receiver.of("/late"), 20);
            pause(Duration.ofMillis(700));
            assertThat(bodies(receiver, "/late")).hasSize(20).isEqualTo(bodies(receiver, "/old"));
            assertThat(receiver.of("/late")).hasSize(20);
            assertThat(receiver.of("/old")).as("nobody else is told again").hasSize(20);
            assertThat(recoveries.found(late, wish).count()).isZero();
        }
    }

    private static HashSet<String> bodies(Receiver receiver, String path) {
        return receiver.of(path).stream()
                .map(Receiver.Call::body)
                .collect(Collectors.toCollection(HashSet::new));
    }

    @Test
    void thousands_that_were_held_go_out_in_batches_once_their_endpoint_is_enabled() {
        try (var receiver = Receiver.answering(200);
                var idle =
                        new HubForTests()
                                .withInventedOrders()
                                .with("comptappart.workers", "false")
                                .start()) {
            var quiet = new WebhooksForTests(idle);
            var partner = quiet.partner();
            var endpoint = quiet.endpoint(partner, receiver.url("/")).endpoint();
            var held = idle.bean(HeldNotifications.class);
            quiet.owe(partner, 12_000);
            new TransactionTemplate(idle.bean(PlatformTransactionManager.class))
                    .executeWithoutResult(_ -> held.disable(partner, endpoint.id(), "test"));
            while (held.sweep() > 0) {}
            quiet.endpoints.enable(endpoint);
            var left = new ArrayList<Long>();
            do {
                left.add(
                        idle.jdbc()
                                .sql(
                                        "select count(*) from webhook_notification where state = 'held'")
                                .query(Long.class)
                                .single());
            } while (held.sweep() > 0);
            assertThat(left).containsExactly(7_000L, 2_000L, 0L);
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
