package com.comptappart.stripe;

import static com.comptappart.stripe.EventRows.ended;
import static com.comptappart.stripe.EventRows.orders;
import static com.comptappart.stripe.EventRows.reason;
import static com.comptappart.stripe.EventRows.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.DatabaseForTests;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.StripeStub.Answer;
import com.comptappart.testing.StripeStub.Line;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two hubs on one database, in sessions of a hostile time zone, and a Stripe that fails in turn:
 * nothing is lost, nothing made twice, nobody stalled.
 */
@ExtendWith(OutputCaptureExtension.class)
class StripeOutageTest {

    private static StripeStub stripe;
    private static HubForTests hub;
    private static HubForTests other;

    @BeforeAll
    static void start() {
        stripe = StripeStub.start();
        String database = DatabaseForTests.create();
        hub = hub(database).start();
        other = hub(database).start();
        stripe.product("prod_x", (String) null);
    }

    private static HubForTests hub(String database) {
        return new HubForTests()
                .withProduction()
                .with("comptappart.stripe.production.apikey", "sk_live_x")
                .with("spring.datasource.url", database)
                .with(
                        "spring.datasource.hikari.connection-init-sql",
                        "set time zone 'Asia/Kathmandu'")
                .asking(stripe);
    }

    @AfterAll
    static void stop() {
        hub.close();
        other.close();
        stripe.close();
    }

    @AfterEach
    void mend() {
        stripe.answeringAgain();
    }

    private static String session(String name) {
        stripe.session("cs_" + name, new Line("X", 1, 1000, "prod_x"));
        return stripe.completed("evt_" + name, "cs_" + name);
    }

    @Test
    void two_hubs_make_two_hundred_orders_of_two_hundred_events_told_twice() {
        try (var pool = Executors.newFixedThreadPool(8)) {
            var posts = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 200; i++) {
                String event = session("both_" + i);
                String again = stripe.completed("evt_again_" + i, "cs_both_" + i);
                posts.add(pool.submit(() -> hub.stripeEvent(event).statusCode()));
                posts.add(pool.submit(() -> other.stripeEvent(again).statusCode()));
            }
            for (var post : posts) {
                assertThat(post.get()).isEqualTo(200);
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        HubForTests.eventually(
                () ->
                        number(
                                "select count(*) from stripe_event where state = 'done' and event_id ~ '_(both|again)_'"),
                n -> n == 400);
        assertThat(number("select count(*) from paid_order where stripe_object ~ '^cs_both_'"))
                .isEqualTo(200);
        assertThat(
                        number(
                                "select count(distinct stripe_object) from paid_order where stripe_object ~ '^cs_both_'"))
                .isEqualTo(200);
        assertThat(
                        number(
                                "select max(attempts) from stripe_event where event_id ~ '_(both|again)_'"))
                .isEqualTo(1);
    }

    @Test
    void a_hostile_session_zone_moves_no_instant() {
        hub.stripeEvent(session("zone"));
        var order = orders(hub, "evt_zone").getFirst();
        assertThat(order.createdAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        var row =
                hub.jdbc()
                        .sql("select paid_at from paid_order where stripe_object = 'cs_zone'")
                        .query(OffsetDateTime.class)
                        .single();
        assertThat(row.toInstant()).isEqualTo(Instant.ofEpochSecond(1790000000));
    }

    @Test
    void a_429_is_waited_out_as_long_as_stripe_says() {
        var refusals = new AtomicInteger();
        stripe.answering(path ->
                refusals.incrementAndGet() == 1
                        ? new Answer(429, Map.of("Retry-After", "3"), "{}")
                        : null);
        var from = Instant.now();
        hub.stripeEvent(session("busy"));
        assertThat(orders(hub, "evt_busy")).hasSize(1);
        assertThat(Duration.between(from, Instant.now())).isGreaterThan(Duration.ofMillis(2900));
        assertThat(refusals.get()).isEqualTo(2);
    }

    @Test
    void what_an_outage_delayed_is_read_when_stripe_is_back() {
        stripe.answering(503);
        for (int i = 0; i < 40; i++) {
            hub.stripeEvent(session("down_" + i));
        }
        HubForTests.eventually(
                () ->
                        number(
                                "select count(*) from stripe_event where event_id ~ '^evt_down_' and reason ~ '503'"),
                n -> n == 40);
        assertThat(stripe.calls("cs_down_")).as("the circuit spares calls").isLessThan(40);
        stripe.answeringAgain();
        HubForTests.eventually(
                () -> number("select count(*) from paid_order where stripe_object ~ '^cs_down_'"),
                n -> n == 40);
    }

    @Test
    void a_hanging_stripe_stalls_no_event_that_needs_no_call() {
        String[] slow = new String[30];
        for (int i = 0; i < slow.length; i++) {
            slow[i] = session("slow_" + i);
        }
        stripe.session("cs_ready", new Line("X", 1, 1000, "prod_x"));
        var ready = stripe.completedWithLines("evt_ready", "cs_ready");
        ((ObjectNode) ready.path("data").path("object")).putNull("payment_intent");
        stripe.hanging();
        for (String each : slow) {
            hub.stripeEvent(each);
        }
        var from = Instant.now();
        hub.stripeEvent(ready.toString());
        assertThat(orders(hub, "evt_ready")).hasSize(1);
        assertThat(Duration.between(from, Instant.now())).isLessThan(Duration.ofSeconds(5));
        stripe.answeringAgain();
        HubForTests.eventually(
                () -> number("select count(*) from paid_order where stripe_object ~ '^cs_slow_'"),
                n -> n == 30);
    }

    @Test
    void a_wrong_key_is_named_and_tried_again_later() {
        stripe.answering(401);
        String live = session("key").replace("\"livemode\":false", "\"livemode\":true");
        hub.stripeEvent(live, HubForTests.LIVE_STRIPE_SECRET, Instant.now());
        HubForTests.eventually(
                () -> reason(hub, "evt_key"),
                r -> r.contains("COMPTAPPART_STRIPE_PRODUCTION_APIKEY"));
        assertThat(state(hub, "evt_key")).isEqualTo("pending");
        assertThat(stripe.calls("cs_key")).isEqualTo(1);
    }

    @Test
    void a_row_that_the_database_refuses_spares_its_batch_and_ends_with_a_person(
            CapturedOutput log) {
        hub.jdbc()
                .sql(
                        "alter table paid_order add constraint poison check (stripe_object <> 'cs_poison')")
                .update();
        String poison = session("poison");
        String[] healthy = new String[20];
        for (int i = 0; i < healthy.length; i++) {
            healthy[i] = session("healthy_" + i);
        }
        hub.stripeEvent(poison);
        for (String each : healthy) {
            hub.stripeEvent(each);
        }
        HubForTests.eventually(
                () ->
                        number(
                                "select count(*) from paid_order where stripe_object ~ '^cs_healthy_'"),
                n -> n == 20);
        assertThat(ended(hub, "evt_poison")).isEqualTo("attention");
        assertThat(reason(hub, "evt_poison")).contains("could not be recorded");
        assertThat(log.getAll()).contains("evt_poison").doesNotContain("marie.martin");
        assertThat(
                        number(
                                "select attempts::bigint from stripe_event where event_id = 'evt_poison'"))
                .isEqualTo(3);
    }

    @Test
    void without_a_key_an_event_waits_and_says_what_to_set_unless_it_holds_all_it_needs() {
        try (var plain = new HubForTests().start()) {
            plain.stripeEvent(session("keyless"));
            HubForTests.eventually(
                    () -> reason(plain, "evt_keyless"),
                    r -> r.contains("set COMPTAPPART_STRIPE_STAGING_APIKEY"));
            assertThat(state(plain, "evt_keyless")).isEqualTo("pending");
            stripe.session("cs_full", new Line("X", 1, 1000, "prod_x"));
            plain.stripeEvent(stripe.completedWithLines("evt_full", "cs_full").toString());
            var paid = orders(plain, "evt_full").getFirst().paid();
            assertThat(paid.total()).isEqualTo(1000);
            assertThat(paid.payment().method()).isEqualTo("unknown");
            assertThat(paid.payment().reference()).isEqualTo("pi_full");
        }
    }

    private static Long number(String sql) {
        return hub.jdbc().sql(sql).query(Long.class).single();
    }
}
