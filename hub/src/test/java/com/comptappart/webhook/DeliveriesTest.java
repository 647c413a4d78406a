package com.comptappart.webhook;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.testing.HubForTests;
import com.standardwebhooks.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class DeliveriesTest {

    private static HubForTests hub;
    private static WebhooksForTests webhooks;

    @BeforeAll
    static void start() {
        hub =
                new HubForTests()
                        .withInventedOrders()
                        .with("comptappart.webhook.retrydelays", "400ms,400ms,400ms")
                        .start();
        webhooks = new WebhooksForTests(hub);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void somebody_elses_library_verifies_what_is_sent() throws Exception {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            String apiKey = "k".repeat(32);
            var made =
                    webhooks.endpoints.create(
                            partner,
                            Environment.STAGING,
                            new Endpoints.Wish(
                                    receiver.url("/hook?a=b"), apiKey, null, null, null));
            var notification = webhooks.owe(partner);
            webhooks.eventuallyIs(notification, Notification.State.DELIVERED);
            var call = receiver.calls().getFirst();
            new Webhook(made.secret()).verify(call.body(), call.headers());
            assertThat(call.path()).isEqualTo("/hook?a=b");
            assertThat(call.body()).isEqualTo(notification.body());
            assertThat(call.id()).isEqualTo(notification.id()).startsWith("msg_");
            assertThat(call.header("X-API-KEY")).isEqualTo(apiKey);
            assertThat(call.header("User-Agent")).isEqualTo("ComptAppart-Webhook/1.0");
            assertThat(call.header("Content-Type")).isEqualTo("application/json");
            assertThat(call.headers())
                    .doesNotContainKey("Accept-Encoding")
                    .doesNotContainKey("Cookie");
            assertThat(Long.parseLong(call.header("webhook-timestamp")))
                    .isCloseTo(
                            Instant.now().getEpochSecond(),
                            org.assertj.core.data.Offset.offset(20L));
        }
    }

    @Test
    void a_rotated_secret_signs_beside_the_new_one_until_its_time_is_over() throws Exception {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var made = webhooks.endpoint(partner, receiver.url("/hook"));
            var rotated = webhooks.endpoints.rotateSecret(made.endpoint(), Duration.ofHours(24));
            assertThat(rotated.endpoint().oldSecretUntil()).isNotNull();
            webhooks.eventuallyIs(webhooks.owe(partner), Notification.State.DELIVERED);
            var call = receiver.calls().getFirst();
            new Webhook(made.secret()).verify(call.body(), call.headers());
            new Webhook(rotated.secret()).verify(call.body(), call.headers());
            var last = webhooks.endpoints.rotateSecret(made.endpoint(), Duration.ZERO);
            assertThat(last.endpoint().oldSecretUntil()).isNull();
            webhooks.eventuallyIs(webhooks.owe(partner), Notification.State.DELIVERED);
            var second = receiver.calls().getLast();
            new Webhook(last.secret()).verify(second.body(), second.headers());
            assertThatThrownBy(() ->
                            new Webhook(rotated.secret()).verify(second.body(), second.headers()))
                    .hasMessageContaining("signature");
        }
    }

    @Test
    void a_ping_goes_to_its_endpoint_alone() throws Exception {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var made = webhooks.endpoint(partner, receiver.url("/one"));
            webhooks.endpoint(partner, receiver.url("/two"));
            var ping = webhooks.endpoints.ping(made.endpoint());
            webhooks.eventuallyIs(ping, Notification.State.DELIVERED);
            assertThat(receiver.calls()).extracting(Receiver.Call::path).containsExactly("/one");
            var call = receiver.calls().getFirst();
            new Webhook(made.secret()).verify(call.body(), call.headers());
            assertThat(call.body())
                    .matches(
                            "\\{\"event_type\":\"ping\",\"event_id\":\"evt_ping_[A-Za-z0-9]+\",\"timestamp\":\"[0-9T:-]+Z\"}");
        }
    }

    @Test
    void each_endpoint_gets_what_it_wants_once_however_often_it_is_owed() {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            webhooks.endpoint(partner, receiver.url("/default"));
            webhooks.endpoints.create(
                    partner,
                    Environment.STAGING,
                    new Endpoints.Wish(
                            receiver.url("/refunds"),
                            null,
                            List.of("order.refunded", "order.created"),
                            null,
                            null));
            webhooks.endpoints.create(
                    partner,
                    Environment.PRODUCTION,
                    new Endpoints.Wish(receiver.url("/production"), null, null, null, null));
            var created = WebhooksForTests.fact(partner, 900_001, "order.created");
            var refunded = WebhooksForTests.fact(partner, 900_001, "order.refunded");
            webhooks.owe(List.of(created, refunded));
            webhooks.owe(List.of(created, refunded));
            webhooks.owe(List.of(created));
            assertThat(webhooks.of(created)).hasSize(2);
            assertThat(webhooks.of(refunded)).hasSize(1);
            eventually(receiver::calls, 3);
            webhooks.eventuallyIs(webhooks.of(refunded).getFirst(), Notification.State.DELIVERED);
            assertThat(receiver.of("/default")).hasSize(1);
            assertThat(receiver.of("/refunds")).hasSize(2);
            assertThat(receiver.of("/production")).isEmpty();
        }
    }

    @Test
    void what_is_owed_to_a_partner_without_endpoint_is_held_and_goes_out_once_there_is_one() {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var held = webhooks.owe(partner);
            assertThat(held.state()).isEqualTo(Notification.State.HELD);
            assertThat(held.endpointId()).isEmpty();
            assertThatThrownBy(() -> webhooks.notifications.replay(held, "key_test"))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("no enabled endpoint");
            var unwanted = WebhooksForTests.fact(partner, 900_002, "order.refunded");
            webhooks.owe(List.of(unwanted));
            assertThat(webhooks.of(unwanted)).isEmpty();
            var made = webhooks.endpoint(partner, receiver.url("/hook"));
            var sent = webhooks.eventuallyIs(held, Notification.State.DELIVERED);
            assertThat(sent.endpointId()).isEqualTo(made.endpoint().id());
            assertThat(receiver.calls()).extracting(Receiver.Call::id).containsExactly(held.id());
        }
    }

    @Test
    void a_fact_that_is_owed_while_the_endpoint_is_being_made_is_not_forgotten() {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var held = webhooks.owe(partner);
            webhooks.endpoint(partner, receiver.url("/hook"));
            webhooks.eventuallyIs(held, Notification.State.DELIVERED);
            var late = webhooks.owe(webhooks.partner());
            // As if its transaction had begun before the endpoint was there and ended after.
            hub.jdbc()
                    .sql(
                            "update webhook_notification set partner_id = :partner where notification_id = :id")
                    .param("partner", partner.value())
                    .param("id", late.id())
                    .update();
            eventually(receiver::calls, 2);
            assertThat(receiver.calls()).extracting(Receiver.Call::id).contains(late.id());
        }
    }

    @Test
    void nobody_is_told_of_an_unassigned_order() {
        var fact = WebhooksForTests.fact(PartnerId.UNASSIGNED, 900_003, "order.created");
        webhooks.owe(List.of(fact));
        assertThat(webhooks.of(fact)).isEmpty();
    }

    @Test
    void notifications_of_one_order_wait_for_the_former_to_end() {
        try (var receiver = Receiver.answering(500, 500, 200)) {
            var partner = webhooks.partner();
            webhooks.endpoints.create(
                    partner,
                    Environment.STAGING,
                    new Endpoints.Wish(
                            receiver.url("/hook"),
                            null,
                            List.of("order.created", "order.refunded"),
                            null,
                            null));
            var created = WebhooksForTests.fact(partner, 900_004, "order.created");
            var refunded = WebhooksForTests.fact(partner, 900_004, "order.refunded");
            webhooks.owe(List.of(created, refunded));
            webhooks.eventuallyIs(webhooks.of(refunded).getFirst(), Notification.State.DELIVERED);
            assertThat(receiver.calls())
                    .extracting(Receiver.Call::body)
                    .containsExactly(
                            created.body(), created.body(), created.body(), refunded.body());
        }
    }

    @Test
    void an_endpoint_that_hangs_delays_nobody_else() {
        var end = new CountDownLatch(1);
        try (var hanging = new Receiver((exchange, _) -> await(end));
                var healthy = Receiver.answering(200)) {
            var slow = webhooks.partner();
            var fast = webhooks.partner();
            webhooks.endpoints.create(
                    slow,
                    Environment.STAGING,
                    new Endpoints.Wish(hanging.url("/hook"), null, null, null, 30));
            webhooks.endpoint(fast, healthy.url("/hook"));
            webhooks.owe(slow, 50);
            eventually(hanging::calls, 1);
            long start = System.nanoTime();
            webhooks.owe(fast, 50);
            eventually(healthy::calls, 50);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(10));
            assertThat(hanging.mostAtOnce()).isLessThanOrEqualTo(DueDeliveries.LANES_PER_ENDPOINT);
            end.countDown();
        }
    }

    @Test
    void a_dead_workers_delivery_comes_back_and_its_late_answer_changes_nothing() {
        var late = new CountDownLatch(1);
        try (var receiver =
                new Receiver((exchange, before) -> {
                    if (before == 0) {
                        await(late);
                        Receiver.answer(exchange, 400, "late");
                        return;
                    }
                    Receiver.answer(exchange, 200, "");
                })) {
            var partner = webhooks.partner();
            webhooks.endpoint(partner, receiver.url("/hook"));
            var notification = webhooks.owe(partner);
            eventually(receiver::calls, 1);
            hub.jdbc()
                    .sql(
                            "update webhook_notification set due_at = now() - interval '1 second' where notification_id = :id")
                    .param("id", notification.id())
                    .update();
            webhooks.eventuallyIs(notification, Notification.State.DELIVERED);
            late.countDown();
            // The late answer is recorded before what is owed after it.
            webhooks.eventuallyIs(webhooks.owe(partner), Notification.State.DELIVERED);
            var ended = webhooks.now(notification);
            assertThat(ended.state()).isEqualTo(Notification.State.DELIVERED);
            assertThat(ended.attempts()).isEqualTo(1);
        }
    }

    @Test
    void a_late_answer_leaves_no_attempt_even_where_it_is_recorded_with_the_right_one() {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var endpoint = webhooks.endpoint(partner, receiver.url("/hook")).endpoint();
            webhooks.eventuallyIs(webhooks.owe(partner), Notification.State.DELIVERED);
            var notification = webhooks.owe(partner);
            webhooks.eventuallyIs(notification, Notification.State.DELIVERED);
            var lease = UUID.randomUUID();
            hub.jdbc()
                    .sql(
                            """
                            update webhook_notification
                            set state = 'pending', ended_at = null, lease = :lease, due_at = now() + interval '1 minute'
                            where notification_id = :id
                            """)
                    .param("lease", lease)
                    .param("id", notification.id())
                    .update();
            hub.bean(FinishedDeliveries.class)
                    .record(
                            List.of(
                                    finished(endpoint, notification, UUID.randomUUID()),
                                    finished(endpoint, notification, lease)));
            assertThat(webhooks.now(notification).attempts()).isEqualTo(2);
            assertThat(webhooks.notifications.attempts(webhooks.now(notification))).hasSize(2);
        }
    }

    private static Finished finished(Endpoint endpoint, Notification notification, UUID lease) {
        var target =
                new Target(
                        endpoint.partner(),
                        endpoint.id(),
                        endpoint.url(),
                        List.of(),
                        null,
                        Duration.ofSeconds(1),
                        false,
                        false,
                        null);
        var delivery =
                new Delivery(
                        endpoint.partner(),
                        notification.id(),
                        notification.order(),
                        notification.body(),
                        1,
                        0,
                        lease,
                        null);
        return new Finished(
                target, delivery, new Answer(Instant.now(), 200, "", null, Transcript.EMPTY, null));
    }

    @Test
    void two_workers_deliver_each_notification_once_and_keep_the_limit_together() {
        var receivers = new ArrayList<Receiver>();
        var most = new AtomicInteger();
        try (var other = hub.twin().withInventedOrders().start()) {
            var facts = new ArrayList<OwedNotification>();
            for (int i = 0; i < 4; i++) {
                var receiver = counting(most);
                receivers.add(receiver);
                var partner = webhooks.partner();
                webhooks.endpoint(partner, receiver.url("/hook"));
                for (int order = 0; order < 50; order++) {
                    facts.add(
                            WebhooksForTests.fact(
                                    partner, 910_000 + i * 100 + order, "order.created"));
                }
            }
            webhooks.owe(facts);
            for (OwedNotification fact : facts) {
                var each =
                        webhooks.eventuallyIs(
                                webhooks.of(fact).getFirst(), Notification.State.DELIVERED);
                assertThat(each.attempts()).isEqualTo(1);
            }
            assertThat(other.port()).isPositive();
            assertThat(receivers)
                    .allSatisfy(receiver -> {
                        assertThat(receiver.calls())
                                .hasSize(50)
                                .extracting(Receiver.Call::id)
                                .doesNotHaveDuplicates();
                    });
            assertThat(most.get()).isBetween(2, DueDeliveries.LANES_PER_ENDPOINT);
        } finally {
            receivers.forEach(Receiver::close);
        }
    }

    @Test
    void what_was_being_sent_when_the_hub_stopped_is_sent_again_after_the_start() {
        var end = new CountDownLatch(1);
        try (var own = new HubForTests().withInventedOrders().start();
                var receiver =
                        new Receiver((exchange, before) -> {
                            if (before == 0) {
                                await(end);
                            }
                            Receiver.answer(exchange, 200, "");
                        })) {
            var first = new WebhooksForTests(own);
            var partner = first.partner();
            first.endpoint(partner, receiver.url("/hook"));
            var notification = first.owe(partner);
            eventually(receiver::calls, 1);
            long start = System.nanoTime();
            own.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(12));
            own.start();
            new WebhooksForTests(own).eventuallyIs(notification, Notification.State.DELIVERED);
            assertThat(receiver.calls())
                    .extracting(Receiver.Call::id)
                    .containsOnly(notification.id());
            end.countDown();
        }
    }

    @Test
    void lists_go_on_where_the_page_before_ended_and_show_a_partner_only_its_own() {
        var partner = webhooks.partner();
        var other = webhooks.partner();
        var facts = webhooks.owe(partner, 5);
        webhooks.owe(other, 2);
        var page =
                webhooks.notifications.list(
                        partner, Environment.STAGING, null, null, new PageRequest(3, null));
        assertThat(page.data())
                .extracting(Notification::eventId)
                .containsExactly(
                        facts.get(4).eventId(), facts.get(3).eventId(), facts.get(2).eventId());
        var rest =
                webhooks.notifications.list(
                        partner,
                        null,
                        Notification.Stage.HELD,
                        null,
                        new PageRequest(3, page.nextCursor()));
        assertThat(rest.data()).hasSize(2);
        assertThat(rest.nextCursor()).isNull();
        var feed = webhooks.notifications.feed(partner, null, new PageRequest(100, null));
        assertThat(feed.data())
                .extracting(Notification::eventId)
                .containsExactlyElementsOf(facts.stream().map(OwedNotification::eventId).toList());
        assertThat(webhooks.notifications.find(other, null, page.data().getFirst().id())).isEmpty();
        assertThat(
                        webhooks.notifications.find(
                                partner, Environment.PRODUCTION, page.data().getFirst().id()))
                .isEmpty();
        assertThat(webhooks.notifications.find(null, null, page.data().getFirst().id()))
                .isPresent();
        assertThatThrownBy(
                        () -> webhooks.notifications.feed(partner, null, new PageRequest(3, "x")))
                .isInstanceOf(Refused.class);
    }

    @Test
    void a_list_tells_what_is_being_sent_from_what_is_tried_again_and_pending_is_both() {
        var end = new CountDownLatch(1);
        try (var hanging = new Receiver((exchange, _) -> await(end))) {
            var partner = webhooks.partner();
            webhooks.endpoints.create(
                    partner,
                    Environment.STAGING,
                    new Endpoints.Wish(hanging.url("/hook"), null, null, null, 30));
            var sent = webhooks.owe(partner);
            eventually(hanging::calls, 1);
            assertThat(ids(partner, Notification.Stage.IN_FLIGHT)).containsExactly(sent.id());
            assertThat(ids(partner, Notification.Stage.RETRYING)).isEmpty();
            hub.jdbc()
                    .sql(
                            "update webhook_notification set lease = null, step = 1, due_at = now() + interval '1 hour' where notification_id = :id")
                    .param("id", sent.id())
                    .update();
            assertThat(ids(partner, Notification.Stage.IN_FLIGHT)).isEmpty();
            assertThat(ids(partner, Notification.Stage.RETRYING)).containsExactly(sent.id());
            assertThat(ids(partner, Notification.Stage.PENDING)).containsExactly(sent.id());
            assertThat(webhooks.now(sent).stage()).isEqualTo(Notification.Stage.RETRYING);
            assertThat(webhooks.now(sent).state()).isEqualTo(Notification.State.PENDING);
            end.countDown();
        }
    }

    private static List<String> ids(PartnerId partner, Notification.Stage stage) {
        return webhooks
                .notifications
                .list(partner, null, stage, null, new PageRequest(10, null))
                .data()
                .stream()
                .map(Notification::id)
                .toList();
    }

    @Test
    void an_endpoint_is_changed_listed_and_deleted() {
        try (var receiver = Receiver.answering(500, 200)) {
            var partner = webhooks.partner();
            var endpoint = webhooks.endpoint(partner, receiver.url("/hook")).endpoint();
            assertThat(endpoint.eventTypes()).containsExactly("order.created", "order.renewed");
            assertThat(endpoint.timeoutSeconds()).isEqualTo(10);
            assertThat(endpoint.hasApiKey()).isFalse();
            var changed =
                    webhooks.endpoints.update(
                            endpoint,
                            new Endpoints.Wish(null, "x".repeat(40), List.of("ping"), "Ours", 30));
            assertThat(changed.url()).isEqualTo(endpoint.url());
            assertThat(changed.hasApiKey()).isTrue();
            assertThat(changed.eventTypes()).containsExactly("ping");
            assertThat(changed.description()).isEqualTo("Ours");
            assertThat(changed.timeoutSeconds()).isEqualTo(30);
            assertThat(webhooks.endpoints.list(partner, null, new PageRequest(20, null)).data())
                    .extracting(Endpoint::id)
                    .containsExactly(endpoint.id());
            assertThat(webhooks.endpoints.find(webhooks.partner(), null, endpoint.id())).isEmpty();
            webhooks.endpoints.delete(endpoint);
            assertThat(webhooks.endpoints.find(partner, null, endpoint.id())).isEmpty();
        }
    }

    @Test
    void a_wrong_wish_is_refused_with_a_code() {
        var partner = webhooks.partner();
        String url = "http://127.0.0.1:9/";
        assertRefused(partner, "url_missing", new Endpoints.Wish(null, null, null, null, null));
        assertRefused(
                partner,
                "url_address_refused",
                new Endpoints.Wish("https://10.0.0.1/", null, null, null, null));
        assertRefused(
                partner, "api_key_invalid", new Endpoints.Wish(url, "short", null, null, null));
        assertRefused(
                partner,
                "api_key_invalid",
                new Endpoints.Wish(url, "x".repeat(31) + "\n", null, null, null));
        assertRefused(
                partner,
                "event_types_invalid",
                new Endpoints.Wish(url, null, List.of("*"), null, null));
        assertRefused(
                partner,
                "event_types_invalid",
                new Endpoints.Wish(url, null, List.of(), null, null));
        assertRefused(
                partner,
                "description_invalid",
                new Endpoints.Wish(url, null, null, "x".repeat(501), null));
        assertRefused(
                partner, "timeout_seconds_invalid", new Endpoints.Wish(url, null, null, null, 31));
        assertRefused(
                new PartnerId("part_none"),
                "partner_not_found",
                new Endpoints.Wish(url, null, null, null, null));
    }

    @Test
    void secrets_are_not_kept_in_clear() {
        var made = webhooks.endpoint(webhooks.partner(), "http://127.0.0.1:9/");
        byte[] kept =
                hub.jdbc()
                        .sql("select secret from webhook_endpoint where endpoint_id = :id")
                        .param("id", made.endpoint().id())
                        .query(byte[].class)
                        .single();
        assertThat(new String(kept, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("whsec_")
                .doesNotContain(made.secret().substring(6));
        assertThat(made.toString()).doesNotContain(made.secret());
    }

    /** Counts the calls that it has not yet begun to answer. */
    private static Receiver counting(AtomicInteger most) {
        var inside = new AtomicInteger();
        return new Receiver((exchange, _) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            pause(Duration.ofMillis(10));
            inside.decrementAndGet();
            Receiver.answer(exchange, 200, "");
        });
    }

    @Test
    void the_feed_goes_not_past_what_a_running_transaction_may_still_add() {
        var partner = webhooks.partner();
        webhooks.owe(partner);
        var transaction = new TransactionTemplate(hub.bean(PlatformTransactionManager.class));
        transaction.executeWithoutResult(_ -> {
            webhooks.notifications.owe(
                    List.of(WebhooksForTests.fact(partner, 900_010, "order.created")));
            var overtaking = CompletableFuture.runAsync(() -> webhooks.owe(partner));
            overtaking.join();
            var seen = CompletableFuture.supplyAsync(() -> feed(partner)).join();
            assertThat(seen).hasSizeLessThanOrEqualTo(1);
        });
        assertThat(eventually(() -> feed(partner), 3)).hasSize(3);
    }

    private static List<Notification> feed(PartnerId partner) {
        return webhooks.notifications.feed(partner, null, new PageRequest(100, null)).data();
    }

    private static void assertRefused(PartnerId partner, String code, Endpoints.Wish wish) {
        assertThatThrownBy(() -> webhooks.endpoints.create(partner, Environment.STAGING, wish))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
