package com.comptappart.stripe;

import static com.comptappart.stripe.DisputesTest.dispute;
import static com.comptappart.stripe.EventRows.ended;
import static com.comptappart.stripe.EventRows.orders;
import static com.comptappart.stripe.EventRows.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.Subscription;
import com.comptappart.testing.Subscription.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What no event of Stripe's ever told, and a night finds. */
class ReconciliationTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration HOUR = Duration.ofHours(1);

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
    void an_invoice_a_refund_and_a_dispute_without_an_event_are_found_read_and_reported() {
        sold("silent", 5_000);
        invoiced("unheard", 12_000);
        list("/v1/refunds", refund("silent", 2_000, "succeeded"), HOUR);
        list("/v1/disputes", dispute("silent", "needs_response"), HOUR);

        assertThat(night(hub)).isEqualTo("3 of 3: du_silent in_unheard re_silent");

        assertThat(orders(hub, "reconciled_in_unheard").getFirst().paid().total())
                .isEqualTo(12_000);
        assertThat(ended(hub, "reconciled_re_silent_succeeded")).isEqualTo("done");
        assertThat(ended(hub, "reconciled_du_silent_needs_response")).isEqualTo("done");
        assertThat(status("dispute", "du_silent")).isEqualTo("needs_response");
        assertThat(documents("cs_silent", 2)).containsExactly("invoice 5000", "credit_note 2000");
        assertThat(documents("in_unheard", 1)).containsExactly("invoice 12000");

        assertThat(night(hub)).isEqualTo("0 of 3: ");
    }

    @ParameterizedTest
    @CsvSource({
        "pending,succeeded,1",
        "pending,failed,0",
        "pending,canceled,0",
        "requires_action,succeeded,1",
        "succeeded,failed,1"
    })
    void a_refund_whose_end_no_event_told_of_is_what_stripe_says(
            String told, String now, int creditNotes) {
        String name = "from_" + told + "_" + now;
        sold(name, 5_000);
        String first = "evt_re_" + name;
        hub.stripeEvent(
                stripe.event(first, "refund.created", refund(name, 5_000, told)).toString());
        ended(hub, first);

        list("/v1/refunds", refund(name, 5_000, now), Duration.ofDays(40));
        assertThat(night(hub)).isEqualTo("1 of 1: re_" + name);

        assertThat(ended(hub, "reconciled_re_" + name + "_" + now)).isEqualTo("done");
        assertThat(status("refund", "re_" + name)).isEqualTo(now);
        assertThat(documents("cs_" + name, 1 + creditNotes)).hasSize(1 + creditNotes);
        assertThat(night(hub)).isEqualTo("0 of 1: ");
    }

    @Test
    void a_dispute_that_moved_on_or_ended_without_an_event_is_what_stripe_says() {
        sold("contested", 5_000);
        var opened = dispute("contested", "needs_response");
        hub.stripeEvent(stripe.event("evt_du", "charge.dispute.created", opened).toString());
        ended(hub, "evt_du");
        list("/v1/disputes", opened, Duration.ofDays(80));
        assertThat(night(hub)).isEqualTo("0 of 1: ");

        stripe.lists().clear();
        forget();
        list("/v1/disputes", dispute("contested", "under_review"), Duration.ofDays(80));
        stripe.put("disputes/du_contested", dispute("contested", "under_review").toString());
        assertThat(night(hub)).isEqualTo("1 of 1: du_contested");
        ended(hub, "reconciled_du_contested_under_review");
        assertThat(status("dispute", "du_contested")).isEqualTo("under_review");

        forget();
        list("/v1/disputes", dispute("contested", "lost"), Duration.ofDays(80));
        assertThat(night(hub)).isEqualTo("1 of 1: du_contested");
        ended(hub, "reconciled_du_contested_lost");
        assertThat(status("dispute", "du_contested")).isEqualTo("lost");

        forget();
        list("/v1/disputes", dispute("contested", "needs_response"), Duration.ofDays(80));
        assertThat(night(hub)).as("a closed one stays closed").isEqualTo("0 of 1: ");
    }

    @Test
    void what_was_made_before_our_time_and_is_unknown_is_left_alone() {
        list("/v1/refunds", refund("before", 5_000, "succeeded"), Duration.ofDays(4));
        list("/v1/disputes", dispute("before", "lost"), Duration.ofDays(4));

        assertThat(night(hub)).isEqualTo("0 of 0: ");
    }

    @Test
    void refunds_and_disputes_of_payments_that_are_no_sale_of_ours_are_not_missing() {
        list("/v1/refunds", refund("foreign", 5_000, "succeeded"), HOUR);
        list("/v1/refunds", refund("charged", 5_000, "pending").putNull("payment_intent"), HOUR);
        list("/v1/disputes", dispute("foreign", "needs_response"), HOUR);
        assertThat(night(hub)).isEqualTo("0 of 3: ");
        assertThat(state(hub, "reconciled_re_foreign_succeeded")).isEqualTo("none");

        var told = refund("elsewhere", 5_000, "pending");
        hub.stripeEvent(stripe.event("evt_re_elsewhere", "refund.created", told).toString());
        ended(hub, "evt_re_elsewhere");
        forget();
        list("/v1/refunds", refund("elsewhere", 5_000, "succeeded"), HOUR);
        assertThat(night(hub)).isEqualTo("0 of 1: ");
    }

    @Test
    void a_refund_of_a_sale_that_was_missing_too_is_found_in_the_same_night() {
        stripe.session("cs_both", new StripeStub.Line("Guide", 1, 5_000, "prod_loyers"));
        list("/v1/checkout/sessions", stripe.session("cs_both").deepCopy(), HOUR);
        list("/v1/refunds", refund("both", 2_000, "succeeded"), HOUR);

        assertThat(night(hub)).isEqualTo("2 of 2: cs_both re_both");
        assertThat(documents("cs_both", 2)).containsExactly("invoice 5000", "credit_note 2000");
    }

    @Test
    void what_waits_for_a_person_is_not_shown_a_second_time() {
        var it = new Subscription("credit", "2026-07-29.dahlia", "loyers").knownTo(stripe);
        var invoice = it.invoice("credit", "manual", Line.of("Geste", -6_000));
        hub.stripeEvent(it.event("evt_credit", "invoice.paid", invoice, 0));
        assertThat(ended(hub, "evt_credit")).isEqualTo("attention");

        list("/v1/invoices", invoice, HOUR);
        assertThat(night(hub)).isEqualTo("0 of 1: ");
        assertThat(state(hub, "reconciled_in_credit")).isEqualTo("none");
    }

    private static void sold(String name, long total) {
        stripe.session("cs_" + name, new StripeStub.Line("Guide", 1, total, "prod_loyers"));
        hub.stripeEvent(stripe.completed("evt_" + name, "cs_" + name));
        assertThat(orders(hub, "evt_" + name)).hasSize(1);
    }

    /** A paid invoice of a subscription, in the list and in no event. */
    private static void invoiced(String name, long total) {
        var it = new Subscription(name, "2026-07-29.dahlia", "loyers").knownTo(stripe, name);
        list(
                "/v1/invoices",
                it.invoice(name, "subscription_create", Line.of("1 × Formule", total)),
                HOUR);
    }

    private static void list(String path, ObjectNode object, Duration age) {
        stripe.lists()
                .add("", path, object.put("created", Instant.now().minus(age).getEpochSecond()));
    }

    private static ObjectNode refund(String name, long amount, String status) {
        return JSON.createObjectNode()
                .put("id", "re_" + name)
                .put("object", "refund")
                .put("amount", amount)
                .put("currency", "eur")
                .put("payment_intent", "pi_" + name)
                .put("status", status)
                .put("created", 1_790_000_500L);
    }

    /** Compares once more, here or in the hub's own worker, and says what was reported. */
    static String night(HubForTests hub) {
        long before = nights(hub);
        hub.jdbc().sql("update stripe_place set due_at = now() where task = 'objects'").update();
        hub.bean(Reconciliation.class).round();
        HubForTests.eventually(() -> nights(hub), count -> count > before);
        var result = hub.bean(Reconciliations.class).last(Environment.STAGING).orElseThrow();
        var found = List.of(result.objects().split(" ")).stream().sorted().toList();
        return result.missing() + " of " + result.lookedAt() + ": " + String.join(" ", found);
    }

    private static long nights(HubForTests hub) {
        return hub.jdbc().sql("select count(*) from reconciliation").query(Long.class).single();
    }

    private static String status(String table, String id) {
        return hub.jdbc()
                .sql("select status from %1$s where %1$s_id = :id".formatted(table))
                .param("id", id)
                .query(String.class)
                .single();
    }

    /** The documents of what was paid, once there are that many. */
    private static List<String> documents(String stripeObject, int count) {
        return HubForTests.eventually(
                () ->
                        hub.jdbc()
                                .sql(
                                        """
                                        select i.kind || ' ' || i.total_minor
                                        from invoice i
                                        join paid_order o on o.partner_id = i.partner_id and o.order_id = i.order_id
                                        where o.stripe_object = :object
                                        order by i.issued_at
                                        """)
                                .param("object", stripeObject)
                                .query(String.class)
                                .list(),
                count);
    }
}
