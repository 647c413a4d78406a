package com.comptappart.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.partner.Partners;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.Subscription;
import com.comptappart.testing.Subscription.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stripe's events come in any order and more than once: each event of a purchase is read before the
 * next one comes, in every order there is, and the end is the same.
 */
class EventOrderTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant PERIOD_END = Instant.parse("2027-11-25T10:00:00Z");

    private static StripeStub stripe;
    private static HubForTests hub;

    /** An event's type, its object and when Stripe made it, before it gets its id. */
    private record Telling(String type, ObjectNode object, long at) {}

    @BeforeAll
    static void start() {
        stripe = StripeStub.start();
        hub = new HubForTests().asking(stripe).start();
        hub.bean(Partners.class).create("Loyers", "loyers", "b@example.com", "fr");
    }

    @AfterAll
    static void stop() {
        hub.close();
        stripe.close();
    }

    @Test
    void five_events_of_a_subscription_end_the_same_in_all_120_orders() {
        endTheSame("a", EventOrderTest::subscription, permutations(5));
    }

    @Test
    void five_events_of_a_delayed_payment_and_its_refund_end_the_same_in_all_120_orders() {
        endTheSame("b", EventOrderTest::delayedPayment, permutations(5));
    }

    @Test
    void a_refund_that_came_back_and_the_one_in_its_place_end_the_same_in_all_120_orders() {
        endTheSame("d", EventOrderTest::refundedTwice, permutations(5));
    }

    @Test
    void
            a_part_that_came_back_and_the_refund_in_its_place_make_one_credit_note_in_all_120_orders() {
        endTheSame("e", EventOrderTest::refundedInPartTwice, permutations(5));
        assertThat(
                        hub.jdbc()
                                .sql(
                                        """
                                        select distinct
                                            (select sum(case i.kind when 'invoice' then i.total_minor else -i.total_minor end)
                                                from invoice i
                                                where i.partner_id = o.partner_id and i.order_id = o.order_id)
                                            || ' = ' || o.total_minor - (
                                                select sum(r.amount_minor) from refund r
                                                where r.payment_reference = o.payment_reference and r.status = 'succeeded')
                                        from paid_order o where o.payment_reference ~ '^pi_e[0-9]+$'
                                        """)
                                .query(String.class)
                                .list())
                .as("invoices less credit notes = captured less refunded")
                .containsExactly("4500 = 4500");
    }

    @Test
    void a_credit_to_the_balance_and_what_it_pays_end_the_same_in_all_120_orders() {
        endTheSame("f", EventOrderTest::downgraded, permutations(5));
        assertThat(
                        hub.jdbc()
                                .sql(
                                        """
                                        select distinct o.total_minor || ' credited ' || coalesce((
                                            select sum(r.amount_minor) from order_refund r where r.order_id = o.order_id), 0)
                                        from paid_order o where o.subscription_id ~ '^sub_f[0-9]+$' order by 1
                                        """)
                                .query(String.class)
                                .list())
                .containsExactly("12000 credited 4000", "6000 credited 6000", "9000 credited 0");
    }

    @Test
    void longer_lives_with_repeated_events_end_the_same_in_random_orders() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var orders = new ArrayList<List<Integer>>();
        for (int i = 0; i < 60; i++) {
            var order = new ArrayList<Integer>();
            for (int event = 0; event < 9; event++) {
                order.add(event);
                if (random.nextInt(3) == 0) {
                    order.add(event);
                }
            }
            Collections.shuffle(order, random);
            orders.add(order);
        }
        assertThat(orders).as("seed " + seed).isNotEmpty();
        endTheSame("c", EventOrderTest::longLife, orders);
    }

    private interface Story {
        List<Telling> of(String id);
    }

    private static void endTheSame(String name, Story story, List<List<Integer>> orders) {
        var stories = new ArrayList<List<Telling>>();
        for (int i = 0; i < orders.size(); i++) {
            stories.add(story.of(name + i));
        }
        int longest = orders.stream().mapToInt(List::size).max().orElse(0);
        for (int step = 0; step < longest; step++) {
            for (int i = 0; i < orders.size(); i++) {
                if (step < orders.get(i).size()) {
                    post(name + i, stories.get(i).get(orders.get(i).get(step)), step);
                }
            }
            HubForTests.eventually(EventOrderTest::unread, left -> left == 0);
        }
        HubForTests.eventually(EventOrderTest::waiting, left -> left == 0);
        Set<String> ends = new HashSet<>();
        for (int i = 0; i < orders.size(); i++) {
            ends.add(end(name + i));
        }
        assertThat(ends).hasSize(1);
        assertThat(ends.iterator().next()).contains("order", "refund");
    }

    /** Each telling is an event of its own: two for one change are two ids. */
    private static void post(String id, Telling telling, int step) {
        var of = new Subscription(id, "2026-07-29.dahlia", "loyers");
        String event =
                of.event("evt_" + id + "_" + step, telling.type(), telling.object(), telling.at());
        assertThat(hub.stripeEvent(event).statusCode()).isEqualTo(200);
    }

    private static long unread() {
        return count("state = 'pending' and (attempts = 0 or lease is not null)");
    }

    private static long waiting() {
        return count("state = 'pending'");
    }

    private static long count(String what) {
        return hub.jdbc()
                .sql("select count(*) from stripe_event where " + what)
                .query(Long.class)
                .single();
    }

    /** All that the events left behind, without ids, times and which event told of it first. */
    private static String end(String id) {
        var end = new TreeSet<String>();
        add(
                end,
                id,
                "order",
                """
                select (content::jsonb - 'eventId')::text || ' ' || attention from paid_order
                where payment_reference like :id or stripe_object like :id
                """);
        add(
                end,
                id,
                "refund",
                """
                select refund_id || ' ' || status || ' ' || amount_minor from refund where payment_reference like :id
                """);
        // By amount: which of two refunds the credit note names depends on which was read first.
        add(
                end,
                id,
                "share",
                """
                select count(*) || ' ' || sum(r.amount_minor)
                from order_refund r join paid_order o on o.order_id = r.order_id where o.payment_reference like :id
                """);
        add(
                end,
                id,
                "subscription",
                """
                select status || ' ' || coalesce(cancel_at::text, '') || ' ' || current_period_end from subscription
                where subscription_id like :id
                """);
        add(
                end,
                id,
                "unfunded",
                "select count(*) || ' ' || sum(amount_minor) from unfunded_refund where payment_reference like :id");
        add(end, id, "told", "select what from subscription_told where subscription_id like :id");
        add(
                end,
                id,
                "pending",
                "select state || ' ' || total_minor from pending_order where stripe_object like :id");
        add(
                end,
                id,
                "event",
                "select distinct state || ' ' || type from stripe_event where event_id like :id");
        return String.join("\n", end).replace("_" + id, "_ID");
    }

    private static void add(Set<String> end, String id, String kind, String sql) {
        hub.jdbc()
                .sql(sql)
                .param("id", kind.equals("event") ? "evt\\_" + id + "\\_%" : "%\\_" + id)
                .query(String.class)
                .list()
                .forEach(row -> end.add(kind + " " + row));
    }

    private static List<Telling> subscription(String id) {
        var of = known(id);
        return List.of(
                new Telling("checkout.session.completed", of.session(), 0),
                new Telling(
                        "customer.subscription.created", of.subscription("active", PERIOD_END), 0),
                new Telling("invoice.paid", invoice(of), 1),
                new Telling("refund.created", refund(id, "pending", 2_500), 60),
                new Telling("refund.updated", refund(id, "succeeded", 2_500), 90));
    }

    private static List<Telling> delayedPayment(String id) {
        stripe.product("prod_loyers", "loyers");
        stripe.session("cs_" + id, new StripeStub.Line("Guide", 1, 5_000, "prod_loyers"));
        var unpaid = stripe.session("cs_" + id).deepCopy().put("payment_status", "unpaid");
        var paid = stripe.session("cs_" + id).deepCopy();
        var charge =
                JSON.createObjectNode().put("id", "ch_" + id).put("payment_intent", "pi_" + id);
        charge.putObject("refunds")
                .put("has_more", false)
                .putArray("data")
                .add(refund(id, "succeeded", 5_000));
        return List.of(
                new Telling("checkout.session.completed", unpaid, 0),
                new Telling("checkout.session.async_payment_succeeded", paid, 400),
                new Telling("refund.created", refund(id, "pending", 5_000), 500),
                new Telling("refund.updated", refund(id, "succeeded", 5_000), 600),
                new Telling("charge.refunded", charge, 600));
    }

    private static List<Telling> refundedTwice(String id) {
        stripe.product("prod_loyers", "loyers");
        stripe.session("cs_" + id, new StripeStub.Line("Guide", 1, 7_000, "prod_loyers"));
        var session = stripe.session("cs_" + id).deepCopy();
        var replacing = refund(id, "succeeded", 7_000).put("id", "re2_" + id);
        return List.of(
                new Telling("checkout.session.completed", session, 0),
                new Telling("refund.created", refund(id, "succeeded", 7_000), 500),
                new Telling("refund.failed", refund(id, "failed", 7_000), 600),
                new Telling("refund.created", replacing, 700),
                new Telling("refund.updated", replacing, 800));
    }

    /**
     * Whoever asks Stripe for the refunds is told that the first came back: the second was made
     * after.
     */
    private static List<Telling> refundedInPartTwice(String id) {
        stripe.product("prod_loyers", "loyers");
        stripe.session("cs_" + id, new StripeStub.Line("Guide", 1, 7_000, "prod_loyers"));
        var session = stripe.session("cs_" + id).deepCopy();
        var failed = refund(id, "failed", 2_500);
        var replacing =
                refund(id, "succeeded", 2_500)
                        .put("id", "re2_" + id)
                        .put("created", 1_790_400_000L);
        stripe.listed("refunds", "charge=ch_" + id, replacing.toString(), failed.toString());
        return List.of(
                new Telling("checkout.session.completed", session, 0),
                new Telling("refund.created", refund(id, "succeeded", 2_500), 500),
                new Telling("refund.failed", failed, 600),
                new Telling("refund.created", replacing, 700),
                new Telling("refund.updated", replacing, 800));
    }

    /** What was added later is given back first, then a part of what was bought first. */
    private static List<Telling> downgraded(String id) {
        var of = known(id).knownTo(stripe, id + "b");
        var added = of.invoice(id + "b", "subscription_update", Line.of("Siège", 6_000));
        added.withObject("status_transitions").put("paid_at", 1_790_000_100L);
        var back =
                of.invoice(id + "c", "subscription_update", Line.of("Unused", -10_000).prorated());
        back.put("created", 1_790_000_200L).put("ending_balance", -10_000);
        back.withObject("status_transitions").put("paid_at", 1_790_000_200L);
        stripe.listed(
                "invoices",
                "subscription=" + of.subscriptionId(),
                back.toString(),
                added.deepCopy().put("created", 1_790_000_100L).toString(),
                invoice(of).put("created", 1_790_000_000L).toString());
        var renewed = of.invoice(id + "d", "subscription_cycle", Line.of("Formule", 9_000));
        renewed.withObject("status_transitions").put("paid_at", 1_790_000_300L);
        renewed.put("starting_balance", -10_000).put("ending_balance", -1_000);
        renewed.put("amount_due", 0).put("amount_paid", 0);
        return List.of(
                new Telling("invoice.paid", invoice(of), 0),
                new Telling("invoice.paid", added, 100),
                new Telling("invoice.paid", back, 200),
                new Telling("invoice.payment_succeeded", back, 200),
                new Telling("invoice.paid", renewed, 300));
    }

    private static List<Telling> longLife(String id) {
        var of = known(id);
        var ending = of.subscription("active", PERIOD_END);
        ending.put("cancel_at", PERIOD_END.getEpochSecond());
        var other = refund(id, "succeeded", 1_000).put("id", "re2_" + id);
        return List.of(
                new Telling("checkout.session.completed", of.session(), 0),
                new Telling(
                        "customer.subscription.created", of.subscription("active", PERIOD_END), 0),
                new Telling("invoice.payment_succeeded", invoice(of), 1),
                new Telling("invoice.paid", invoice(of), 1),
                new Telling("customer.subscription.updated", ending, 100),
                new Telling(
                        "customer.subscription.deleted",
                        of.subscription("canceled", PERIOD_END),
                        200),
                new Telling("refund.created", refund(id, "pending", 2_500), 60),
                new Telling("refund.updated", refund(id, "succeeded", 2_500), 90),
                new Telling("refund.created", other, 150));
    }

    private static Subscription known(String id) {
        return new Subscription(id, "2026-07-29.dahlia", "loyers").knownTo(stripe, id);
    }

    private static ObjectNode invoice(Subscription of) {
        return of.invoice(of.id(), "subscription_create", Line.of("Formule", 12_000));
    }

    private static ObjectNode refund(String id, String status, long amount) {
        return JSON.createObjectNode()
                .put("id", "re_" + id)
                .put("object", "refund")
                .put("amount", amount)
                .put("currency", "eur")
                .put("charge", "ch_" + id)
                .put("payment_intent", "pi_" + id)
                .put("status", status)
                .put("reason", "requested_by_customer")
                .put("created", 1_790_000_500L);
    }

    private static List<List<Integer>> permutations(int size) {
        var all = new ArrayList<List<Integer>>();
        permute(new ArrayList<>(), size, all);
        return all;
    }

    private static void permute(List<Integer> begun, int size, List<List<Integer>> all) {
        if (begun.size() == size) {
            all.add(List.copyOf(begun));
            return;
        }
        for (int next = 0; next < size; next++) {
            if (!begun.contains(next)) {
                begun.add(next);
                permute(begun, size, all);
                begun.removeLast();
            }
        }
    }
}
