package com.comptappart.stripe;

import static com.comptappart.stripe.EventRows.ended;
import static com.comptappart.stripe.EventRows.orders;
import static com.comptappart.stripe.EventRows.reason;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.Order;
import com.comptappart.order.OrderLine;
import com.comptappart.partner.Partners;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.StripeStub.Line;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of a paid session, read from Stripe or from the event. */
class CheckoutTest {

    private static StripeStub stripe;
    private static HubForTests hub;
    private static PartnerId impots;
    private static PartnerId loyers;

    @BeforeAll
    static void start() {
        stripe = StripeStub.start();
        hub = new HubForTests().asking(stripe).start();
        var partners = hub.bean(Partners.class);
        impots = partners.create("Impôts", "impots", "a@example.com", "fr").id();
        loyers = partners.create("Loyers", "loyers", "b@example.com", "fr").id();
    }

    @AfterAll
    static void stop() {
        hub.close();
        stripe.close();
    }

    @BeforeEach
    void forgetCalls() {
        stripe.countAnew();
        stripe.product("prod_impots", "impots").product("prod_loyers", "loyers");
        stripe.product("prod_plain", (String) null);
    }

    @Test
    void one_call_reads_a_session_and_makes_the_partners_order() {
        stripe.session("cs_one", new Line("Déclaration", 1, 9999, "prod_impots"));
        assertThat(hub.stripeEvent(stripe.completed("evt_one", "cs_one")).statusCode())
                .isEqualTo(200);
        var order = only("evt_one");
        assertThat(stripe.calls("/v1/")).isEqualTo(1);
        assertThat(order.paid().partner()).isEqualTo(impots);
        assertThat(order.paid().total()).isEqualTo(9999);
        assertThat(order.paid().tax()).isEqualTo(1667);
        assertThat(order.paid().attention()).isEmpty();
        assertThat(order.paid().buyer().email()).isEqualTo("marie.martin@example.com");
        assertThat(order.paid().payment().method()).isEqualTo("card");
        assertThat(order.paid().payment().last4()).isEqualTo("4242");
        assertThat(order.paid().payment().reference()).isEqualTo("pi_one");
        assertThat(order.paid().payment().paidAt()).isEqualTo(Instant.ofEpochSecond(1790000000));
    }

    @Test
    void two_events_of_one_session_make_one_order() {
        stripe.session("cs_twice", new Line("Déclaration", 1, 1000, "prod_impots"));
        hub.stripeEvent(stripe.completed("evt_twice_a", "cs_twice"));
        hub.stripeEvent(stripe.completed("evt_twice_b", "cs_twice"));
        ended(hub, "evt_twice_a");
        ended(hub, "evt_twice_b");
        assertThat(orders(hub, "evt_twice_a").size() + orders(hub, "evt_twice_b").size())
                .isEqualTo(1);
    }

    @Test
    void an_event_that_holds_its_lines_and_charge_needs_no_call() {
        stripe.session("cs_whole", new Line("Déclaration", 1, 1000, "prod_impots"));
        var event = stripe.completedWithLines("evt_whole", "cs_whole");
        var intent = stripe.intent("cs_whole").deepCopy();
        intent.putObject("latest_charge").put("id", "ch_x").putObject("payment_method_details");
        ((ObjectNode) event.path("data").path("object")).set("payment_intent", intent);
        hub.stripeEvent(event.toString());
        assertThat(only("evt_whole").paid().partner()).isEqualTo(impots);
        assertThat(stripe.calls("/v1/")).isZero();
    }

    @Test
    void a_stripe_that_expands_nothing_is_asked_for_each_part() {
        try (var plain = StripeStub.start();
                var other = new HubForTests().asking(plain).start()) {
            plain.withoutExpand().product("prod_x", "nobody-knows");
            plain.session(
                    "cs_plain", new Line("A", 1, 500, "prod_x"), new Line("B", 2, 700, "prod_x"));
            other.stripeEvent(plain.completed("evt_plain", "cs_plain"));
            var made = orders(other, "evt_plain");
            assertThat(made).hasSize(1);
            assertThat(made.getFirst().paid().payment().last4()).isEqualTo("4242");
            assertThat(plain.calls("/products/")).isEqualTo(1);
            assertThat(plain.calls("/line_items")).isEqualTo(1);
        }
    }

    @Test
    void a_session_that_only_the_line_items_know_is_read_from_them() {
        stripe.session("cs_lines_only", new Line("Déclaration", 1, 1000, "prod_impots"));
        var event = stripe.completed("evt_lines_only", "cs_lines_only");
        stripe.answering(path ->
                path.equals("/v1/checkout/sessions/cs_lines_only")
                                || path.contains("payment_intents")
                        ? StripeStub.Answer.of(404)
                        : null);
        hub.stripeEvent(event);
        var order = only("evt_lines_only");
        stripe.answeringAgain();
        assertThat(order.paid().total()).isEqualTo(1000);
        assertThat(order.paid().payment().method()).isEqualTo("unknown");
        assertThat(order.paid().payment().reference()).isEqualTo("pi_lines_only");
    }

    @Test
    void a_hundred_and_twenty_lines_are_read_by_pages() {
        var cart =
                IntStream.range(0, 120)
                        .mapToObj(i -> new Line("Ligne " + i, 1, 100 + i, "prod_impots"))
                        .toArray(Line[]::new);
        stripe.session("cs_many", cart);
        hub.stripeEvent(stripe.completed("evt_many", "cs_many"));
        var order = only("evt_many");
        assertThat(order.paid().lines()).hasSize(120);
        assertThat(order.paid().total())
                .isEqualTo(stripe.session("cs_many").path("amount_total").longValue());
        assertThat(stripe.calls("/line_items")).isEqualTo(1);
    }

    @Test
    void two_partners_in_one_cart_get_an_order_each_and_the_totals_add_up() {
        stripe.session(
                "cs_two",
                new Line("Déclaration", 1, 3333, "prod_impots"),
                new Line("Quittances", 3, 6666, "prod_loyers"));
        stripe.session("cs_two")
                .put("amount_total", 9999 + 590)
                .putObject("shipping_cost")
                .put("amount_total", 590)
                .put("amount_tax", 0);
        hub.stripeEvent(stripe.completed("evt_two", "cs_two"));
        var made = orders(hub, "evt_two");
        assertThat(made)
                .extracting(order -> order.paid().partner())
                .containsExactlyInAnyOrder(impots, loyers);
        assertThat(made.stream().mapToLong(order -> order.paid().total()).sum())
                .isEqualTo(9999 + 590);
        assertThat(made)
                .extracting(order -> order.paid().lines().getLast().gross())
                .as("shipping, in proportion to 33.33 and 66.66")
                .containsExactlyInAnyOrder(197L, 393L);
    }

    @Test
    void an_unknown_partner_leaves_the_order_unassigned_and_asks_for_attention() {
        stripe.product("prod_lost", "personne")
                .session("cs_lost", new Line("X", 1, 500, "prod_lost"));
        hub.stripeEvent(stripe.completed("evt_lost", "cs_lost"));
        var paid = only("evt_lost").paid();
        assertThat(paid.partner()).isEqualTo(PartnerId.UNASSIGNED);
        assertThat(paid.attention()).contains("personne");
        assertThat(paid.total()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"session", "intent", "link"})
    void a_line_without_a_partner_of_its_own_is_its(String where) {
        String id = "cs_word_" + where;
        stripe.session(id, new Line("X", 1, 500, "prod_plain"));
        switch (where) {
            case "session" -> stripe.session(id).putObject("metadata").put("partner", "loyers");
            case "intent" -> stripe.intent(id).putObject("metadata").put("partner", "loyers");
            default -> {
                stripe.session(id).put("payment_link", "plink_1");
                stripe.put(
                        "payment_links/plink_1",
                        "{\"id\":\"plink_1\",\"metadata\":{\"partner\":\"loyers\"}}");
            }
        }
        hub.stripeEvent(stripe.completed("evt_word_" + where, id));
        assertThat(only("evt_word_" + where).paid().partner()).isEqualTo(loyers);
    }

    @Test
    void a_product_that_stripe_forgot_loses_no_order() {
        stripe.session("cs_gone", new Line("X", 1, 1200, "prod_gone"));
        stripe.session("cs_gone").putObject("metadata").put("partner", "impots");
        hub.stripeEvent(stripe.completed("evt_gone", "cs_gone"));
        var paid = only("evt_gone").paid();
        assertThat(paid.partner()).isEqualTo(impots);
        assertThat(paid.tax()).isEqualTo(200);
        assertThat(paid.attention()).contains("prod_gone");
    }

    @Test
    void a_deleted_product_is_no_problem() {
        stripe.put(
                        "products/prod_del",
                        "{\"id\":\"prod_del\",\"object\":\"product\",\"deleted\":true}")
                .session("cs_del", new Line("X", 1, 1200, "prod_del"));
        hub.stripeEvent(stripe.completed("evt_del", "cs_del"));
        assertThat(only("evt_del").paid().attention()).isEmpty();
    }

    @Test
    void lines_that_do_not_add_up_wait_for_a_person_and_are_read_again_once_mended() {
        stripe.session("cs_off", new Line("X", 1, 1000, "prod_impots"));
        var event = stripe.completed("evt_off", "cs_off");
        stripe.lines("cs_off").getFirst().put("amount_total", 900);
        hub.stripeEvent(event);
        assertThat(ended(hub, "evt_off")).isEqualTo("attention");
        assertThat(reason(hub, "evt_off")).contains("900").contains("1000");
        assertThat(orders(hub, "evt_off")).isEmpty();

        stripe.lines("cs_off").getFirst().put("amount_total", 1000);
        hub.bean(StripeEvents.class).readAgain(Environment.STAGING, "", "evt_off");
        HubForTests.eventually(() -> EventRows.state(hub, "evt_off"), "done"::equals);
        assertThat(orders(hub, "evt_off")).hasSize(1);
    }

    @Test
    void an_unpaid_session_makes_no_order() {
        stripe.session("cs_sepa", new Line("X", 1, 1000, "prod_impots"));
        stripe.session("cs_sepa").put("payment_status", "unpaid");
        hub.stripeEvent(stripe.completed("evt_sepa", "cs_sepa"));
        assertThat(orders(hub, "evt_sepa")).isEmpty();
        assertThat(reason(hub, "evt_sepa")).contains("awaiting funds");
    }

    @Test
    void a_free_session_makes_an_order_of_zero() {
        stripe.session("cs_free", new Line("X", 1, 0, "prod_impots"));
        stripe.session("cs_free")
                .put("payment_status", "no_payment_required")
                .putNull("payment_intent");
        hub.stripeEvent(stripe.completed("evt_free", "cs_free"));
        var paid = only("evt_free").paid();
        assertThat(paid.total()).isZero();
        assertThat(paid.payment().reference()).isEqualTo("cs_free");
    }

    @Test
    void stripes_own_tax_is_taken_as_it_is() {
        stripe.session(
                "cs_tax",
                new Line("Livre", 1, 2110, "prod_impots"),
                new Line("X", 1, 500, "prod_impots"));
        var taxed = stripe.lines("cs_tax").getFirst();
        taxed.put("amount_tax", 110)
                .putArray("taxes")
                .addObject()
                .put("amount", 110)
                .putObject("rate")
                .put("percentage", 5.5);
        var free = stripe.lines("cs_tax").getLast();
        free.putArray("taxes")
                .addObject()
                .put("amount", 0)
                .put("taxability_reason", "product_exempt")
                .putObject("rate")
                .put("percentage", 0.0);
        hub.stripeEvent(stripe.completed("evt_tax", "cs_tax"));
        var lines = only("evt_tax").paid().lines();
        assertThat(lines).extracting(OrderLine::vat).containsExactly(110L, 0L);
        assertThat(lines.getFirst().vatRate()).isEqualByComparingTo("5.5");
        assertThat(lines.getLast().vatRate()).isEqualByComparingTo(BigDecimal.ZERO);
    }

    @Test
    void a_products_own_rate_and_nature_win() {
        stripe.product(
                "prod_book",
                Map.of("vat_rate", "5.5", "nature", "goods", "partner", "impots"),
                "Livre");
        stripe.session("cs_book", new Line("Livre", 1, 2110, "prod_book"));
        hub.stripeEvent(stripe.completed("evt_book", "cs_book"));
        var line = only("evt_book").paid().lines().getFirst();
        assertThat(line.vat()).isEqualTo(110);
        assertThat(line.nature()).isEqualTo("goods");
    }

    @Test
    void a_rate_that_is_not_in_force_stops_the_order_until_it_is_corrected() {
        stripe.product("prod_old", Map.of("vat_rate", "19.6", "partner", "impots"), "Ancien");
        stripe.session("cs_old", new Line("Ancien", 1, 1_196, "prod_old"));
        hub.stripeEvent(stripe.completed("evt_oldrate", "cs_old"));
        assertThat(ended(hub, "evt_oldrate")).isEqualTo("attention");
        assertThat(reason(hub, "evt_oldrate")).contains("prod_old", "19.6");
    }

    @Test
    void a_company_is_the_customer_and_who_bought_for_it_its_contact() {
        stripe.product("prod_company", Map.of("partner", "impots"), "Guide");
        stripe.session("cs_company", new Line("Guide", 1, 1_200, "prod_company"));
        var details = stripe.session("cs_company").withObject("customer_details");
        details.put("name", "Jean Petit").put("business_name", "SARL Petit & Fils");
        hub.stripeEvent(stripe.completed("evt_company", "cs_company"));
        var order = only("evt_company");
        assertThat(order.paid().buyer().firstName()).isEqualTo("Jean");
        String xml =
                HubForTests.eventually(
                        () -> {
                            var found =
                                    new tools.jackson.databind.json.JsonMapper()
                                            .readTree(hub.get("/v1/orders/" + order.id()).body());
                            String number = found.path("invoice").path("number").asString("");
                            return number.isEmpty()
                                    ? ""
                                    : hub.get("/v1/invoices/" + number + "/xml").body();
                        },
                        body -> body.contains("BuyerTradeParty"));
        assertThat(xml)
                .contains(
                        "<ram:BuyerTradeParty><ram:Name>SARL Petit &amp; Fils</ram:Name>",
                        "<ram:DefinedTradeContact><ram:PersonName>Jean Petit</ram:PersonName>");
    }

    @ParameterizedTest
    @CsvSource({
        "currency, \"zzz\", currency",
        "currency, \"e\\u0000r\", currency",
        "amount_total, -1000, amount_total",
        "amount_total, null, amount_total",
        "amount_total, 10.5, amount_total",
        "amount_total, 99999999999999999999999999, amount_total",
        "payment_status, \"maybe\", payment_status",
        "id, \"../../v1/customers\", Stripe id",
        "mode, null, mode"
    })
    void what_money_depends_on_is_never_guessed(String field, String value, String named) {
        String id = "cs_odd_" + Math.abs((field + value).hashCode());
        stripe.session(id, new Line("X", 1, 1000, "prod_impots"));
        var json = new tools.jackson.databind.json.JsonMapper().readTree(value);
        stripe.session(id).set(field, json);
        String event = "evt" + id.substring(2);
        assertThat(hub.stripeEvent(stripe.completed(event, id)).statusCode()).isEqualTo(200);
        assertThat(ended(hub, event)).isEqualTo("attention");
        assertThat(reason(hub, event)).contains(named);
    }

    @Test
    void an_event_without_an_object_is_kept_for_a_person() {
        hub.stripeEvent(
                "{\"id\":\"evt_bare\",\"type\":\"checkout.session.completed\",\"livemode\":false}");
        assertThat(ended(hub, "evt_bare")).isEqualTo("attention");
    }

    @Test
    void a_buyers_strange_words_stop_nothing() {
        stripe.session("cs_words", new Line("X", 0, 1000, "prod_impots"));
        String name = "م".repeat(299) + "😀\u0000\ud800";
        ((ObjectNode) stripe.session("cs_words").get("customer_details"))
                .put("name", name)
                .put("email", "a@example.com\r\nBcc: b@example.com");
        stripe.session("cs_words")
                .putObject("metadata")
                .put("note\u0000", "x".repeat(20_000) + "\u0000")
                .put("coverage", "not json");
        hub.stripeEvent(stripe.completed("evt_words", "cs_words"));
        var paid = only("evt_words").paid();
        assertThat(paid.buyer().name()).startsWith("م".repeat(299) + "😀").doesNotContain("\u0000");
        assertThat(paid.buyer().email()).doesNotContain("\r").doesNotContain("\n");
        assertThat(paid.attention()).contains("email").contains("coverage");
        assertThat(paid.coverage()).isEqualTo("[]");
        assertThat(paid.metadata().toString()).doesNotContain("\u0000");
        assertThat(paid.lines().getFirst().quantity()).isEqualTo(1);
    }

    @Test
    void an_event_of_a_connected_account_is_read_with_its_account() {
        stripe.session("cs_connect", new Line("X", 1, 1000, "prod_impots"));
        var event =
                stripe.event(
                        "evt_connect", "checkout.session.completed", stripe.session("cs_connect"));
        hub.stripeEvent(event.put("account", "acct_1").toString());
        assertThat(only("evt_connect").paid().account()).isEqualTo("acct_1");
        assertThat(stripe.accounts()).contains("acct_1");
    }

    private static Order only(String event) {
        var made = orders(hub, event);
        assertThat(made).as(() -> reason(hub, event)).hasSize(1);
        return made.getFirst();
    }
}
