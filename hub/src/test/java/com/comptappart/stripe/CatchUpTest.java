package com.comptappart.stripe;

import static com.comptappart.stripe.EventRows.ended;
import static com.comptappart.stripe.EventRows.orders;
import static com.comptappart.stripe.EventRows.reason;
import static com.comptappart.stripe.EventRows.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.PaidObjects;
import com.comptappart.partner.Partners;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.StripeStub.Answer;
import com.comptappart.testing.StripeStub.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What Stripe could not deliver, and what it never told: two hubs look for it themselves. */
class CatchUpTest {

    private static StripeStub stripe;
    private static HubForTests hub;
    private static HubForTests other;
    private static PartnerId bound;

    @BeforeAll
    static void start() {
        stripe = StripeStub.start();
        stripe.product("prod_x", (String) null);
        stripe.lists().know("/v1/events", "/v1/checkout/sessions", "/v1/invoices", "/v1/refunds");
        stripe.lists().know("/v1/disputes");
        hub =
                new HubForTests()
                        .with("comptappart.stripe.apibase", stripe.url())
                        .with("comptappart.stripe.requestspersecond", "1000")
                        .with("comptappart.stripe.catchupevery", "1s")
                        .with("comptappart.stripe.staging.apikey", "sk_test_x")
                        .start();
        bound =
                hub.bean(Partners.class)
                        .create("Bound", "bound", "a@example.com", "fr", "acct_1Bound")
                        .id();
        other = hub.twin().start();
    }

    @AfterAll
    static void stop() {
        other.close();
        hub.close();
        stripe.close();
    }

    @AfterEach
    void mend() {
        stripe.answeringAgain();
    }

    private static ObjectNode paid(String name) {
        stripe.session("cs_" + name, new Line("X", 1, 1000, "prod_x"));
        return stripe.event(
                "evt_" + name, "checkout.session.completed", stripe.session("cs_" + name));
    }

    @Test
    void an_event_of_a_test_clock_that_is_ahead_of_ours_is_found_too() {
        var ahead = paid("ahead");
        ahead.put("created", Instant.now().plusSeconds(400L * 86_400).getEpochSecond());
        stripe.lists().add("", "/v1/events", ahead);
        assertThat(orders(hub, "evt_ahead")).hasSize(1);
    }

    @Test
    void an_event_that_never_came_is_found_and_makes_one_order() {
        stripe.lists().add("", "/v1/events", paid("missed"));
        assertThat(orders(hub, "evt_missed")).hasSize(1);
        assertThat(EventRows.count(hub, "evt_missed")).isEqualTo(1);
        assertThat(hub.stripeEvent(stripe.completed("evt_missed", "cs_missed")).statusCode())
                .isEqualTo(200);
        assertThat(EventRows.count(hub, "evt_missed")).isEqualTo(1);
    }

    @Test
    void a_bound_accounts_events_are_asked_for_there_and_are_its_partners() {
        stripe.lists().add("acct_1Bound", "/v1/events", paid("bound"));
        var order = orders(hub, "evt_bound").getFirst().paid();
        assertThat(order.account()).isEqualTo("acct_1Bound");
        assertThat(order.partner()).isEqualTo(bound);
    }

    @Test
    void a_look_that_broke_off_is_begun_again_and_skips_nothing() {
        var calls = new AtomicInteger();
        stripe.answering(path ->
                path.equals("/v1/events") && calls.incrementAndGet() % 3 == 0
                        ? Answer.of(500)
                        : null);
        for (int i = 0; i < 250; i++) {
            stripe.lists().add("", "/v1/events", paid("many_" + i));
        }
        hub.jdbc().sql("update stripe_place set due_at = now() where lease is null").update();
        HubForTests.eventually(() -> calls.get(), n -> n > 4);
        stripe.answeringAgain();
        HubForTests.eventually(
                () -> {
                    hub.jdbc()
                            .sql(
                                    "update stripe_place set due_at = now() where lease is null and task = 'events'")
                            .update();
                    return hub.jdbc()
                            .sql(
                                    "select count(*) from paid_order where stripe_object ~ '^cs_many_'")
                            .query(Long.class)
                            .single();
                },
                n -> n == 250,
                java.time.Duration.ofSeconds(60));
    }

    @Test
    void an_object_whose_event_was_never_made_is_found_at_night_by_one_of_two_hubs()
            throws Exception {
        long old = Instant.now().minusSeconds(3_600).getEpochSecond();
        stripe.session("cs_silent", new Line("X", 1, 1000, "prod_x"));
        stripe.session("cs_open", new Line("X", 1, 1000, "prod_x"));
        stripe.session("cs_open").put("payment_status", "unpaid").put("created", old);
        stripe.lists().add("", "/v1/checkout/sessions", stripe.session("cs_open"));
        stripe.lists()
                .add("", "/v1/checkout/sessions", stripe.session("cs_silent").put("created", old));
        hub.bean(Reconciliation.class).round();
        night();
        try (var threads = Executors.newFixedThreadPool(2)) {
            var rounds = new ArrayList<Callable<Integer>>();
            rounds.add(() -> all(hub));
            rounds.add(() -> all(other));
            for (var done : threads.invokeAll(rounds)) {
                done.get();
            }
        }
        assertThat(orders(hub, "reconciled_cs_silent")).hasSize(1);
        assertThat(state(hub, "reconciled_cs_open")).isEqualTo("none");
        assertThat(ended(hub, "reconciled_cs_open_unpaid")).isEqualTo("done");
        assertThat(results()).isEqualTo(2);
        var result = hub.bean(Reconciliations.class).last(Environment.STAGING).orElseThrow();
        assertThat(result.lookedAt()).isEqualTo(2);
        assertThat(result.missing()).isEqualTo(2);
        assertThat(result.objects()).isEqualTo("cs_silent cs_open");
        night();
        all(hub);
        var next = hub.bean(Reconciliations.class).last(Environment.STAGING).orElseThrow();
        assertThat(next.missing()).isZero();
        assertThat(hub.bean(PaidObjects.class).ofObject("", Environment.STAGING, "cs_silent"))
                .hasSize(1);
    }

    private static void night() {
        hub.jdbc().sql("update stripe_place set due_at = now() where task = 'objects'").update();
    }

    private static int all(HubForTests at) {
        int done = 0;
        while (at.bean(Reconciliation.class).round() > 0) {
            done++;
        }
        return done;
    }

    private static long results() {
        return hub.jdbc().sql("select count(*) from reconciliation").query(Long.class).single();
    }

    @Test
    void a_thin_event_is_read_by_fetching_its_object() {
        paid("thin");
        assertThat(hub.stripeEvent(thin("evt_thin", "/v1/checkout/sessions/cs_thin")).statusCode())
                .isEqualTo(200);
        assertThat(orders(hub, "evt_thin")).hasSize(1);
    }

    @Test
    void a_thin_event_makes_us_fetch_nothing_but_an_object_of_the_api() {
        for (String url :
                new String[] {
                    "https://evil.example/v1/x",
                    "/v1/../files/x",
                    "/v2/core/x",
                    "/v1/a?expand[]=b",
                    ""
                }) {
            String id = "evt_thin_bad_" + Integer.toHexString(url.hashCode());
            assertThat(hub.stripeEvent(thin(id, url)).statusCode()).isEqualTo(200);
            assertThat(ended(hub, id)).as(url).isEqualTo("attention");
            assertThat(reason(hub, id)).contains("related_object.url");
        }
        assertThat(
                        hub.stripeEvent(
                                        thin("evt_thin_live", "/v1/x")
                                                .replace("\"livemode\":false", "\"livemode\":true"))
                                .statusCode())
                .isEqualTo(400);
    }

    private static String thin(String id, String url) {
        return """
        {"id":"%s","object":"v2.core.event","type":"v1.checkout.session.completed","livemode":false,
         "created":"2026-11-24T10:00:00.000Z","context":null,
         "related_object":{"id":"cs_thin","type":"checkout.session","url":"%s"}}
        """
                .formatted(id, url);
    }
}
