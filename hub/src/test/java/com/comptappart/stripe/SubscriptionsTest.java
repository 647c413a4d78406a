package com.comptappart.stripe;

import static com.comptappart.stripe.EventRows.ended;
import static com.comptappart.stripe.EventRows.orders;
import static com.comptappart.stripe.EventRows.reason;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.order.PaidOrder;
import com.comptappart.partner.Partners;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.Subscription;
import com.comptappart.testing.Subscription.Line;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of subscriptions and their invoices, in the shapes of five API versions. */
class SubscriptionsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant PERIOD_END = Instant.parse("2027-11-25T10:00:00Z");

    private static StripeStub stripe;
    private static HubForTests hub;
    private static PartnerReceiver receiver;

    @BeforeAll
    static void start() throws IOException {
        stripe = StripeStub.start();
        receiver = new PartnerReceiver();
        hub = new HubForTests().asking(stripe).start();
        var partner = hub.bean(Partners.class).create("Loyers", "loyers", "b@example.com", "fr");
        hub.post(
                "/v1/webhook-endpoints",
                """
                {"partner":"%s","environment":"staging","url":"%s","event_types":["order.created","order.renewed",
                 "order.disputed","subscription.created","subscription.updated","subscription.canceled",
                 "subscription.payment_failed"]}
                """
                        .formatted(partner.id(), receiver.url("/hook")));
    }

    @AfterAll
    static void stop() {
        hub.close();
        stripe.close();
        receiver.close();
    }

    static Stream<String> versions() {
        return Subscription.VERSIONS.stream();
    }

    private static Subscription of(String name, String version) {
        String id = name + version.replaceAll("[^0-9a-z]", "");
        return new Subscription(id, version, "loyers").knownTo(stripe, id, id + "2");
    }

    private static Subscription of(String name) {
        return of(name, "2026-07-29.dahlia");
    }

    private static void post(Subscription of, String type, JsonNode object, String eventId) {
        assertThat(hub.stripeEvent(of.event(eventId, type, object, 0)).statusCode()).isEqualTo(200);
    }

    private static PaidOrder only(String eventId) {
        var found = orders(hub, eventId);
        assertThat(found).as(reason(hub, eventId)).hasSize(1);
        return found.getFirst().paid();
    }

    /** The bodies that the partner got about it, oldest first, once there are that many. */
    private static List<JsonNode> told(String part, int count) {
        return HubForTests.eventually(
                () ->
                        receiver.calls().stream()
                                .filter(call -> call.body().contains(part))
                                .map(call -> JSON.readTree(call.body()))
                                .toList(),
                count);
    }

    private static <T> List<T> each(List<JsonNode> bodies, Function<JsonNode, T> value) {
        return bodies.stream().map(value).toList();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void the_first_invoice_is_an_order_with_what_the_session_asked(String version) {
        var it = of("first", version);
        post(it, "checkout.session.completed", it.session(), "evt_cs_" + it.id());
        post(
                it,
                "invoice.paid",
                it.invoice(it.id(), "subscription_create", Line.of("1 × Formule", 12_000)),
                "evt_" + it.id());

        var paid = only("evt_" + it.id());
        assertThat(paid.billingReason()).isEqualTo("subscription_create");
        assertThat(paid.subscriptionId()).isEqualTo(it.subscriptionId());
        assertThat(paid.total()).isEqualTo(12_000);
        assertThat(paid.tax()).isEqualTo(2_000);
        assertThat(paid.lines().getFirst().name()).isEqualTo("Formule annuelle");
        assertThat(paid.lines().getFirst().productId()).isEqualTo("prod_loyers");
        assertThat(paid.customFields().getFirst().value()).isEqualTo("2024");
        assertThat(paid.metadata()).containsEntry("campaign", "autumn");
        assertThat(paid.coverage()).contains("\"year\":2024", "p1");
        assertThat(paid.buyer().phone()).isEqualTo("+33687654321");
        assertThat(paid.buyer().locale()).isEqualTo("en");
        assertThat(paid.payment().reference()).isEqualTo("pi_" + it.id());
        assertThat(paid.payment().last4()).isEqualTo("4242");
        assertThat(paid.attention()).isEmpty();
        assertThat(
                        told("\"" + it.subscriptionId() + "\"", 1)
                                .getFirst()
                                .path("event_type")
                                .asString())
                .isEqualTo("order.created");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void a_renewal_is_told_as_one_and_covers_the_year_in_which_its_period_starts(String version) {
        var it = of("renewed", version);
        var renewal =
                it.invoice(
                        it.id(),
                        "subscription_cycle",
                        Line.of("1 × Formule", 12_000).from(Instant.parse("2026-12-31T23:30:00Z")));
        post(it, "invoice.paid", renewal, "evt_" + it.id());

        assertThat(only("evt_" + it.id()).coverage()).contains("\"year\":2027");
        assertThat(
                        told("\"" + it.subscriptionId() + "\"", 1)
                                .getFirst()
                                .path("event_type")
                                .asString())
                .isEqualTo("order.renewed");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void a_change_charges_the_rest_and_credits_what_was_not_used(String version) {
        var it = of("change", version);
        var change =
                it.invoice(
                        it.id(),
                        "subscription_update",
                        Line.of("Unused time on Formule", -6_000).prorated(),
                        Line.of("Remaining time on 3 × Formule", 18_000).times(3).prorated());
        post(it, "invoice.paid", change, "evt_" + it.id());

        var paid = only("evt_" + it.id());
        assertThat(paid.total()).isEqualTo(12_000);
        assertThat(paid.tax()).isEqualTo(2_000);
        var credit = paid.lines().getFirst();
        assertThat(credit.name()).isEqualTo("Unused time on Formule");
        assertThat(credit.quantity()).isEqualTo(-1);
        assertThat(credit.net()).isEqualTo(-5_000);
        assertThat(paid.lines().getLast().quantity()).isEqualTo(3);
        var body = told("\"" + it.subscriptionId() + "\"", 1).getFirst();
        assertThat(body.path("order").path("billing_reason").asString())
                .isEqualTo("subscription_update");
        assertThat(body.path("invoice").path("number").asString()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void stripes_tax_is_taken_with_the_rate_that_it_names(String version) {
        var it = of("taxed", version);
        post(
                it,
                "invoice.paid",
                it.invoice(it.id(), "subscription_create", Line.of("Formule", 12_000).taxed(2_000)),
                "evt_" + it.id());

        var line = only("evt_" + it.id()).lines().getFirst();
        assertThat(line.net()).isEqualTo(10_000);
        assertThat(line.vatRate()).isEqualByComparingTo(new BigDecimal("20"));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void a_subscriptions_life_is_told_with_its_period(String version) {
        var it = of("life", version);
        String tail = it.id();
        var active = it.subscription("active", PERIOD_END);
        post(it, "customer.subscription.created", active, "evt_created_" + tail);
        told("evt_created_" + tail, 1);
        var ending = it.subscription("active", PERIOD_END);
        ending.put("cancel_at", PERIOD_END.getEpochSecond());
        hub.stripeEvent(
                it.event("evt_updated_" + tail, "customer.subscription.updated", ending, 5));
        told("evt_updated_" + tail, 1);
        hub.stripeEvent(
                it.event(
                        "evt_deleted_" + tail,
                        "customer.subscription.deleted",
                        it.subscription("canceled", PERIOD_END),
                        9));

        var bodies = told("\"" + it.subscriptionId() + "\"", 3);
        assertThat(each(bodies, body -> body.path("event_type").asString()))
                .containsExactly(
                        "subscription.created", "subscription.updated", "subscription.canceled");
        assertThat(each(bodies, body -> body.path("subscription").path("status").asString()))
                .containsExactly("active", "active", "canceled");
        assertThat(bodies.getFirst().path("subscription").path("current_period_end").asString())
                .isEqualTo(PERIOD_END.toString());
        assertThat(bodies.get(1).path("subscription").path("cancel_at").asString())
                .isEqualTo(PERIOD_END.toString());
        assertThat(bodies.getFirst().path("customer").path("email").asString())
                .isEqualTo("marie@example.com");
        assertThat(bodies.getFirst().has("order")).isFalse();
    }

    @Test
    void an_older_word_never_replaces_a_newer_one_and_a_repetition_is_told_once() {
        var it = of("late");
        var pastDue = it.subscription("past_due", PERIOD_END);
        hub.stripeEvent(it.event("evt_late_2", "customer.subscription.updated", pastDue, 9));
        told("evt_late_2", 1);
        hub.stripeEvent(
                it.event(
                        "evt_late_1",
                        "customer.subscription.updated",
                        it.subscription("active", PERIOD_END),
                        3));
        hub.stripeEvent(it.event("evt_late_3", "customer.subscription.updated", pastDue, 9));
        hub.stripeEvent(
                it.event(
                        "evt_late_0",
                        "customer.subscription.created",
                        it.subscription("active", PERIOD_END),
                        0));
        Stream.of("evt_late_0", "evt_late_1", "evt_late_3")
                .forEach(event -> assertThat(ended(hub, event)).isEqualTo("done"));

        var bodies = told("\"" + it.subscriptionId() + "\"", 2);
        assertThat(each(bodies, body -> body.path("event_type").asString()))
                .containsExactly("subscription.updated", "subscription.created");
        assertThat(each(bodies, body -> body.path("subscription").path("status").asString()))
                .containsExactly("past_due", "past_due");
    }

    @Test
    void of_two_updates_in_one_second_the_end_is_what_stripe_says_whichever_is_read_first() {
        var it = of("tied");
        var first = it.subscription("past_due", PERIOD_END);
        var second = it.subscription("active", PERIOD_END);
        stripe.put("subscriptions/" + it.subscriptionId(), second.toString());
        hub.stripeEvent(it.event("evt_tied_2", "customer.subscription.updated", second, 5));
        told("evt_tied_2", 1);
        hub.stripeEvent(it.event("evt_tied_1", "customer.subscription.updated", first, 5));
        told("evt_tied_1", 1);
        hub.stripeEvent(it.event("evt_tied_twin", "customer.subscription.updated", second, 5));
        assertThat(ended(hub, "evt_tied_twin")).isEqualTo("done");

        var bodies = told("\"" + it.subscriptionId() + "\"", 2);
        assertThat(each(bodies, body -> body.path("subscription").path("status").asString()))
                .containsExactly("active", "active");
        assertThat(known(it)).isEqualTo("active");
    }

    @Test
    void updates_of_one_second_that_are_read_together_end_as_stripe_says() {
        for (int round = 0; round < 10; round++) {
            var it = of("together" + round);
            var last = it.subscription("unpaid", PERIOD_END);
            stripe.put("subscriptions/" + it.subscriptionId(), last.toString());
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (String status : List.of("unpaid", "past_due", "active")) {
                    String event = "evt_" + it.id() + "_" + status;
                    threads.submit(() ->
                            hub.stripeEvent(
                                    it.event(
                                            event,
                                            "customer.subscription.updated",
                                            it.subscription(status, PERIOD_END),
                                            5)));
                }
            }
            Stream.of("unpaid", "past_due", "active")
                    .forEach(status ->
                            assertThat(ended(hub, "evt_" + it.id() + "_" + status))
                                    .isEqualTo("done"));
            assertThat(known(it)).isEqualTo("unpaid");
            told("\"" + it.subscriptionId() + "\"", 3);
        }
    }

    @Test
    void a_thin_event_ahead_of_our_clock_keeps_its_place_in_time() {
        var it = of("ahead");
        stripe.put(
                "subscriptions/" + it.subscriptionId(),
                it.subscription("past_due", PERIOD_END).toString());
        var ahead = Instant.now().plus(Duration.ofDays(3));
        hub.stripeEvent(
                """
                {"id":"evt_ahead_3","object":"v2.core.event","type":"v1.customer.subscription.updated","livemode":false,
                 "created":"%s","related_object":{"id":"%2$s","type":"subscription","url":"/v1/subscriptions/%2$s"}}
                """
                        .formatted(ahead, it.subscriptionId()));
        assertThat(ended(hub, "evt_ahead_3")).isEqualTo("done");
        hub.stripeEvent(
                it.event(
                        "evt_ahead_2",
                        "customer.subscription.updated",
                        it.subscription("active", PERIOD_END),
                        Duration.ofDays(2).toSeconds()));
        assertThat(ended(hub, "evt_ahead_2")).isEqualTo("done");

        assertThat(known(it)).isEqualTo("past_due");
    }

    private static String known(Subscription of) {
        return hub.jdbc()
                .sql("select status from subscription where subscription_id = :id")
                .param("id", of.subscriptionId())
                .query(String.class)
                .single();
    }

    @Test
    void a_failed_attempt_is_told_once_with_the_state_of_the_subscription() {
        var it = of("failed");
        stripe.put(
                "subscriptions/" + it.subscriptionId(),
                it.subscription("past_due", PERIOD_END).toString());
        var unpaid = it.invoice(it.id(), "subscription_cycle", Line.of("Formule", 12_000));
        unpaid.put("status", "open");
        post(it, "invoice.payment_failed", unpaid, "evt_failed_1");
        post(it, "invoice.payment_failed", unpaid, "evt_failed_twin");
        ended(hub, "evt_failed_1");
        ended(hub, "evt_failed_twin");
        unpaid.put("attempt_count", 2);
        post(it, "invoice.payment_failed", unpaid, "evt_failed_2");

        var bodies = told("\"" + it.subscriptionId() + "\"", 2);
        assertThat(each(bodies, body -> body.path("event_type").asString()))
                .containsOnly("subscription.payment_failed");
        assertThat(bodies.getLast().path("subscription").path("status").asString())
                .isEqualTo("past_due");
        assertThat(orders(hub, "evt_failed_1")).isEmpty();
    }

    @Test
    void a_failed_attempt_that_is_read_first_leaves_the_change_of_state_to_be_told() {
        var it = of("overdue");
        var active = it.subscription("active", PERIOD_END);
        post(it, "customer.subscription.created", active, "evt_overdue_created");
        told("evt_overdue_created", 1);
        var pastDue = it.subscription("past_due", PERIOD_END);
        stripe.put("subscriptions/" + it.subscriptionId(), pastDue.toString());
        var unpaid = it.invoice(it.id(), "subscription_cycle", Line.of("Formule", 12_000));
        unpaid.put("status", "open");
        hub.stripeEvent(it.event("evt_overdue_failed", "invoice.payment_failed", unpaid, 5));
        told("evt_overdue_failed", 1);
        hub.stripeEvent(
                it.event("evt_overdue_updated", "customer.subscription.updated", pastDue, 5));

        var bodies = told("\"" + it.subscriptionId() + "\"", 3);
        assertThat(each(bodies, body -> body.path("event_type").asString()))
                .containsExactly(
                        "subscription.created",
                        "subscription.payment_failed",
                        "subscription.updated");
        assertThat(each(bodies, body -> body.path("subscription").path("status").asString()))
                .containsExactly("active", "past_due", "past_due");
    }

    @Test
    void both_events_of_a_paid_invoice_make_one_order() {
        var it = of("twice");
        var invoice = it.invoice(it.id(), "subscription_create", Line.of("Formule", 12_000));
        post(it, "invoice.payment_succeeded", invoice, "evt_twice_1");
        post(it, "invoice.paid", invoice, "evt_twice_2");
        ended(hub, "evt_twice_1");
        ended(hub, "evt_twice_2");

        assertThat(orders(hub, "evt_twice_1").size() + orders(hub, "evt_twice_2").size())
                .isEqualTo(1);
    }

    @Test
    void a_trial_of_zero_is_no_order_and_a_full_discount_is_an_order_of_zero() {
        var trial = of("trial");
        post(
                trial,
                "invoice.paid",
                trial.invoice(trial.id(), "subscription_create", Line.of("Trial period", 0)),
                "evt_trial");
        var free = of("coupon");
        post(
                free,
                "invoice.paid",
                free.invoice(
                        free.id(),
                        "subscription_create",
                        Line.of("Formule", 12_000).discounted(12_000)),
                "evt_coupon");

        assertThat(orders(hub, "evt_trial")).isEmpty();
        assertThat(reason(hub, "evt_trial")).contains("trial");
        assertThat(only("evt_coupon").total()).isZero();
    }

    @Test
    void what_was_paid_elsewhere_is_an_order_that_says_so() {
        var it = of("cheque", "2024-09-30.acacia");
        var invoice = it.invoice(it.id(), "subscription_cycle", Line.of("Formule", 12_000));
        invoice.put("paid_out_of_band", true).putNull("payment_intent");
        post(it, "invoice.paid", invoice, "evt_cheque");

        assertThat(only("evt_cheque").payment().method()).isEqualTo("out_of_band");
        assertThat(only("evt_cheque").payment().reference()).isEqualTo("in_" + it.id());
    }

    @Test
    void what_no_payment_of_stripes_paid_was_paid_elsewhere_in_the_new_shape_too() {
        var it = of("cheque");
        stripe.listed(
                "invoice_payments",
                "invoice=in_" + it.id(),
                "{\"id\":\"inpay_c\",\"status\":\"canceled\",\"payment\":{\"type\":\"payment_intent\",\"payment_intent\":\"pi_c\"}}");
        post(
                it,
                "invoice.paid",
                it.invoice(it.id(), "subscription_cycle", Line.of("Formule", 12_000)),
                "evt_newcheque");

        assertThat(only("evt_newcheque").payment().method()).isEqualTo("out_of_band");
        assertThat(
                        hub.jdbc()
                                .sql(
                                        "select captured_minor || ' ' || elsewhere_minor from receipt where stripe_object = :id")
                                .param("id", "in_" + it.id())
                                .query(String.class)
                                .single())
                .isEqualTo("0 12000");
    }

    @Test
    void the_tiers_of_a_price_are_one_product_with_its_parts() {
        var it = of("tiers");
        post(
                it,
                "invoice.paid",
                it.invoice(
                        it.id(),
                        "subscription_create",
                        Line.of("First 5", 6_000).times(5),
                        Line.of("Next 5", 1_200).times(2)),
                "evt_tiers");

        told("\"" + it.subscriptionId() + "\"", 1);
        var product =
                told("\"" + it.subscriptionId() + "\"", 1)
                        .getFirst()
                        .path("order")
                        .path("products")
                        .path(0);
        assertThat(product.path("quantity").asLong()).isEqualTo(7);
        assertThat(product.path("sub_items").size()).isEqualTo(2);
        assertThat(product.path("sub_items").path(0).toString())
                .isEqualTo(
                        "{\"description\":\"First 5\",\"quantity\":5,\"unit_price\":10.0,\"amount\":60.0}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "graduated | 2 1000 0, inf 500 300 | 2 2000, 3 1500, 1 300 | 5 6.33",
                "graduated | 1 1000 0, 5 500 0, inf 400 1000 | 1 1000, 2 1000 | 3 5.56",
                "graduated | 1 1000 1000, inf 500 500 | 1 1000, 1 1000, 1 500, 1 500 | 2 12.5",
                "volume | 5 500 300, inf 400 0 | 5 2500, 1 300 | 5 4.67",
                "volume | 5 0 3000, inf 400 0 | 5 0, 1 3000 | 5 5.0",
            })
    void a_flat_fee_of_a_tier_adds_to_the_amount_and_not_to_the_quantity(
            String mode, String tiers, String charged, String expected) {
        var it = of("flat" + Integer.toHexString((mode + tiers).hashCode()));
        var price =
                Arrays.stream(tiers.split(", "))
                        .map(tier -> tier.split(" "))
                        .map(tier ->
                                "{\"up_to\":%s,\"unit_amount\":%s,\"flat_amount\":%s}"
                                        .formatted(
                                                tier[0].replace("inf", "null"), tier[1], tier[2]))
                        .collect(Collectors.joining(","));
        stripe.put(
                "prices/price_" + it.id(),
                "{\"id\":\"price_%s\",\"object\":\"price\",\"tiers_mode\":\"%s\",\"tiers\":[%s]}"
                        .formatted(it.id(), mode, price));
        var lines =
                Arrays.stream(charged.split(", "))
                        .map(line -> line.split(" "))
                        .map(line ->
                                Line.of("Lots", Long.parseLong(line[1]))
                                        .times(Long.parseLong(line[0])))
                        .toArray(Line[]::new);
        post(
                it,
                "invoice.paid",
                it.invoice(it.id(), "subscription_create", lines),
                "evt_" + it.id());

        var product =
                told("\"" + it.subscriptionId() + "\"", 1)
                        .getFirst()
                        .path("order")
                        .path("products")
                        .path(0);
        assertThat(product.path("quantity") + " " + product.path("unit_price")).isEqualTo(expected);
        assertThat(product.path("sub_items").size()).isEqualTo(lines.length);
    }

    @Test
    void a_change_covers_only_what_no_earlier_order_did() {
        var it = of("covers");
        post(
                it,
                "invoice.paid",
                it.invoice(it.id(), "subscription_create", Line.of("Formule", 12_000)),
                "evt_covers_1");
        assertThat(only("evt_covers_1").coverage()).contains("p1");
        var change = it.invoice(it.id() + "2", "subscription_update", Line.of("Formule", 12_000));
        change.putObject("metadata")
                .put(
                        "coverage",
                        "[{\"year\":2024,\"property\":{\"external_id\":\"p1\",\"name\":\"Bordeaux\"}},"
                                + "{\"year\":2024,\"property\":{\"external_id\":\"p2\",\"name\":\"Paris\"}}]");
        post(it, "invoice.paid", change, "evt_covers_2");

        assertThat(only("evt_covers_2").coverage()).contains("p2").doesNotContain("p1");
    }

    @Test
    void an_invoice_of_a_session_for_one_payment_is_the_same_order_whichever_comes_first() {
        stripe.session("cs_single", new StripeStub.Line("Guide", 1, 1_000, "prod_loyers"));
        stripe.session("cs_single").put("invoice", "in_single");
        var it = of("single").knownTo(stripe, "single");
        stripe.listed(
                "checkout/sessions",
                "payment_intent=pi_single",
                stripe.session("cs_single").toString());
        var invoice = it.invoice("single", "manual", Line.of("Guide", 1_000));
        post(it, "invoice.paid", invoice, "evt_single_invoice");
        assertThat(orders(hub, "evt_single_invoice")).isEmpty();
        hub.stripeEvent(stripe.completed("evt_single", "cs_single"));
        assertThat(orders(hub, "evt_single")).hasSize(1);
        post(it, "invoice.payment_succeeded", invoice, "evt_single_again");
        assertThat(orders(hub, "evt_single_again")).isEmpty();
    }

    @Test
    void a_dispute_is_told_when_it_opens_and_when_it_ends() {
        var it = of("dispute");
        post(
                it,
                "invoice.paid",
                it.invoice(it.id(), "subscription_create", Line.of("Formule", 12_000)),
                "evt_paid_dispute");
        told("evt_paid_dispute", 1);
        var dispute =
                JSON.readTree(
                        """
                        {"id":"du_1","object":"dispute","amount":12000,"currency":"eur","reason":"fraudulent",
                         "status":"needs_response","charge":"ch_x","payment_intent":"pi_%s"}
                        """
                                .formatted(it.id()));
        post(it, "charge.dispute.created", dispute, "evt_dispute_1");
        told("evt_dispute_1", 1);
        post(it, "charge.dispute.created", dispute, "evt_dispute_twin");
        ((tools.jackson.databind.node.ObjectNode) dispute).put("status", "lost");
        hub.stripeEvent(it.event("evt_dispute_2", "charge.dispute.closed", dispute, 60));

        var bodies = told("order.disputed", 2);
        assertThat(each(bodies, body -> body.path("dispute").path("status").asString()))
                .containsExactly("needs_response", "lost");
        assertThat(bodies.getFirst().path("dispute").path("amount").decimalValue())
                .isEqualByComparingTo("120.00");
        assertThat(bodies.getFirst().path("invoice").path("pdf_url").asString()).isNotEmpty();
    }
}
