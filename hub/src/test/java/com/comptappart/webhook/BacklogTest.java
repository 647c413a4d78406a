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

/** What is new beside thousands that were tried before, on one endpoint and two nodes. */
class BacklogTest {

    private static final int BACKLOG = 10_000;

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

    @Test
    void a_new_order_passes_ten_thousand_old_ones_which_go_on_all_the_same() {
        try (var receiver = slow()) {
            var partner = webhooks.partner();
            var endpoint = webhooks.endpoint(partner, receiver.url("/hook")).endpoint();
            close(endpoint, "now() + interval '1 hour'");
            webhooks.owe(partner, BACKLOG);
            hub.jdbc()
                    .sql(
                            """
                            update webhook_notification
                            set backlog = true, step = 1, due_at = now() - interval '1 hour'
                            where endpoint_id = :id
                            """)
                    .param("id", endpoint.id())
                    .update();
            close(endpoint, "null");
            eventually(receiver::calls, 200);
            for (int i = 0; i < 5; i++) {
                long start = System.nanoTime();
                var fresh = webhooks.owe(partner);
                webhooks.eventuallyIs(fresh, Notification.State.DELIVERED);
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isLessThan(Duration.ofSeconds(5));
            }
            assertThat(waiting(endpoint)).isGreaterThan(BACKLOG / 10);
            int before = waiting(endpoint);
            for (int i = 0; i < 20; i++) {
                webhooks.owe(partner, 200);
                pause(Duration.ofMillis(50));
            }
            assertThat(waiting(endpoint)).isLessThan(before);
            webhooks.endpoints.delete(endpoint);
        }
    }

    @Test
    void a_new_fact_of_an_order_waits_for_the_old_one_of_that_order() {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var endpoint =
                    webhooks.endpoints
                            .create(
                                    partner,
                                    Environment.STAGING,
                                    new Endpoints.Wish(
                                            receiver.url("/hook"),
                                            null,
                                            List.of("order.created", "order.refunded"),
                                            null,
                                            null))
                            .endpoint();
            close(endpoint, "now() + interval '1 hour'");
            var created = WebhooksForTests.fact(partner, 920_001, "order.created");
            webhooks.owe(List.of(created));
            hub.jdbc()
                    .sql(
                            "update webhook_notification set backlog = true, step = 1, due_at = now() + interval '2 seconds' where endpoint_id = :id")
                    .param("id", endpoint.id())
                    .update();
            var refunded = WebhooksForTests.fact(partner, 920_001, "order.refunded");
            webhooks.owe(List.of(refunded));
            close(endpoint, "null");
            webhooks.eventuallyIs(webhooks.of(refunded).getFirst(), Notification.State.DELIVERED);
            assertThat(receiver.calls())
                    .extracting(Receiver.Call::body)
                    .containsExactly(created.body(), refunded.body());
        }
    }

    private static Receiver slow() {
        return new Receiver((exchange, _) -> {
            pause(Duration.ofMillis(20));
            Receiver.answer(exchange, 200, "");
        });
    }

    private static int waiting(Endpoint endpoint) {
        return hub.jdbc()
                .sql(
                        "select count(*) from webhook_notification where endpoint_id = :id and backlog and state = 'pending'")
                .param("id", endpoint.id())
                .query(Integer.class)
                .single();
    }

    /** Withholds everything until then. */
    private static void close(Endpoint endpoint, String until) {
        hub.jdbc()
                .sql(
                        "update webhook_endpoint set openings = 1, open_until = "
                                + until
                                + " where endpoint_id = :id")
                .param("id", endpoint.id())
                .update();
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
