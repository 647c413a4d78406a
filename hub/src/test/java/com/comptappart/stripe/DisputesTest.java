package com.comptappart.stripe;

import static com.comptappart.stripe.EventRows.ended;
import static com.comptappart.stripe.EventRows.orders;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.partner.Partners;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import com.comptappart.testing.StripeStub;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Contested payments whose events come before what they are about, and in one second. */
class DisputesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static StripeStub stripe;
    private static HubForTests hub;
    private static PartnerReceiver receiver;

    @BeforeAll
    static void start() throws IOException {
        stripe = StripeStub.start();
        stripe.product("prod_loyers", "loyers");
        receiver = new PartnerReceiver();
        hub = new HubForTests().asking(stripe).start();
        var partner = hub.bean(Partners.class).create("Loyers", "loyers", "b@example.com", "fr");
        hub.post(
                "/v1/webhook-endpoints",
                """
                {"partner":"%s","environment":"staging","url":"%s","event_types":["order.created","order.disputed"]}
                """
                        .formatted(partner.id(), receiver.url("/hook")));
    }

    @AfterAll
    static void stop() {
        hub.close();
        stripe.close();
        receiver.close();
    }

    @Test
    void a_dispute_before_the_invoice_is_read_at_once_and_told_after_the_order() {
        sell("early");
        new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> {
                    hub.jdbc().sql("lock table invoice in share mode").update();
                    hub.stripeEvent(stripe.completed("evt_early", "cs_early"));
                    orders(hub, "evt_early");
                    post("early", "created", "needs_response", 0);
                    assertThat(ended(hub, "evt_early_created_0")).isEqualTo("done");
                });

        assertThat(told("early", 2))
                .extracting(body -> body.path("event_type").asString())
                .containsExactly("order.created", "order.disputed");
        assertThat(told("early", 2).getLast().path("invoice").path("number").asString())
                .isNotEmpty();
    }

    @Test
    void two_ends_that_are_read_late_and_in_reverse_each_tell_their_own_status() {
        sell("late");
        post("late", "closed", "lost", 60);
        hub.stripeEvent(stripe.completed("evt_late", "cs_late"));
        ended(hub, "evt_late_closed_60");
        post("late", "created", "needs_response", 0);
        ended(hub, "evt_late_created_0");

        assertThat(told("late", 3))
                .filteredOn(body -> body.path("event_type").asString().equals("order.disputed"))
                .extracting(body ->
                        body.path("event_id").asString()
                                + " "
                                + body.path("dispute").path("status").asString())
                .containsExactlyInAnyOrder(
                        "evt_late_created_0 needs_response", "evt_late_closed_60 lost");
        assertThat(status("late")).isEqualTo("lost");
    }

    @Test
    void of_two_updates_in_one_second_the_end_is_what_stripe_says_whichever_is_read_first() {
        sell("tied");
        hub.stripeEvent(stripe.completed("evt_tied", "cs_tied"));
        orders(hub, "evt_tied");
        stripe.put("disputes/du_tied", dispute("tied", "under_review").toString());
        post("tied", "created", "needs_response", 5);
        ended(hub, "evt_tied_created_5");
        post("tied", "updated", "under_review", 5);
        ended(hub, "evt_tied_updated_5");
        post("tied", "funds_withdrawn", "needs_response", 5);
        ended(hub, "evt_tied_funds_withdrawn_5");
        assertThat(status("tied")).isEqualTo("under_review");

        hub.stripeEvent(event("tied", "created", "needs_response", 5, "twin"));
        ended(hub, "evt_tied_created_twin");
        assertThat(status("tied")).isEqualTo("under_review");
    }

    private static void sell(String name) {
        stripe.session("cs_" + name, new StripeStub.Line("Guide", 1, 5_000, "prod_loyers"));
    }

    private static void post(String name, String what, String status, long seconds) {
        String event = event(name, what, status, seconds, String.valueOf(seconds));
        assertThat(hub.stripeEvent(event).statusCode()).isEqualTo(200);
    }

    private static String event(
            String name, String what, String status, long seconds, String tail) {
        var event =
                stripe.event(
                        "evt_" + name + "_" + what + "_" + tail,
                        "charge.dispute." + what,
                        dispute(name, status));
        event.put("created", Instant.now().getEpochSecond() / 3_600 * 3_600 - 3_600 + seconds);
        return event.toString();
    }

    static ObjectNode dispute(String name, String status) {
        return JSON.createObjectNode()
                .put("id", "du_" + name)
                .put("object", "dispute")
                .put("amount", 5_000)
                .put("currency", "eur")
                .put("reason", "fraudulent")
                .put("status", status)
                .put("charge", "ch_" + name)
                .put("payment_intent", "pi_" + name);
    }

    private static List<JsonNode> told(String name, int count) {
        return HubForTests.eventually(
                () ->
                        receiver.calls().stream()
                                .filter(call -> call.body().contains("\"evt_" + name))
                                .map(call -> JSON.readTree(call.body()))
                                .toList(),
                count);
    }

    private static String status(String name) {
        return hub.jdbc()
                .sql("select status from dispute where dispute_id = :id")
                .param("id", "du_" + name)
                .query(String.class)
                .single();
    }
}
