package com.comptappart.stripe;

import static com.comptappart.stripe.EventRows.ended;
import static com.comptappart.stripe.EventRows.reason;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.partner.Partners;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.Subscription;
import com.comptappart.testing.Subscription.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Stripe gives back without a refund is a credit note all the same, and what a customer's
 * balance pays is invoiced in full.
 */
class CustomerBalanceTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long BOUGHT = 1_790_000_000L;

    private static StripeStub stripe;
    private static HubForTests hub;
    private static PartnerReceiver receiver;

    @BeforeAll
    static void start() throws IOException {
        stripe = StripeStub.start();
        receiver = new PartnerReceiver();
        hub = new HubForTests().asking(stripe).start();
        var partner = hub.bean(Partners.class).create("Loyers", "loyers", "b@example.com", "fr");
        hub.bean(Partners.class).create("Impots", "impots", "i@example.com", "fr");
        hub.post(
                "/v1/webhook-endpoints",
                """
                {"partner":"%s","environment":"staging","url":"%s","event_types":["order.created","order.renewed",
                 "order.refunded"]}
                """
                        .formatted(partner.id(), receiver.url("/hook")));
        stripe.product("prod_impots", "impots");
    }

    @AfterAll
    static void stop() {
        hub.close();
        stripe.close();
        receiver.close();
    }

    static List<String> versions() {
        return Subscription.VERSIONS;
    }

    private static Subscription of(String name, String version) {
        String id = name + version.replaceAll("[^0-9a-z]", "");
        var of = new Subscription(id, version, "loyers").knownTo(stripe, id, id + "2", id + "3");
        stripe.listed(
                "checkout/sessions",
                "subscription=" + of.subscriptionId(),
                of.session().put("locale", "fr").toString());
        return of;
    }

    private static Subscription of(String name) {
        return of(name, "2026-07-29.dahlia");
    }

    private static ObjectNode invoice(
            Subscription of, String name, String why, long after, Line... lines) {
        var invoice = of.invoice(name, why, lines);
        invoice.put("created", BOUGHT + after);
        invoice.withObject("status_transitions").put("paid_at", BOUGHT + after);
        long total = invoice.path("total").asLong();
        return invoice.put("ending_balance", Math.min(0, total));
    }

    private static void balance(ObjectNode invoice, long starting, long ending, long paid) {
        invoice.put("starting_balance", starting).put("ending_balance", ending);
        invoice.put("amount_due", paid).put("amount_paid", paid);
    }

    private static void post(Subscription of, String type, JsonNode object, String eventId) {
        assertThat(hub.stripeEvent(of.event(eventId, type, object, 0)).statusCode()).isEqualTo(200);
        assertThat(ended(hub, eventId)).as(reason(hub, eventId)).isEqualTo("done");
    }

    /** What began the subscription, which Stripe lists from then on. */
    private static void sell(Subscription it, long minor) {
        var first = invoice(it, it.id(), "subscription_create", 0, Line.of("Formule", minor));
        post(it, "invoice.paid", first, "evt_" + it.id() + "_1");
        stripe.listed("invoices", "subscription=" + it.subscriptionId(), first.toString());
    }

    /** An invoice below zero. */
    private static ObjectNode back(Subscription it, String why, Line... lines) {
        return invoice(it, it.id() + "2", why, 50, lines);
    }

    /** The invoices and credit notes of a subscription, by what they are, oldest first. */
    private static List<String> documents(Subscription of, int count) {
        return HubForTests.eventually(
                () ->
                        hub.jdbc()
                                .sql(
                                        """
                                        select i.kind || ' ' || i.total_minor || ' of ' || o.billing_reason
                                        from invoice i
                                        join paid_order o on o.partner_id = i.partner_id and o.order_id = i.order_id
                                        where o.subscription_id = :subscription
                                        order by i.issued_at, i.kind desc, i.seq
                                        """)
                                .param("subscription", of.subscriptionId())
                                .query(String.class)
                                .list(),
                count);
    }

    private static JsonNode order(Subscription of, String eventId) {
        var found = JSON.readTree(hub.get("/v1/orders?event_id=" + eventId).body()).path("data");
        assertThat(found).as(of.id()).hasSize(1);
        return found.get(0);
    }

    private static String text(String number) throws IOException {
        byte[] pdf = hub.getBytes("/v1/invoices/" + number + "/pdf").body();
        try (var document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document).replace('\u00a0', ' ');
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void a_downgrade_is_a_credit_note_and_its_credit_pays_the_renewal(String version)
            throws IOException {
        var it = of("down", version);
        sell(it, 36_000);
        post(
                it,
                "invoice.paid",
                back(
                        it,
                        "subscription_update",
                        Line.of("Unused time on 3 × Formule", -36_000).prorated(),
                        Line.of("Remaining time on Formule", 12_000).prorated()),
                "evt_" + it.id() + "_2");
        var renewal =
                invoice(it, it.id() + "3", "subscription_cycle", 90, Line.of("Formule", 12_000));
        balance(renewal, -24_000, -12_000, 0);
        post(it, "invoice.paid", renewal, "evt_" + it.id() + "_3");

        assertThat(documents(it, 3))
                .containsExactlyInAnyOrder(
                        "invoice 36000 of subscription_create",
                        "credit_note 24000 of subscription_create",
                        "invoice 12000 of subscription_cycle");
        var bought = order(it, "evt_" + it.id() + "_1");
        var given = bought.path("refunds").get(0);
        assertThat(given.path("means").asString()).isEqualTo("balance");
        assertThat(given.path("amount").decimalValue()).isEqualByComparingTo("240.00");
        assertThat(given.path("full").asBoolean()).isFalse();
        assertThat(text(given.path("credit_note").asString()))
                .contains("Solde client", "Cette somme sera déduite de vos prochaines factures")
                .doesNotContain("Carte bancaire");
        var renewed = order(it, "evt_" + it.id() + "_3");
        assertThat(renewed.path("attention").isNull()).as(renewed.toString()).isTrue();
        assertThat(text(renewed.path("invoice").path("number").asString()))
                .contains("Moyen de paiement : Solde client");
        var told =
                HubForTests.eventually(
                        () ->
                                receiver.calls().stream()
                                        .map(call -> JSON.readTree(call.body()))
                                        .filter(body ->
                                                body.path("event_id")
                                                        .asString()
                                                        .equals("evt_" + it.id() + "_2"))
                                        .toList(),
                        1);
        assertThat(told.getFirst().path("event_type").asString()).isEqualTo("order.refunded");
        assertThat(told.getFirst().path("order_id").asLong())
                .isEqualTo(bought.path("order_id").asLong());
        assertThat(told.getFirst().path("refund").path("amount").decimalValue())
                .isEqualByComparingTo("240.00");
        assertThat(mail(given.path("credit_note").asString()))
                .contains("crédité votre solde client de 240,00");
    }

    private static String mail(String number) {
        return HubForTests.eventually(
                        () ->
                                hub.jdbc()
                                        .sql("select text_body from mail where key = :key")
                                        .param("key", number)
                                        .query(String.class)
                                        .list(),
                        1)
                .getFirst()
                .replace('\u00a0', ' ')
                .replace('\u202f', ' ');
    }

    @Test
    void a_part_that_the_balance_paid_is_told_on_the_invoice() throws IOException {
        var it = of("part");
        var renewal = invoice(it, it.id(), "subscription_cycle", 0, Line.of("Formule", 1_999));
        balance(renewal, -500, 0, 1_499);
        post(it, "invoice.paid", renewal, "evt_part");
        documents(it, 1);
        var order = order(it, "evt_part");
        assertThat(order.path("total_amount").decimalValue()).isEqualByComparingTo("19.99");
        assertThat(text(order.path("invoice").path("number").asString()))
                .contains("•••• 4242", "dont 5,00 € de votre solde client");
    }

    @Test
    void a_debt_that_is_charged_on_top_changes_no_invoice() throws IOException {
        var it = of("debt");
        var renewal = invoice(it, it.id(), "subscription_cycle", 0, Line.of("Formule", 1_999));
        balance(renewal, 700, 0, 2_699);
        post(it, "invoice.paid", renewal, "evt_debt");
        assertThat(documents(it, 1)).containsExactly("invoice 1999 of subscription_cycle");
        assertThat(order(it, "evt_debt").path("attention").isNull()).isTrue();
    }

    @Test
    void an_invoice_whose_payment_and_balance_do_not_add_up_is_shown() {
        var it = of("doubt");
        var renewal = invoice(it, it.id(), "subscription_cycle", 0, Line.of("Formule", 2_000));
        balance(renewal, -500, 0, 1_000);
        post(it, "invoice.paid", renewal, "evt_doubt");
        documents(it, 1);
        assertThat(order(it, "evt_doubt").path("attention").asString())
                .contains("paid 500", "1000 of it is not paid otherwise");
    }

    @Test
    void what_one_partners_lines_give_back_pays_for_anothers() {
        var it = of("carts");
        var cart =
                invoice(
                        it,
                        it.id(),
                        "subscription_create",
                        0,
                        Line.of("Formule", 3_000),
                        Line.of("Impots", 8_000));
        product(cart, 1, "prod_impots");
        post(it, "invoice.paid", cart, "evt_carts_1");
        stripe.listed("invoices", "subscription=" + it.subscriptionId(), cart.toString());
        var change =
                invoice(
                        it,
                        it.id() + "2",
                        "subscription_update",
                        50,
                        Line.of("Remaining time on 2 × Formule", 5_000).prorated(),
                        Line.of("Unused time on Impots", -7_000).prorated());
        product(change, 1, "prod_impots");
        post(it, "invoice.paid", change, "evt_carts_2");

        assertThat(documents(it, 4))
                .containsExactlyInAnyOrder(
                        "invoice 3000 of subscription_create",
                        "invoice 8000 of subscription_create",
                        "invoice 5000 of subscription_update",
                        "credit_note 7000 of subscription_create");
        assertThat(
                        hub.jdbc()
                                .sql(
                                        """
                                        select p.slug || ' ' || i.total_minor from invoice i
                                        join paid_order o on o.partner_id = i.partner_id and o.order_id = i.order_id
                                        join partner p on p.partner_id = i.partner_id
                                        where i.kind = 'credit_note' and o.subscription_id = :subscription
                                        """)
                                .param("subscription", it.subscriptionId())
                                .query(String.class)
                                .list())
                .containsExactly("impots 7000");
    }

    /** The line is of another product, and so of another item. */
    private static void product(ObjectNode invoice, int line, String product) {
        var json = (ObjectNode) invoice.path("lines").path("data").path(line);
        json.withObject("pricing").withObject("price_details").put("product", product);
        json.withObject("parent")
                .withObject("subscription_item_details")
                .put("subscription_item", "si_" + product);
    }

    @Test
    void what_stripe_credits_beyond_the_invoices_is_shown_until_somebody_looks() {
        var it = of("beyond");
        sell(it, 2_000);
        post(
                it,
                "invoice.paid",
                back(it, "subscription_update", Line.of("Unused", -5_000).prorated()),
                "evt_beyond");

        assertThat(documents(it, 2))
                .containsExactly(
                        "invoice 2000 of subscription_create",
                        "credit_note 2000 of subscription_create");
        assertThat(
                        hub.jdbc()
                                .sql(
                                        "select amount_minor - placed_minor from refund where refund_id = 'in_' || :id")
                                .param("id", it.id() + "2")
                                .query(Long.class)
                                .single())
                .isEqualTo(3_000);
    }

    @Test
    void a_credit_waits_for_the_order_that_it_corrects() {
        var it = of("early");
        var first = invoice(it, it.id(), "subscription_create", 0, Line.of("Formule", 2_000));
        stripe.listed("invoices", "subscription=" + it.subscriptionId(), first.toString());
        var back = back(it, "subscription_update", Line.of("Unused", -500).prorated());
        assertThat(hub.stripeEvent(it.event("evt_early_2", "invoice.paid", back, 0)).statusCode())
                .isEqualTo(200);
        HubForTests.eventually(
                () -> reason(hub, "evt_early_2"), reason -> reason.contains("in_" + it.id()));
        post(it, "invoice.paid", first, "evt_early_1");
        assertThat(ended(hub, "evt_early_2")).isEqualTo("done");
        assertThat(documents(it, 2)).contains("credit_note 500 of subscription_create");
    }

    @Test
    void a_credit_without_a_subscription_asks_for_its_order_and_takes_it_from_the_metadata() {
        var it = of("manual");
        sell(it, 2_000);
        documents(it, 1);
        long order = order(it, "evt_" + it.id() + "_1").path("order_id").asLong();
        var back = back(it, "manual", Line.of("Geste", -500));
        assertThat(hub.stripeEvent(it.event("evt_manual_2", "invoice.paid", back, 0)).statusCode())
                .isEqualTo(200);
        assertThat(ended(hub, "evt_manual_2")).isEqualTo("attention");
        assertThat(reason(hub, "evt_manual_2")).contains("500", "comptappart_order", "read");

        back.putObject("metadata").put("comptappart_order", Long.toString(order));
        stripe.put("invoices/in_" + it.id() + "2", back.toString());
        hub.bean(StripeEvents.class)
                .readAgain(com.comptappart.kernel.Environment.STAGING, "", "evt_manual_2");
        assertThat(documents(it, 2)).contains("credit_note 500 of subscription_create");
    }

    @Test
    void a_discount_that_names_no_product_reduces_what_its_invoice_sells() {
        var it = of("geste");
        stripe.product("prod_geste", (String) null);
        var sold =
                invoice(
                        it,
                        it.id(),
                        "subscription_cycle",
                        0,
                        Line.of("Formule", 2_000),
                        Line.of("Geste commercial", -300));
        product(sold, 1, "prod_geste");
        post(it, "invoice.paid", sold, "evt_geste");
        assertThat(documents(it, 2))
                .containsExactly(
                        "invoice 2000 of subscription_cycle",
                        "credit_note 300 of subscription_cycle");
    }

    @Test
    void stripes_credit_note_to_the_balance_or_paid_elsewhere_is_a_credit_note() {
        var it = of("noted");
        sell(it, 9_000);
        post(it, "credit_note.created", note(it, "cn_balance", 1_000, 0, 0), "evt_noted_2");
        post(it, "credit_note.created", note(it, "cn_bank", 2_000, 2_000, 0), "evt_noted_3");
        // 5.00 of it is a refund, which Stripe tells apart.
        post(it, "credit_note.created", note(it, "cn_both", 800, 0, 500), "evt_noted_4");
        post(it, "credit_note.created", note(it, "cn_card", 700, 0, 700), "evt_noted_5");
        post(it, "credit_note.created", note(it, "cn_balance", 1_000, 0, 0), "evt_noted_6");

        assertThat(documents(it, 4))
                .containsExactlyInAnyOrder(
                        "invoice 9000 of subscription_create",
                        "credit_note 1000 of subscription_create",
                        "credit_note 2000 of subscription_create",
                        "credit_note 300 of subscription_create");
        var means = new ArrayList<String>();
        order(it, "evt_" + it.id() + "_1")
                .path("refunds")
                .forEach(each ->
                        means.add(
                                each.path("id").asString() + " " + each.path("means").asString()));
        assertThat(means)
                .containsExactlyInAnyOrder(
                        "cn_balance balance", "cn_bank out_of_band", "cn_both balance");
    }

    @Test
    void a_credit_note_on_a_sessions_invoice_is_on_the_sessions_order() {
        stripe.product("prod_loyers", "loyers");
        stripe.session("cs_noted", new StripeStub.Line("Guide", 1, 4_000, "prod_loyers"));
        stripe.session("cs_noted").put("invoice", "in_sessionnoted");
        hub.stripeEvent(stripe.completed("evt_sessionnoted", "cs_noted"));
        assertThat(ended(hub, "evt_sessionnoted")).isEqualTo("done");
        var it = of("sessionnoted");
        post(
                it,
                "credit_note.created",
                note(it, "cn_session", 1_500, 1_500, 0).put("invoice", "in_sessionnoted"),
                "evt_sessionnoted_2");
        assertThat(order(it, "evt_sessionnoted").path("refunds").get(0).path("id").asString())
                .isEqualTo("cn_session");
    }

    @Test
    void a_second_downgrade_is_taken_from_what_was_sold_although_stripe_names_the_first() {
        var it = of("twice");
        sell(it, 50_000);
        var once = back(it, "subscription_update", Line.of("Unused", -20_000).prorated());
        post(it, "invoice.paid", once, "evt_twice_2");
        var again =
                invoice(
                        it,
                        it.id() + "3",
                        "subscription_update",
                        60,
                        Line.of("Unused", -10_000).prorated());
        ((ObjectNode) again.path("lines").path("data").path(0).path("parent"))
                .withObject("subscription_item_details")
                .putObject("proration_details")
                .putObject("credited_items")
                .put("invoice", "in_" + it.id() + "2");
        stripe.put("invoices/in_" + it.id() + "2", once.toString());
        post(it, "invoice.paid", again, "evt_twice_3");
        assertThat(documents(it, 3))
                .containsExactly(
                        "invoice 50000 of subscription_create",
                        "credit_note 20000 of subscription_create",
                        "credit_note 10000 of subscription_create");
    }

    @Test
    void what_passes_from_one_partner_to_another_without_money_is_told_to_both() {
        var it = of("swap");
        sell(it, 6_000);
        var swap =
                back(
                        it,
                        "subscription_update",
                        Line.of("Unused time on Formule", -5_000).prorated(),
                        Line.of("Remaining time on Impots", 5_000).prorated());
        product(swap, 1, "prod_impots");
        post(it, "invoice.paid", swap, "evt_swap");
        assertThat(documents(it, 3))
                .containsExactlyInAnyOrder(
                        "invoice 6000 of subscription_create",
                        "invoice 5000 of subscription_update",
                        "credit_note 5000 of subscription_create");
        var same =
                invoice(
                        it,
                        it.id() + "3",
                        "subscription_update",
                        60,
                        Line.of("Unused", -5_000).prorated(),
                        Line.of("Remaining", 5_000).prorated());
        post(it, "invoice.paid", same, "evt_swap_same");
        assertThat(reason(hub, "evt_swap_same")).contains("nothing was sold");
    }

    @Test
    void what_stripe_credits_beyond_what_was_sold_is_given_away_where_the_balance_pays() {
        var it = of("over");
        sell(it, 60_000);
        post(it, "refund.created", refunded(it, 36_000), "evt_over_2");
        post(
                it,
                "invoice.paid",
                back(it, "subscription_update", Line.of("Unused", -44_800).prorated()),
                "evt_over_3");
        var renewal =
                invoice(it, it.id() + "3", "subscription_cycle", 90, Line.of("Formule", 30_000));
        balance(renewal, -44_800, -14_800, 0);
        post(it, "invoice.paid", renewal, "evt_over_4");
        assertThat(documents(it, 5))
                .containsExactlyInAnyOrder(
                        "invoice 60000 of subscription_create",
                        "credit_note 36000 of subscription_create",
                        "credit_note 24000 of subscription_create",
                        "invoice 30000 of subscription_cycle",
                        "credit_note 20800 of subscription_cycle");
    }

    private static ObjectNode refunded(Subscription it, long minor) {
        return JSON.createObjectNode()
                .put("id", "re_" + it.id())
                .put("object", "refund")
                .put("amount", minor)
                .put("currency", "eur")
                .put("charge", "ch_" + it.id())
                .put("payment_intent", "pi_" + it.id())
                .put("status", "succeeded")
                .put("created", BOUGHT + 20);
    }

    @Test
    void a_credit_note_of_several_means_is_one_credit_for_each_whatever_its_type() {
        var it = of("means");
        sell(it, 9_000);
        post(
                it,
                "credit_note.created",
                note(it, "cn_means", 4_000, 1_000, 0).put("type", "mixed"),
                "evt_means");
        var means = new ArrayList<String>();
        documents(it, 3);
        order(it, "evt_" + it.id() + "_1")
                .path("refunds")
                .forEach(each ->
                        means.add(
                                each.path("id").asString()
                                        + " "
                                        + each.path("means").asString()
                                        + " "
                                        + each.path("amount").decimalValue().setScale(2)));
        assertThat(means)
                .containsExactlyInAnyOrder(
                        "cn_means balance 30.00", "cn_means/2 out_of_band 10.00");
    }

    @Test
    void a_credit_note_on_one_partners_line_is_that_partners() {
        var it = of("lines");
        var cart =
                invoice(
                        it,
                        it.id(),
                        "subscription_create",
                        0,
                        Line.of("Formule", 6_000),
                        Line.of("Impots", 3_000));
        product(cart, 1, "prod_impots");
        post(it, "invoice.paid", cart, "evt_lines_1");
        cart.at("/lines/data")
                .forEach(line ->
                        stripe.lists().add("", "/v1/invoices/in_" + it.id() + "/lines", line));
        var note = note(it, "cn_lines", 2_000, 0, 0);
        note.putObject("lines")
                .put("has_more", false)
                .putArray("data")
                .addObject()
                .put("id", "cnli_1")
                .put("amount", 2_000)
                .put("invoice_line_item", cart.at("/lines/data/1/id").asString());
        post(it, "credit_note.created", note, "evt_lines_2");
        documents(it, 3);
        assertThat(
                        hub.jdbc()
                                .sql(
                                        """
                                        select p.slug || ' ' || r.amount_minor from order_refund r
                                        join partner p on p.partner_id = r.partner_id where r.refund_id = 'cn_lines'
                                        """)
                                .query(String.class)
                                .list())
                .containsExactly("impots 2000");
    }

    @Test
    void what_is_given_back_of_one_product_bears_that_products_vat() {
        stripe.product("prod_livre", java.util.Map.of("partner", "loyers", "vat_rate", "5.5"), "");
        var it = of("rates");
        var cart =
                invoice(
                        it,
                        it.id(),
                        "subscription_create",
                        0,
                        Line.of("Formule", 12_000),
                        Line.of("Livre", 21_100));
        product(cart, 1, "prod_livre");
        post(it, "invoice.paid", cart, "evt_rates_1");
        stripe.listed("invoices", "subscription=" + it.subscriptionId(), cart.toString());
        var back =
                back(it, "subscription_update", Line.of("Unused time on Livre", -2_110).prorated());
        product(back, 0, "prod_livre");
        post(it, "invoice.paid", back, "evt_rates_2");
        // The card gets 12.00 back by a credit note on the first line.
        cart.at("/lines/data")
                .forEach(line ->
                        stripe.lists().add("", "/v1/invoices/in_" + it.id() + "/lines", line));
        var note = note(it, "cn_rates", 1_200, 0, 1_200);
        note.putObject("lines")
                .put("has_more", false)
                .putArray("data")
                .addObject()
                .put("id", "cnli_2")
                .put("amount", 1_200)
                .put("invoice_line_item", cart.at("/lines/data/0/id").asString());
        stripe.listed("credit_notes", "invoice=in_" + it.id(), note.toString());
        post(it, "refund.created", refunded(it, 1_200).put("id", "re_cn_rates"), "evt_rates_3");

        documents(it, 3);
        assertThat(
                        hub.jdbc()
                                .sql(
                                        """
                                        select i.total_minor || ' with ' || i.tax_minor from invoice i
                                        join paid_order o on o.partner_id = i.partner_id and o.order_id = i.order_id
                                        where o.subscription_id = :subscription and i.kind = 'credit_note' order by i.seq
                                        """)
                                .param("subscription", it.subscriptionId())
                                .query(String.class)
                                .list())
                .containsExactlyInAnyOrder("2110 with 110", "1200 with 200");
    }

    @Test
    void no_more_is_refunded_than_was_paid_in_money() {
        var it = of("money");
        var renewal = invoice(it, it.id(), "subscription_cycle", 0, Line.of("Formule", 12_000));
        balance(renewal, -10_000, 0, 2_000);
        post(it, "invoice.paid", renewal, "evt_money");
        documents(it, 1);
        var answer =
                hub.post(
                        "/v1/orders/" + order(it, "evt_money").path("order_id") + "/refunds",
                        "{\"amount\":20.01}");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("20.00 EUR");
    }

    private static ObjectNode note(
            Subscription of, String id, long amount, long elsewhere, long refunded) {
        var note =
                JSON.createObjectNode()
                        .put("id", id)
                        .put("object", "credit_note")
                        .put("type", "post_payment")
                        .put("status", "issued")
                        .put("invoice", "in_" + of.id())
                        .put("currency", "eur")
                        .put("reason", "order_change")
                        .put("created", BOUGHT + 100)
                        .put("total", amount)
                        .put("post_payment_amount", amount);
        if (elsewhere > 0) {
            note.put("out_of_band_amount", elsewhere);
        }
        var refunds = note.putArray("refunds");
        if (refunded > 0) {
            refunds.addObject().put("amount_refunded", refunded).put("refund", "re_" + id);
        }
        return note;
    }

    @Test
    void what_a_credit_note_took_off_before_the_payment_is_invoiced_and_credited()
            throws IOException {
        var it = of("before");
        var sold = invoice(it, it.id(), "subscription_cycle", 0, Line.of("Formule", 9_000));
        balance(sold, 0, 0, 7_500);
        sold.put("pre_payment_credit_notes_amount", 1_500);
        post(it, "invoice.paid", sold, "evt_before");
        assertThat(documents(it, 2))
                .containsExactly(
                        "invoice 9000 of subscription_cycle",
                        "credit_note 1500 of subscription_cycle");
        var given = order(it, "evt_before").path("refunds").get(0);
        assertThat(given.path("means").asString()).isEqualTo("reduction");
        assertThat(text(given.path("credit_note").asString()))
                .contains("Déduit de la somme due avant le paiement");
        String number = order(it, "evt_before").path("invoice").path("number").asString();
        assertThat(text(number))
                .contains("dont 15,00 € déduits par un avoir avant le paiement")
                .doesNotContain("solde client");
    }

    @Test
    void the_books_keep_balances_apart_from_what_stripe_holds() throws IOException {
        var it = of("books");
        sell(it, 10_000);
        post(
                it,
                "invoice.paid",
                back(it, "subscription_update", Line.of("Unused", -4_000).prorated()),
                "evt_books_2");
        var renewal =
                invoice(it, it.id() + "3", "subscription_cycle", 90, Line.of("Formule", 5_000));
        balance(renewal, -4_000, 0, 1_000);
        post(it, "invoice.paid", renewal, "evt_books_3");
        documents(it, 3);
        String fec =
                new String(
                        hub.getBytes("/v1/exports/fec?environment=staging&year=2026").body(),
                        java.nio.charset.Charset.forName("ISO-8859-15"));
        var lines =
                fec.lines()
                        .map(line -> line.split("\t", -1))
                        .filter(each -> each[0].equals("ST"))
                        .filter(each -> each[8].contains(it.id()))
                        .map(each -> each[4] + " " + each[11] + " " + each[12])
                        .toList();
        assertThat(lines)
                .containsExactlyInAnyOrder(
                        "467000 100,00 0,00",
                        "411000 0,00 100,00",
                        "419700 0,00 40,00",
                        "411000 40,00 0,00",
                        "467000 10,00 0,00",
                        "419700 40,00 0,00",
                        "411000 0,00 50,00");
    }
}
