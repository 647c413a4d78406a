package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.PartnerId;
import com.comptappart.partner.Partners;
import com.comptappart.people.PeopleForTests;
import com.comptappart.people.Role;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.MovableClock;
import com.comptappart.testing.StripeStub;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** To end a contract and to withdraw from one, in two steps and without an account. */
class DeclarationPagesTest {

    private static final MovableClock CLOCK = new MovableClock("2026-11-30T10:00:00Z");
    private static StripeStub stripe;
    private static HubForTests hub;
    private static BuyersForTests buyers;
    private static PartnerId impots;

    @BeforeAll
    static void start() {
        stripe = StripeStub.start();
        hub = new HubForTests().asking(stripe).at(CLOCK).start();
        buyers = new BuyersForTests(hub, stripe);
        impots = partner("impots");
        partner("loyers");
    }

    private static PartnerId partner(String slug) {
        return hub.bean(Partners.class)
                .create("Société " + slug, slug, slug + "@example.com", null)
                .id();
    }

    @AfterAll
    static void stop() {
        hub.close();
        stripe.close();
    }

    @BeforeEach
    void another_minute() {
        later(61);
    }

    @AfterEach
    void mend() {
        stripe.answeringAgain();
    }

    private static void later(long seconds) {
        CLOCK.moveTo(CLOCK.instant().plusSeconds(seconds).toString());
    }

    private static Browser browser() {
        return new Browser(hub);
    }

    /** Fills the form, checks it and confirms, as the buttons of the pages do. */
    private static HttpResponse<String> declare(
            Browser browser, String path, String email, String reference) {
        return declare(browser, path, email, Map.of("contrat", reference));
    }

    private static HttpResponse<String> declare(
            Browser browser, String path, String email, Map<String, String> more) {
        var fields = new HashMap<>(Map.of("nom", "Marie Martin", "email", email));
        fields.putAll(more);
        var check = browser.submit(browser.open(path), path, fields);
        assertThat(check.statusCode()).as(check.body()).isEqualTo(200);
        var received = browser.submit(check, path + "/notifier", fields);
        assertThat(received.statusCode()).isEqualTo(200);
        return received;
    }

    private static List<String> asked(String subscription) {
        return stripe.posts().to("/v1/subscriptions/" + subscription).stream()
                .map(each -> each.form().toString())
                .toList();
    }

    private static String attention(String place) {
        return browser().signedIn().open("/console/" + place + "/a-traiter").body();
    }

    /** What an answer says to everyone: without the address, the number and the time. */
    private static String words(HttpResponse<String> received) {
        return received.body()
                .replaceAll("[a-z-]+@example\\.com", "EMAIL")
                .replaceAll("dec_[A-Za-z0-9._-]+", "ID")
                .replaceAll("sub_[a-z]+", "REFERENCE")
                .replaceAll("datetime=\"[^\"]*\"[^<]*<", "TIME<");
    }

    @Test
    void a_subscription_ends_with_its_period_and_its_buyer_is_told_when() {
        buyers.subscribed(impots, "impots", "end", "end@example.com");
        var received = declare(browser(), "/resilier", "End@example.com", "sub_end");
        assertThat(received.body())
                .contains("Votre résiliation est reçue", "30 nov. 2026", "(heure de Paris)");
        var acknowledged = buyers.mail("end@example.com", "Nous avons reçu votre résiliation");
        assertThat(acknowledged.text())
                .contains("Marie Martin", "sub_end", "30 novembre 2026 à ", "dec_")
                .contains("Un second message vous dit la date");
        var told = buyers.mail("end@example.com", "Votre contrat prend fin le 15 novembre 2027");
        assertThat(told.text()).contains("plus rien n'est prélevé", "/resilier/revenir/dec_");
        assertThat(asked("sub_end")).containsExactly("{cancel_at_period_end=true}");
    }

    @Test
    void whoever_only_knows_an_address_or_a_reference_ends_nothing_and_learns_nothing() {
        buyers.subscribed(impots, "impots", "safe", "safe@example.com");
        var known = declare(browser(), "/resilier", "safe@example.com", "sub_safe");
        later(61);
        buyers.mail("safe@example.com", "Votre contrat prend fin");
        int before = asked("sub_safe").size();
        var browser = browser();
        var wrongAddress = declare(browser, "/resilier", "thief@example.com", "sub_safe");
        var wrongReference = declare(browser, "/resilier", "safe@example.com", "sub_none");
        assertThat(words(wrongAddress)).isEqualTo(words(known));
        assertThat(words(wrongReference)).isEqualTo(words(known));
        buyers.mail("thief@example.com", "Nous avons reçu votre résiliation");
        assertThat(asked("sub_safe")).hasSize(before);
        assertThat(attention("impots/test"))
                .contains("thief@example.com", "l’achat a été fait avec une autre adresse")
                .contains("safe@example.com", "Aucun contrat n’a cette référence");
    }

    @Test
    void an_end_is_taken_back_until_it_has_come() {
        buyers.subscribed(impots, "impots", "back", "back@example.com");
        declare(browser(), "/resilier", "back@example.com", "sub_back");
        String link =
                BuyersForTests.link(buyers.mail("back@example.com", "Votre contrat prend fin"));
        var browser = browser();
        var page = browser.open(link);
        assertThat(page.body()).contains("Garder mon abonnement", "15 nov. 2027");
        assertThat(asked("sub_back")).as("opening the page does nothing").hasSize(1);
        assertThat(browser.submit(page, link, Map.of()).body())
                .contains("votre abonnement continue");
        buyers.mail("back@example.com", "Votre abonnement continue");
        assertThat(asked("sub_back"))
                .containsExactly("{cancel_at_period_end=true}", "{cancel_at_period_end=false}");
        assertThat(browser.open(link.replaceFirst("..$", "AA")).statusCode()).isEqualTo(404);
        // Declared once more, it is another declaration, and done.
        declare(browser, "/resilier", "back@example.com", "sub_back");
        HubForTests.eventually(() -> asked("sub_back"), 3);
    }

    @Test
    void an_end_that_has_come_is_not_taken_back() {
        buyers.subscribed(
                impots, "impots", "late", "late@example.com", CLOCK.instant().plusSeconds(86_400));
        declare(browser(), "/resilier", "late@example.com", "sub_late");
        String link =
                BuyersForTests.link(buyers.mail("late@example.com", "Votre contrat prend fin"));
        var browser = browser();
        var page = browser.open(link);
        later(86_401);
        assertThat(browser.submit(page, link, Map.of()).body())
                .contains("Il n’y a plus de fin à annuler");
        assertThat(asked("sub_late")).hasSize(1);
    }

    @Test
    void the_same_declared_twice_is_one_and_acknowledged_once() {
        buyers.subscribed(impots, "impots", "twice", "twice@example.com");
        var browser = browser();
        var first = declare(browser, "/resilier", "twice@example.com", "sub_twice");
        var second = declare(browser, "/resilier", "twice@example.com", "sub_twice");
        assertThat(second.uri()).isEqualTo(first.uri());
        buyers.mail("twice@example.com", "Votre contrat prend fin");
        assertThat(buyers.mails("twice@example.com", "Nous avons reçu")).hasSize(1);
    }

    @Test
    void stripe_away_for_an_hour_puts_the_end_off_and_shows_it() {
        buyers.subscribed(impots, "impots", "away", "away@example.com");
        stripe.answering(503);
        declare(browser(), "/resilier", "away@example.com", "sub_away");
        for (int tries = 1; tries <= 3; tries++) {
            int wanted = tries;
            HubForTests.eventually(() -> attempts("away@example.com"), found -> found == wanted);
            later(3_601);
        }
        assertThat(attention("impots/test")).contains("away@example.com");
        stripe.answeringAgain();
        later(3_601);
        buyers.mail("away@example.com", "Votre contrat prend fin");
        assertThat(asked("sub_away")).contains("{cancel_at_period_end=true}");
        assertThat(attention("impots/test")).doesNotContain("away@example.com");
    }

    private static int attempts(String email) {
        return hub.jdbc()
                .sql("select attempts from declaration where email = :email")
                .param("email", email)
                .query(Integer.class)
                .single();
    }

    @Test
    void a_dead_workers_declaration_comes_back_and_is_done_once() {
        buyers.subscribed(impots, "impots", "dead", "dead@example.com");
        declare(browser(), "/resilier", "dead@example.com", "sub_dead");
        buyers.mail("dead@example.com", "Votre contrat prend fin");
        // As a worker left it that died between Stripe's answer and its own.
        hub.jdbc()
                .sql(
                        """
                        update declaration set state = 'ending', ends_at = null, lease = gen_random_uuid(),
                            due_at = :until
                        where email = 'dead@example.com'
                        """)
                .param("until", CLOCK.instant().plusSeconds(180).atOffset(java.time.ZoneOffset.UTC))
                .update();
        later(181);
        HubForTests.eventually(
                () ->
                        hub.jdbc()
                                .sql(
                                        "select state from declaration where email = 'dead@example.com'")
                                .query(String.class)
                                .single(),
                "ended"::equals);
        assertThat(asked("sub_dead")).hasSize(1);
    }

    @Test
    void a_later_end_than_that_of_the_period_is_the_sellers_to_bring() {
        buyers.subscribed(impots, "impots", "wish", "wish@example.com");
        declare(
                browser(),
                "/resilier",
                "wish@example.com",
                Map.of("contrat", "sub_wish", "date", "2027-12-01"));
        buyers.mail("wish@example.com", "Nous avons reçu");
        assertThat(attention("impots/test")).contains("souhaite une fin plus tardive");
        assertThat(asked("sub_wish")).isEmpty();
    }

    @Test
    void an_order_or_an_invoice_number_names_the_subscription_too() {
        var order = buyers.subscribed(impots, "impots", "number", "number@example.com");
        declare(browser(), "/resilier", "number@example.com", order.id().toString());
        buyers.mail("number@example.com", "Votre contrat prend fin");
        assertThat(asked("sub_number")).hasSize(1);
        var other = buyers.subscribed(impots, "impots", "invoiced", "invoiced@example.com");
        var mail =
                HubForTests.eventually(
                                () ->
                                        hub.bean(com.comptappart.mail.Mails.class)
                                                .ofOrders(List.of(other.id()))
                                                .getOrDefault(other.id(), List.of()),
                                found -> !found.isEmpty())
                        .getFirst();
        declare(browser(), "/resilier", "invoiced@example.com", mail.key().toLowerCase());
        buyers.mail("invoiced@example.com", "Votre contrat prend fin");
        assertThat(asked("sub_invoiced")).hasSize(1);
    }

    @Test
    void the_page_of_another_seller_does_not_end_it() {
        buyers.subscribed(impots, "impots", "shop", "shop@example.com");
        declare(
                browser(),
                "/resilier",
                "shop@example.com",
                Map.of("contrat", "sub_shop", "vendeur", "loyers"));
        buyers.mail("shop@example.com", "Nous avons reçu");
        assertThat(asked("sub_shop")).isEmpty();
        assertThat(attention("loyers/live")).contains("shop@example.com");
        assertThat(attention("impots/test")).doesNotContain("shop@example.com");
    }

    @Test
    void what_names_no_seller_is_kept_for_the_operator_and_acknowledged() {
        declare(browser(), "/resilier", "nobody@example.com", "X-1");
        buyers.mail("nobody@example.com", "Nous avons reçu votre résiliation");
        assertThat(attention("tous/live")).contains("nobody@example.com");
        assertThat(attention("impots/live")).doesNotContain("nobody@example.com");
    }

    @Test
    void a_withdrawal_is_acknowledged_with_its_content_and_time_and_stands_on_the_order() {
        var order = buyers.bought(impots, "withdraw", "withdraw@example.com");
        var received =
                declare(browser(), "/renoncer", "withdraw@example.com", order.id().toString());
        assertThat(received.body()).contains("Votre rétractation est reçue");
        var mail = buyers.mail("withdraw@example.com", "Nous avons reçu votre rétractation");
        assertThat(mail.text())
                .contains("Marie Martin", "Contrat : " + order.id(), "withdraw@example.com")
                .contains("30 novembre 2026 à ", "L221-24", "L221-28");
        assertThat(browser().signedIn().open("/console/impots/test/commandes/" + order.id()).body())
                .contains("Rétractation", "À traiter", "quatorze jours");
        assertThat(stripe.posts().to("/v1/refunds")).isEmpty();
    }

    @Test
    void the_seller_marks_a_declaration_as_handled_and_a_reader_may_not() {
        var order = buyers.bought(impots, "handle", "handle@example.com");
        declare(browser(), "/renoncer", "handle@example.com", order.id().toString());
        String id =
                hub.jdbc()
                        .sql("select declaration_id from declaration where email = :email")
                        .param("email", "handle@example.com")
                        .query(String.class)
                        .single();
        String path = "/console/impots/test/a-traiter/declarations/" + id;
        var reader =
                browser()
                        .signedIn(
                                PeopleForTests.person(
                                        hub, "reader@example.com", impots, Role.READER));
        var seen = reader.open(path);
        assertThat(seen.body())
                .contains("Marie Martin", "handle@example.com", "quatorze jours")
                .doesNotContain("Marquer comme traitée");
        assertThat(reader.submit(seen, path + "/traitee", Map.of()).statusCode()).isEqualTo(403);
        var manager =
                browser()
                        .signedIn(
                                PeopleForTests.person(
                                        hub, "manager@example.com", impots, Role.MANAGEMENT));
        var page = manager.open(path);
        assertThat(manager.submit(page, path + "/traitee", Map.of()).body())
                .contains("La déclaration est marquée comme traitée");
        assertThat(attention("impots/test")).doesNotContain("handle@example.com");
        assertThat(manager.submit(page, path + "/traitee", Map.of()).body())
                .contains("n’attend plus personne");
        assertThat(browser().signedIn().open(path.replace("/impots/", "/loyers/")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_area_fills_the_form_in_without_writing_the_address_into_a_link() {
        var order = buyers.subscribed(impots, "impots", "fill", "fill@example.com");
        var browser = browser();
        String area = buyers.area(order);
        assertThat(browser.open(area).body()).contains("Résilier votre contrat");
        String form = "/resilier?lien=" + area.substring(3) + "&contrat=sub_fill";
        assertThat(browser.open(form).body())
                .contains("value=\"fill@example.com\"", "value=\"Marie Martin\"", "sub_fill");
    }

    @Test
    void what_is_wrong_is_said_beside_its_field_and_nothing_is_kept() {
        var browser = browser();
        var page =
                browser.submit(
                        browser.open("/resilier"),
                        "/resilier",
                        Map.of(
                                "nom",
                                "gagnez sur evil.example.com",
                                "email",
                                "no",
                                "date",
                                "soon"));
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body())
                .contains("sans adresse de site", "Ce n’est pas une adresse", "Écrivez une date");
        var skipped = browser.submit(page, "/resilier/notifier", Map.of("nom", "x", "email", "no"));
        assertThat(skipped.statusCode()).isEqualTo(400);
    }

    @Test
    void what_was_checked_can_be_changed() {
        var browser = browser();
        var fields = Map.of("nom", "Marie Martin", "email", "change@example.com", "contrat", "17");
        var check = browser.submit(browser.open("/renoncer"), "/renoncer", fields);
        assertThat(check.body()).contains("Confirmer la rétractation", "change@example.com");
        var again = new HashMap<>(fields);
        again.put("modifier", "1");
        assertThat(browser.submit(check, "/renoncer", again).body())
                .contains("value=\"change@example.com\"", "value=\"17\"");
    }

    @Test
    void nobodys_mailbox_is_filled_and_nothing_that_is_declared_is_lost() {
        for (int i = 0; i < 12; i++) {
            later(61);
            declare(browser(), "/resilier", "flood@example.com", "F-" + i);
        }
        assertThat(
                        hub.jdbc()
                                .sql("select count(*) from declaration where email = :email")
                                .param("email", "flood@example.com")
                                .query(Integer.class)
                                .single())
                .isEqualTo(12);
        assertThat(buyers.mails("flood@example.com", "Nous avons reçu")).hasSize(10);
    }

    @Test
    void the_mails_of_an_english_page_are_english() {
        buyers.subscribed(impots, "impots", "speak", "speak@example.com");
        declare(browser().speaking("en"), "/resilier", "speak@example.com", "sub_speak");
        buyers.mail("speak@example.com", "We have received your cancellation");
        assertThat(
                        buyers.mail("speak@example.com", "Your contract ends on 15 November 2027")
                                .text())
                .contains("Keep my subscription");
    }

    @Test
    void what_was_declared_is_never_changed_nor_deleted() {
        declare(browser(), "/renoncer", "final@example.com", "Y-1");
        for (String change :
                List.of(
                        "update declaration set name = 'x' where email = 'final@example.com'",
                        "delete from declaration where email = 'final@example.com'",
                        "delete from declaration_step")) {
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> hub.jdbc().sql(change).update())
                    .hasMessageContaining("never changed nor deleted");
        }
    }
}
