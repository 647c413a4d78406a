package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.invoice.Creditables;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.Dispute;
import com.comptappart.order.Disputes;
import com.comptappart.order.Order;
import com.comptappart.partner.Partners;
import com.comptappart.people.PeopleForTests;
import com.comptappart.people.Role;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.StripeStub.Answer;
import com.comptappart.webhook.Endpoints;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** A refund, from its order's page to the credit note. */
class RefundPagesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern HIDDEN =
            Pattern.compile("type=\"hidden\" name=\"([a-z0-9]+)\" value=\"([^\"]*)\"");
    private static StripeStub stripe;
    private static HubForTests hub;
    private static PartnerId partner;
    private static Browser browser;

    @BeforeAll
    static void start() {
        stripe = StripeStub.start();
        hub = new HubForTests().asking(stripe).start();
        partner = hub.bean(Partners.class).create("Dupont", "dupont", "d@example.com", null).id();
        hub.bean(Partners.class).create("Other", "other", "o@example.com", null);
        hub.bean(Endpoints.class)
                .create(
                        partner,
                        Environment.STAGING,
                        new Endpoints.Wish(
                                "http://127.0.0.1:9/hooks",
                                null,
                                List.of("order.created", "order.refunded"),
                                null,
                                null));
        browser = person("marie@example.com");
    }

    private static Browser person(String email) {
        return new Browser(hub)
                .signedIn(PeopleForTests.person(hub, email, partner, Role.MANAGEMENT));
    }

    @AfterAll
    static void stop() {
        hub.close();
        stripe.close();
    }

    @AfterEach
    void mend() {
        stripe.answeringAgain();
    }

    /** A service of 99.99 at 20 % and two guides for 20.00 at 5.5 %, with its invoice. */
    private static Order order(String name) {
        var order =
                OrdersForTests.record(
                        hub,
                        OrdersForTests.paid(
                                partner, Environment.STAGING, "cs_test_" + name, "Marie Martin"));
        HubForTests.eventually(
                () -> hub.bean(Creditables.class).of(partner, order.id()).isPresent(),
                there -> there);
        return order;
    }

    private static String url(Order order) {
        return "/console/dupont/test/commandes/" + order.id();
    }

    private static HttpResponse<String> confirm(Order order, String query) {
        return browser.open(
                url(order) + "/remboursement/confirmation?jeton=jeton_fortests1&" + query);
    }

    private static Map<String, String> fields(HttpResponse<String> page) {
        var fields = new LinkedHashMap<String, String>();
        var hidden = HIDDEN.matcher(page.body());
        while (hidden.find()) {
            fields.put(hidden.group(1), hidden.group(2));
        }
        return fields;
    }

    private static HttpResponse<String> send(Browser by, HttpResponse<String> page, Order order) {
        return by.submit(page, url(order) + "/remboursement", fields(page));
    }

    private static List<com.comptappart.testing.StubPosts.Posted> asked(Order order) {
        return stripe.posts().to("/v1/refunds").stream()
                .filter(each ->
                        each.form()
                                .getOrDefault("metadata[comptappart_order]", "")
                                .equals(order.id().toString()))
                .toList();
    }

    @Test
    void three_pages_lead_from_an_order_to_its_refund() {
        var order = order("three");
        assertThat(browser.open(url(order)).body())
                .contains("href=\"" + url(order) + "/remboursement\"", "119,99");
        var form = browser.open(url(order) + "/remboursement").body();
        assertThat(form)
                .contains("Rembourser la commande " + order.id())
                .contains("Guide papier", "Quantité rendue, 2 au plus")
                .contains("L’avoir qui viendra");

        var sure = confirm(order, "quoi=tout&motif=requested_by_customer");
        assertThat(sure.body())
                .contains("Rembourser 119,99", "•••• 4242")
                .contains("Le numéro sera attribué à l’émission")
                .contains("cs_test_three@example.com")
                .contains("La notification order.refunded part vers : http://127.0.0.1:9/hooks")
                .contains("Un remboursement ne s’annule pas");
        assertThat(asked(order)).isEmpty();

        var done = send(browser, sure, order);
        assertThat(done.uri().getPath()).isEqualTo(url(order));
        assertThat(done.body())
                .contains("Stripe a pris le remboursement")
                .contains("demandé à Stripe, qui va le confirmer")
                .contains("Plus rien à rembourser");
        assertThat(asked(order).getFirst().form())
                .containsEntry("payment_intent", "pi_cs_test_three")
                .containsEntry("amount", "11999")
                .containsEntry("reason", "requested_by_customer");
        assertThat(
                        hub.jdbc()
                                .sql(
                                        "select count(*) from audit_entry where act = 'refund.asked' and object = :order")
                                .param("order", order.id().toString())
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void the_draft_is_shown_before_and_says_lines_vat_and_what_is_left() {
        var order = order("draft");
        var page = browser.open(url(order) + "/remboursement?quoi=lignes&q2=1&m1=60,00");
        assertThat(page.body())
                .contains("70,00", "Avoir sur la facture TEST-FQCA-")
                .contains("TVA à 20", "10,00\u00a0€ sur 50,00\u00a0€ HT")
                .contains("TVA à 5,5", "0,52\u00a0€ sur 9,48\u00a0€ HT")
                .contains("49,99");
        var part =
                browser.open(
                        url(order) + "/remboursement/apercu?quoi=lignes&q2=1&m1=60,00&jeton=x");
        assertThat(part.body()).contains("70,00").doesNotContain("<html", "<form");
        assertThat(asked(order)).isEmpty();
    }

    @Test
    void pieces_that_were_given_back_are_not_offered_again() {
        var order = order("pieces");
        send(browser, confirm(order, "quoi=lignes&q2=1"), order);
        assertThat(browser.open(url(order) + "/remboursement").body())
                .contains("Quantité rendue, 1 au plus")
                .doesNotContain("Quantité rendue, 2 au plus");
        assertThat(confirm(order, "quoi=lignes&q2=2").body())
                .contains("plus que ce qui reste d’une ligne");
        assertThat(confirm(order, "quoi=lignes&q2=1&m2=3").body()).contains("ou a les deux");
        send(browser, confirm(order, "quoi=lignes&q2=1"), order);
        assertThat(asked(order)).hasSize(2);
    }

    @Test
    void lines_are_carried_to_stripe_and_come_back_as_a_credit_note_of_those_lines() {
        var order = order("lines");
        send(browser, confirm(order, "quoi=lignes&q2=1"), order);
        var form = asked(order).getFirst().form();
        assertThat(form)
                .containsEntry("amount", "1000")
                .containsEntry("metadata[comptappart_lines]", "2:1000");
        tell(order, "lines", 1000);
        var shown =
                HubForTests.eventually(
                        () -> browser.open(url(order)).body(),
                        body -> body.contains("/avoirs/TEST-AQCA-"));
        assertThat(shown)
                .contains("re_told_lines", url(order) + "/evenements/evt_told_lines")
                .contains("href=\"#re_told_lines\"", "id=\"re_told_lines\"")
                .contains("/console/dupont/test/livraisons/msg_");
        assertThat(
                        hub.jdbc()
                                .sql(
                                        "select content from invoice where order_id = :order and kind = 'credit_note'")
                                .param("order", order.id().value())
                                .query(String.class)
                                .single())
                .contains("Guide papier", "\"net\":948", "\"vat\":52")
                .doesNotContain("Formule");
        assertThat(browser.open(url(order) + "/evenements/evt_told_lines").body())
                .contains("&quot;id&quot; : &quot;re_told_lines&quot;");
        assertThat(browser.open(url(order) + "/evenements/evt_other").statusCode()).isEqualTo(404);
    }

    /** As Stripe's event has it: with the metadata that was posted. */
    private static void tell(Order order, String name, long amount) {
        var refund = JSON.createObjectNode().put("id", "re_told_" + name).put("object", "refund");
        refund.put("amount", amount).put("currency", "eur").put("status", "succeeded");
        refund.put("payment_intent", order.paid().payment().reference());
        refund.put("created", Instant.now().getEpochSecond());
        var metadata = refund.putObject("metadata");
        asked(order)
                .getLast()
                .form()
                .forEach((key, value) -> {
                    if (key.startsWith("metadata[")) {
                        metadata.put(key.substring(9, key.length() - 1), value);
                    }
                });
        hub.stripeEvent(stripe.event("evt_told_" + name, "refund.created", refund).toString());
    }

    @Test
    void a_form_that_is_sent_twice_refunds_once() {
        var order = order("twice");
        var sure = confirm(order, "quoi=montant&montant=20");
        send(browser, sure, order);
        var second = send(browser, sure, order);
        assertThat(second.body()).contains("Stripe a pris le remboursement");
        assertThat(asked(order))
                .extracting(each -> each.key())
                .hasSize(2)
                .containsOnly(asked(order).getFirst().key());
        assertThat(second.body()).contains("99,99\u00a0€ remboursables");
    }

    @Test
    void of_two_people_at_once_the_second_is_told_to_look_again() {
        var order = order("two");
        var mine = confirm(order, "quoi=montant&montant=20");
        var other = person("paul@example.com");
        var theirs =
                other.open(
                        url(order)
                                + "/remboursement/confirmation?jeton=jeton_fortests2&quoi=montant&montant=20");
        send(browser, mine, order);
        var told = send(other, theirs, order);
        assertThat(told.body())
                .contains("quelqu’un d’autre a demandé un remboursement entre-temps")
                .contains("Rembourser la commande");
        assertThat(asked(order)).hasSize(1);
    }

    @Test
    void a_refusal_of_stripes_is_said_in_words_and_leaves_the_money() {
        var order = order("refused");
        var sure = confirm(order, "quoi=tout");
        stripe.answering(path ->
                path.equals("/v1/refunds")
                        ? new Answer(
                                400,
                                Map.of(),
                                "{\"error\":{\"code\":\"balance_insufficient\",\"message\":\"Insufficient funds.\"}}")
                        : null);
        assertThat(send(browser, sure, order).body())
                .contains("Stripe refuse, et l’argent n’est pas parti", "Insufficient funds.")
                .contains("119,99");
    }

    @Test
    void silence_of_stripe_says_that_asking_again_is_the_same_refund() {
        var order = order("silent");
        var sure = confirm(order, "quoi=montant&montant=5,00");
        stripe.answering(path -> path.equals("/v1/refunds") ? Answer.of(500) : null);
        var unknown = send(browser, sure, order);
        assertThat(unknown.statusCode()).isEqualTo(503);
        assertThat(unknown.body()).contains("Stripe n’a pas répondu", "ne la fera qu’une fois");
        stripe.answeringAgain();
        assertThat(send(browser, unknown, order).body()).contains("Stripe a pris le remboursement");
        assertThat(asked(order))
                .extracting(each -> each.key())
                .hasSize(2)
                .containsOnly(asked(order).getFirst().key());
    }

    @Test
    void what_does_not_fit_together_is_asked_again_and_refunds_nothing() {
        var order = order("unclear");
        assertThat(confirm(order, "quoi=tout&montant=5").body())
                .contains("Vous avez aussi saisi un montant");
        assertThat(confirm(order, "quoi=montant&montant=1.005").body())
                .contains("Ce n’est pas un montant");
        assertThat(confirm(order, "quoi=montant&montant=120").body())
                .contains("plus que ce qui reste remboursable");
        assertThat(confirm(order, "quoi=lignes&m2=20,01").body())
                .contains("plus que ce qui reste d’une ligne");
        assertThat(confirm(order, "quoi=lignes").body()).contains("pour une ligne au moins");
        assertThat(confirm(order, "montant=5").body()).contains("Choisissez ce que vous rendez");
        assertThat(asked(order)).isEmpty();
    }

    @Test
    void an_order_that_cannot_be_refunded_says_why_and_has_no_button() {
        var order = order("disputed");
        new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ ->
                        hub.bean(Disputes.class)
                                .record(
                                        List.of(
                                                new Dispute(
                                                        "",
                                                        Environment.STAGING,
                                                        "dp_1",
                                                        order.paid().payment().reference(),
                                                        11_999,
                                                        Currency.EUR,
                                                        "fraudulent",
                                                        "needs_response",
                                                        Dispute.Stage.OPENED,
                                                        "evt_dp",
                                                        Instant.now()))));
        assertThat(browser.open(url(order)).body())
                .contains("Pas de remboursement pendant une contestation")
                .doesNotContain("/remboursement\"");
        assertThat(confirm(order, "quoi=tout").body())
                .contains("Pas de remboursement pendant une contestation")
                .doesNotContain("Un remboursement ne s’annule pas");
    }

    @Test
    void another_partners_order_has_no_pages_of_refunds() {
        var order = order("elsewhere");
        var operator = new Browser(hub).signedIn();
        String path = "/console/other/test/commandes/" + order.id() + "/remboursement";
        assertThat(operator.open(path).statusCode()).isEqualTo(404);
        assertThat(operator.open(path + "/confirmation?quoi=tout").statusCode()).isEqualTo(404);
    }

    @Test
    void the_script_of_the_preview_is_our_own_file() {
        var script = browser.open("/console/static/htmx/htmx.min.js");
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.body()).contains("htmx");
        assertThat(browser.open(url(order("script")) + "/remboursement").body())
                .contains("/console/static/htmx/htmx.min.js", "\"allowEval\":false");
    }
}
