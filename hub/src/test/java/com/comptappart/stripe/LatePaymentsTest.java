package com.comptappart.stripe;

import static com.comptappart.stripe.EventRows.ended;
import static com.comptappart.stripe.EventRows.orders;
import static com.comptappart.stripe.ReconciliationTest.night;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Paris;
import com.comptappart.order.PendingOrder;
import com.comptappart.order.PendingOrders;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.StripeStub.Line;
import com.comptappart.testing.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What is paid, or not, weeks after it was made, and no event ever told. */
class LatePaymentsTest {

    private static StripeStub stripe;
    private static HubForTests hub;

    @BeforeAll
    static void start() {
        stripe = StripeStub.start();
        stripe.product("prod_loyers", "loyers");
        hub = new HubForTests().asking(stripe).start();
        hub.bean(Reconciliation.class).round();
    }

    @AfterAll
    static void stop() {
        hub.close();
        stripe.close();
    }

    @BeforeEach
    void forget() {
        stripe.lists().clear();
        stripe.lists().know("/v1/checkout/sessions", "/v1/invoices", "/v1/refunds", "/v1/disputes");
    }

    @Test
    void a_debit_that_succeeded_weeks_later_is_an_order() {
        var session = debit("late", Duration.ofDays(20));
        assertThat(night(hub)).as("still under way").isEqualTo("0 of 1: ");

        session.put("payment_status", "paid");
        assertThat(night(hub)).isEqualTo("1 of 1: cs_late");
        assertThat(orders(hub, "reconciled_cs_late")).hasSize(1);
        assertThat(open("cs_late")).isEmpty();
        assertThat(night(hub)).isEqualTo("0 of 0: ");
    }

    @Test
    void a_debit_that_failed_weeks_later_is_shown_so() {
        debit("bounced", Duration.ofDays(20));
        stripe.intent("cs_bounced").put("status", "requires_payment_method");
        assertThat(night(hub)).isEqualTo("1 of 1: cs_bounced");
        ended(hub, "reconciled_cs_bounced_failed");
        assertThat(open("cs_bounced")).containsExactly(PendingOrder.State.FAILED);
        assertThat(night(hub)).isEqualTo("0 of 0: ");
    }

    @Test
    void a_debit_that_we_never_heard_of_is_awaited_from_then_on() {
        stripe.session("cs_silent", new Line("Guide", 1, 5_000, "prod_loyers"));
        var session = stripe.session("cs_silent").put("payment_status", "unpaid");
        stripe.lists()
                .add("", "/v1/checkout/sessions", created(session.deepCopy(), Duration.ofHours(1)));
        assertThat(night(hub)).startsWith("1 of 1: cs_silent");
        ended(hub, "reconciled_cs_silent_unpaid");
        assertThat(open("cs_silent")).containsExactly(PendingOrder.State.AWAITING);

        forget();
        session.put("payment_status", "paid");
        assertThat(night(hub)).isEqualTo("1 of 1: cs_silent");
        assertThat(orders(hub, "reconciled_cs_silent")).hasSize(1);
    }

    @Test
    void an_invoice_that_was_open_for_weeks_and_is_paid_is_an_order() {
        var it = new Subscription("slow", "2026-07-29.dahlia", "loyers").knownTo(stripe, "slow");
        var invoice =
                created(
                        it.invoice(
                                "slow",
                                "subscription_create",
                                Subscription.Line.of("1 × Formule", 12_000)),
                        Duration.ofDays(40));
        stripe.lists().add("", "/v1/invoices", invoice.deepCopy().put("status", "open"));
        assertThat(night(hub)).isEqualTo("0 of 0: ");

        forget();
        stripe.put("invoices/in_slow", invoice.toString());
        assertThat(night(hub)).isEqualTo("1 of 1: in_slow");
        assertThat(orders(hub, "reconciled_in_slow").getFirst().paid().total()).isEqualTo(12_000);
        assertThat(night(hub)).isEqualTo("0 of 0: ");
    }

    @Test
    void a_changed_hour_is_that_of_the_next_night() {
        try (var own = at(4)) {
            var before = due(own);
            own.stop().with("comptappart.stripe.reconciliationhour", hour(9)).start();
            own.bean(Reconciliation.class).round();
            assertThat(due(own)).isEqualTo(before.plus(Duration.ofHours(5)));
        }
    }

    @Test
    void what_is_tried_again_soon_stays_so_after_a_restart() {
        try (var own = at(4)) {
            own.jdbc()
                    .sql(
                            "update stripe_place set due_at = date_trunc('hour', now()) + interval '63 minutes'")
                    .update();
            var soon = due(own);
            own.stop().start();
            own.bean(Reconciliation.class).round();
            assertThat(due(own)).isEqualTo(soon);
        }
    }

    /** A hub that compares so many hours from now. */
    private static HubForTests at(int hours) {
        var own =
                new HubForTests()
                        .asking(stripe)
                        .with("comptappart.stripe.reconciliationhour", hour(hours))
                        .start();
        own.bean(Reconciliation.class).round();
        return own;
    }

    private static String hour(int hours) {
        return Integer.toString(ZonedDateTime.now(Paris.ZONE).plusHours(hours).getHour());
    }

    private static Instant due(HubForTests own) {
        return own.jdbc()
                .sql("select due_at from stripe_place where task = 'objects'")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** A debit of which we were told that it is under way. */
    private static ObjectNode debit(String name, Duration age) {
        stripe.session("cs_" + name, new Line("Guide", 1, 5_000, "prod_loyers"));
        var session = created(stripe.session("cs_" + name).put("payment_status", "unpaid"), age);
        String event = "evt_" + name;
        hub.stripeEvent(stripe.event(event, "checkout.session.completed", session).toString());
        assertThat(ended(hub, event)).isEqualTo("done");
        return session;
    }

    private static ObjectNode created(ObjectNode object, Duration age) {
        return object.put("created", Instant.now().minus(age).getEpochSecond());
    }

    private static List<PendingOrder.State> open(String session) {
        return hub.bean(PendingOrders.class).open(null, Environment.STAGING).stream()
                .filter(each -> each.stripeObject().equals(session))
                .map(PendingOrders.Shown::state)
                .toList();
    }
}
