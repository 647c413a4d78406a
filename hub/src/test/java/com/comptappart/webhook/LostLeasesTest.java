package com.comptappart.webhook;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A node that slept through the end of its lease wakes with an answer that was given long ago,
 * while another node has the notification.
 */
class LostLeasesTest {

    private static HubForTests hub;
    private static WebhooksForTests webhooks;

    @BeforeAll
    static void start() {
        hub = new HubForTests().withInventedOrders().start();
        webhooks = new WebhooksForTests(hub);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void an_old_410_neither_ends_the_notification_nor_disables_the_endpoint() throws Exception {
        theAnswerOfALostLeaseChangesNothing(410);
    }

    @Test
    void an_old_failure_is_no_attempt_and_alarms_nobody() throws Exception {
        theAnswerOfALostLeaseChangesNothing(500);
    }

    private void theAnswerOfALostLeaseChangesNothing(int status) throws Exception {
        var awake = new CountDownLatch(1);
        try (var partner =
                new Receiver((exchange, before) -> {
                    boolean isFrozen = exchange.getRequestURI().getPath().equals("/frozen");
                    if (isFrozen && before == 0) {
                        await(awake);
                        Receiver.answer(exchange, status, "");
                        return;
                    }
                    Receiver.answer(exchange, 200, "ok");
                })) {
            var owner = webhooks.partner();
            var endpoint = webhooks.endpoint(owner, partner.url("/frozen")).endpoint();
            var notification = webhooks.owe(owner);
            eventually(() -> partner.of("/frozen"), 1);
            leasedByAnother(notification);
            awake.countDown();
            // What the recorder gets after it is recorded after it.
            for (int i = 0; i < 2; i++) {
                var other = webhooks.partner();
                webhooks.endpoint(other, partner.url("/other"));
                var next = webhooks.owe(other);
                eventually(() -> webhooks.now(next), each -> each.attempts() > 0);
            }

            assertThat(webhooks.now(notification).state()).isEqualTo(Notification.State.PENDING);
            assertThat(webhooks.now(notification).attempts()).isZero();
            assertThat(count("webhook_attempt", "notification_id", notification.id())).isZero();
            assertThat(count("webhook_watch", "endpoint_id", endpoint.id())).isZero();
            assertThat(failing(endpoint)).isFalse();
            assertThat(webhooks.endpoints.find(owner, null, endpoint.id()).orElseThrow().state())
                    .isEqualTo(Endpoint.State.ENABLED);

            endLease(notification);
            webhooks.eventuallyIs(notification, Notification.State.DELIVERED);
            assertThat(webhooks.now(notification).attempts()).isEqualTo(1);
        }
    }

    private void leasedByAnother(Notification notification) {
        hub.jdbc()
                .sql(
                        "update webhook_notification set lease = gen_random_uuid() where notification_id = :id")
                .param("id", notification.id())
                .update();
    }

    private void endLease(Notification notification) {
        hub.jdbc()
                .sql("update webhook_notification set due_at = now() where notification_id = :id")
                .param("id", notification.id())
                .update();
    }

    private long count(String table, String column, String id) {
        return hub.jdbc()
                .sql("select count(*) from %s where %s = :id".formatted(table, column))
                .param("id", id)
                .query(Long.class)
                .single();
    }

    private boolean failing(Endpoint endpoint) {
        return hub.jdbc()
                .sql(
                        "select failing_since is not null from webhook_endpoint where endpoint_id = :id")
                .param("id", endpoint.id())
                .query(Boolean.class)
                .single();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(9, TimeUnit.SECONDS)) {
                throw new IOException("nobody let go");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
