package com.comptappart.stripe;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.StripeStub.Line;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a node had asked of Stripe before it was frozen for longer than its lease. */
class LostEventsTest {

    @Test
    void what_stripe_said_before_a_lost_lease_is_not_recorded_any_more() throws Exception {
        try (var stripe = StripeStub.start();
                var hub = new HubForTests().asking(stripe).start()) {
            stripe.product("prod_x", (String) null);
            stripe.session("cs_frozen", new Line("X", 1, 1000, "prod_x"));
            stripe.session("cs_next", new Line("X", 1, 1000, "prod_x"));
            var asked = new CountDownLatch(1);
            var awake = new CountDownLatch(1);
            stripe.answering(path -> {
                if (path.contains("cs_frozen")) {
                    asked.countDown();
                    await(awake);
                }
                return null;
            });
            hub.stripeEvent(stripe.completed("evt_frozen", "cs_frozen"));
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            hub.jdbc()
                    .sql(
                            """
                            update stripe_event set lease = gen_random_uuid(), due_at = now() + interval '1 hour'
                            where event_id = 'evt_frozen'
                            """)
                    .update();
            awake.countDown();

            hub.stripeEvent(stripe.completed("evt_next", "cs_next"));
            eventually(() -> EventRows.state(hub, "evt_next"), "done"::equals);
            Thread.sleep(1_000);
            assertThat(EventRows.state(hub, "evt_frozen")).isEqualTo("pending");
            assertThat(orders(hub, "cs_frozen")).isZero();

            stripe.answeringAgain();
            hub.jdbc()
                    .sql("update stripe_event set due_at = now() where lease is not null")
                    .update();
            eventually(() -> EventRows.state(hub, "evt_frozen"), "done"::equals);
            assertThat(orders(hub, "cs_frozen")).isEqualTo(1);
        }
    }

    private static long orders(HubForTests hub, String session) {
        return hub.jdbc()
                .sql("select count(*) from paid_order where stripe_object = :id")
                .param("id", session)
                .query(Long.class)
                .single();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
