package com.comptappart.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.Order;
import com.comptappart.order.Refund;
import com.comptappart.partner.ApiKeys;
import com.comptappart.partner.Caller;
import com.comptappart.partner.Partners;
import com.comptappart.testing.HubForTests;
import com.comptappart.webhook.Endpoints;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private static final HubForTests HUB = new HubForTests();
    private static final AtomicInteger STATUS = new AtomicInteger(422);
    private static HttpServer receiver;
    private static Order order;
    private static Order evil;
    private static Order flagged;
    private static PartnerId partner;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        HUB.start();
        partner = HUB.bean(Partners.class).create("Dupont", "dupont", "d@example.com", null).id();
        receive();
        HUB.bean(Partners.class).create("Other", "other", "o@example.com", null);
        order = record("cs_test_marie", "Marie Martin", "");
        evil = record("cs_test_evil", "<script>alert(1)</script>", "");
        flagged = record("cs_test_flagged", "Jean", "the coverage metadata is not JSON");
        browser = new Browser(HUB).signedIn();
    }

    /** A partner's server that answers what the test says. */
    private static void receive() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    byte[] answer = "{\"error\":\"<b>unknown</b>\"}".getBytes(UTF_8);
                    exchange.sendResponseHeaders(STATUS.get(), answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        receiver.start();
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hooks";
        HUB.bean(Endpoints.class)
                .create(
                        partner,
                        Environment.STAGING,
                        new Endpoints.Wish(url, null, null, null, null));
    }

    private static Order record(String object, String buyer, String attention) {
        return OrdersForTests.record(
                HUB, OrdersForTests.paid(partner, Environment.STAGING, object, buyer, attention));
    }

    @AfterAll
    static void stop() {
        HUB.close();
        receiver.stop(0);
    }

    @Test
    void the_list_shows_an_order_with_its_buyer_and_total_and_where_it_is() {
        var page = browser.open("/console/tous/test/commandes");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<title>[TEST] Commandes · ComptAppart</title>")
                .contains("/console/static/favicon-test.svg")
                .contains("Marie Martin", "cs_test_marie@example.com", "119,99")
                .contains("/console/dupont/test/commandes/" + order.id())
                .contains("heure de Paris");
    }

    @Test
    void an_order_of_test_mode_is_not_in_production_nor_with_another_partner() {
        assertThat(browser.open("/console/tous/live/commandes").body())
                .contains("[PRODUCTION]", "Pas encore de commande")
                .doesNotContain("Marie Martin");
        assertThat(browser.open("/console/other/test/commandes").body())
                .doesNotContain("Marie Martin");
        assertThat(browser.open("/console/other/test/commandes/" + order.id()).statusCode())
                .isEqualTo(404);
        assertThat(browser.open("/console/dupont/live/commandes/" + order.id()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_filter_in_the_address_finds_one_order() {
        var page = browser.open("/console/tous/test/commandes?email=CS_test_marie%40example.com");
        assertThat(page.body()).contains("Marie Martin").doesNotContain("cs_test_evil");
        assertThat(browser.open("/console/tous/test/commandes?numero=abc").body())
                .contains("Aucune commande ne correspond");
    }

    @Test
    void the_search_box_goes_straight_to_the_only_order_that_matches() {
        var page = browser.open("/console/tous/test/recherche?q=cs_test_marie%40example.com");
        assertThat(page.uri().getPath()).isEqualTo("/console/dupont/test/commandes/" + order.id());
    }

    @Test
    void the_search_box_reads_an_orders_number_as_people_write_it() {
        for (String written : List.of("%23", "n%C2%B0%20", "Commande%20", "")) {
            var page = browser.open("/console/tous/test/recherche?q=" + written + order.id());
            assertThat(page.uri().getPath())
                    .isEqualTo("/console/dupont/test/commandes/" + order.id());
        }
    }

    @Test
    void a_character_that_no_text_has_is_refused_and_is_no_error_of_ours() {
        for (String page : List.of("recherche?q", "commandes?email", "reglages/journal?qui")) {
            assertThat(browser.open("/console/dupont/test/" + page + "=%00").statusCode())
                    .as(page)
                    .isEqualTo(400);
        }
    }

    @Test
    void an_order_tells_its_story_from_payment_to_delivery() {
        var page = browser.open("/console/dupont/test/commandes/" + order.id());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Commande " + order.id())
                .contains("Encaissée", "23 nov. 2026, 15:32:18", "•••• 4242")
                .contains("Facture", "E-mail au client", "Notification au partenaire")
                .contains("Déclaration d&#39;impôts", "5,5", "Année de la déclaration", "2024")
                .contains("Appartement Bordeaux", "campagne", "rentrée");
    }

    @Test
    void what_a_buyer_typed_is_shown_as_text_and_never_runs() {
        for (String path :
                new String[] {
                    "/console/tous/test/commandes", "/console/dupont/test/commandes/" + evil.id()
                }) {
            assertThat(browser.open(path).body())
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                    .doesNotContain("<script");
        }
    }

    @Test
    void the_invoice_is_shown_within_the_page_and_downloaded_under_its_number() {
        String path = "/console/dupont/test/commandes/" + order.id();
        HubForTests.eventually(
                () -> browser.open(path + "/facture.pdf").statusCode(), status -> status == 200);
        var shown = browser.download(path + "/facture.pdf");
        assertThat(shown.body()).startsWith('%', 'P', 'D', 'F');
        assertThat(shown.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'self'");
        assertThat(
                        browser.download(path + "/facture.pdf?telecharger=true")
                                .headers()
                                .firstValue("Content-Disposition")
                                .orElseThrow())
                .startsWith("attachment")
                .contains("FQCA-");
        assertThat(browser.open(path).body()).contains("<object class=\"pdf\"");
    }

    @Test
    void a_refused_notification_says_whose_fault_it_is_and_a_button_sends_it_again() {
        var told = record("cs_test_refused", "Marie Curie", "");
        String path = "/console/dupont/test/commandes/" + told.id();
        var failed =
                HubForTests.eventually(
                        () -> browser.open(path), page -> page.body().contains("Échouée"));
        assertThat(failed.body())
                .contains("HTTP 422", "Un schéma refuse le corps : acceptez les champs")
                .contains("{&quot;error&quot;:&quot;&lt;b&gt;unknown&lt;/b&gt;&quot;}");
        assertThat(browser.open("/console/dupont/test/a-traiter").body())
                .contains(path, "le serveur appelé a répondu 422")
                .doesNotContain("the partner");

        var button = Pattern.compile("action=\"(" + path + "/notifications/msg_[^\"]+)\"");
        var act = button.matcher(failed.body());
        assertThat(act.find()).isTrue();
        STATUS.set(200);
        assertThat(browser.submit(failed, act.group(1), Map.of()).body())
                .contains("La notification repart maintenant");
        HubForTests.eventually(() -> browser.open(path), page -> page.body().contains("HTTP 200"));
    }

    @Test
    void a_kept_mail_is_read_in_a_frame_that_can_do_nothing() {
        var mail =
                HubForTests.eventually(
                                () ->
                                        HUB.bean(com.comptappart.mail.Mails.class)
                                                .ofOrders(java.util.List.of(order.id()))
                                                .getOrDefault(order.id(), java.util.List.of()),
                                1)
                        .getFirst();
        String path = "/console/dupont/test/e-mails/" + mail.id();
        assertThat(browser.open(path).body()).contains("sandbox=\"\"").contains(mail.subject());
        assertThat(
                        browser.open(path + "/html")
                                .headers()
                                .firstValue("Content-Security-Policy")
                                .orElseThrow())
                .startsWith("sandbox; default-src 'none'");
    }

    @Test
    void an_orders_refunds_and_credit_notes_are_in_its_story() {
        var refunded = record("cs_test_refunded", "Paul", "");
        refund("cs_test_refunded", "re_done", 3_000, Refund.Status.SUCCEEDED);
        refund("cs_test_refunded", "re_waits", 1_000, Refund.Status.PENDING);
        refund("cs_test_refunded", "re_back", 500, Refund.Status.SUCCEEDED);
        refund("cs_test_refunded", "re_back", 500, Refund.Status.FAILED);
        String url = "/console/dupont/test/commandes/" + refunded.id();

        String page =
                HubForTests.eventually(
                        () -> browser.open(url).body(),
                        body ->
                                body.contains("Votre avoir TEST-AQCA-")
                                        && body.contains("t-credit-notes"));
        assertThat(page)
                .contains(
                        "re_done",
                        "30,00",
                        "Remboursé",
                        "re_waits",
                        "En cours",
                        "re_back",
                        "Revenu")
                .contains("/avoirs/TEST-AQCA-", "Demande du client");
        var note = page.substring(page.indexOf("/avoirs/")).split("\"", 2)[0];
        var pdf = browser.open(url + note);
        assertThat(pdf.statusCode()).isEqualTo(200);
        assertThat(pdf.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(browser.open("/console/dupont/test/a-traiter").body())
                .contains("re_back", "la banque a renvoyé 5,00")
                .doesNotContain("re_done");
        assertThat(browser.open("/console/other/test/a-traiter").body()).doesNotContain("re_back");
    }

    @Test
    void a_credit_note_without_money_is_told_in_the_readers_words_where_it_is_looked_for() {
        var returned = record("cs_test_returned", "Luc", "");
        refund("cs_test_returned", "re_returned", 11_999, Refund.Status.SUCCEEDED);
        refund("cs_test_returned", "re_returned", 11_999, Refund.Status.FAILED);
        String url = "/console/dupont/test/commandes/" + returned.id();
        var page =
                HubForTests.eventually(
                        () -> browser.open(url), shown -> shown.body().contains("/avoirs/TEST-"));
        assertThat(page.body())
                .contains("À voir par une personne : L’avoir TEST-AQCA-")
                .contains("n’a pas d’argent derrière lui", "sans second avoir");
        assertThat(browser.open("/console/dupont/test/a-traiter").body())
                .contains("re_returned", "n’a pas d’argent derrière lui");
        var english = new Browser(HUB).speaking("en").signedIn();
        assertThat(english.open(url).body())
                .contains("Credit note TEST-AQCA-", "has no money behind it");

        refund("cs_test_returned", "re_instead", 11_999, Refund.Status.SUCCEEDED);
        assertThat(browser.open(url).body())
                .contains("Prend la place d’un remboursement revenu")
                .doesNotContain("n’a pas d’argent derrière lui");
        assertThat(browser.open("/console/dupont/test/a-traiter").body())
                .doesNotContain("re_returned", "re_instead");
    }

    @Test
    void a_refund_that_failed_is_asked_for_again_only_while_the_buyer_lacks_the_money() {
        var failed = record("cs_test_failed", "Jean", "");
        String url = "/console/dupont/test/commandes/" + failed.id();
        refund("cs_test_failed", "re_failed", 5_000, Refund.Status.FAILED);
        assertThat(browser.open(url).body()).contains("Recommencez dans Stripe");
        assertThat(browser.open("/console/dupont/test/a-traiter").body()).contains("re_failed");

        refund("cs_test_failed", "re_again", 5_000, Refund.Status.SUCCEEDED);
        assertThat(browser.open(url).body())
                .contains("Un autre a été fait depuis")
                .doesNotContain("Recommencez dans Stripe", "a pris sa place");
        assertThat(browser.open("/console/dupont/test/a-traiter").body())
                .doesNotContain("re_failed");

        refund("cs_test_failed", "re_rest", 6_999, Refund.Status.SUCCEEDED);
        refund("cs_test_failed", "re_beyond", 1_000, Refund.Status.SUCCEEDED);
        refund("cs_test_failed", "re_beyond", 1_000, Refund.Status.FAILED);
        assertThat(browser.open(url).body())
                .contains("re_beyond", "D’autres ont rendu ce qui restait")
                .doesNotContain("Recommencez dans Stripe", "a pris sa place");
    }

    @Test
    void a_refund_that_is_read_before_its_order_does_not_exceed_it() {
        refund("cs_test_unread", "re_unread", 500, Refund.Status.SUCCEEDED);
        assertThat(browser.open("/console/tous/test/a-traiter").body())
                .contains("re_unread", "n’est pas encore lue")
                .doesNotContain("au-delà des commandes");
    }

    private static void refund(String object, String id, long amount, Refund.Status status) {
        OrdersForTests.refund(HUB, object, id, amount, status);
    }

    @Test
    void an_order_with_something_odd_is_among_what_needs_attention() {
        assertThat(browser.open("/console/dupont/test/a-traiter").body())
                .contains("Commande " + flagged.id(), "the coverage metadata is not JSON");
    }

    @Test
    void an_unknown_order_and_an_unknown_partner_are_not_found_in_the_consoles_look() {
        for (String path :
                new String[] {
                    "/console/tous/test/commandes/999999",
                    "/console/nobody/test/commandes",
                    "/console/nothing-here"
                }) {
            var page = browser.open(path);
            assertThat(page.statusCode()).as(path).isEqualTo(404);
            assertThat(page.body()).contains("Introuvable", "console.css");
            assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        }
    }

    @Test
    void an_act_without_its_token_is_refused_and_does_nothing() {
        var page =
                browser.post(
                        "/console/dupont/test/commandes/" + order.id() + "/notifications/msg_x",
                        Map.of());
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("Rien n’a été fait");
    }

    @Test
    void a_revoked_key_ends_its_session_at_the_next_request() {
        var keys = HUB.bean(ApiKeys.class);
        String key = "ca_operator_willberevokedsoon";
        keys.admitOperator(key);
        var other = new Browser(HUB);
        assertThat(other.signIn(key, "").uri().getPath()).isEqualTo("/console/tous/test/");
        var caller = (Caller.Operator) keys.authenticate(key).orElseThrow();
        keys.revoke(caller, caller.keyId());
        assertThat(other.open("/console/tous/test/commandes").uri().getPath())
                .isEqualTo("/console/sign-in");
    }

    @Test
    void signing_in_changes_the_session_and_signing_out_ends_it() {
        var other = new Browser(HUB);
        var signedIn =
                other.signIn(
                        HubForTests.OPERATOR_KEY, "/console/dupont/test/commandes/" + order.id());
        assertThat(signedIn.uri().getPath())
                .isEqualTo("/console/dupont/test/commandes/" + order.id());
        String first = other.cookie(ConsoleDoor.SESSION_COOKIE);
        other.signIn(HubForTests.OPERATOR_KEY, "");
        assertThat(other.cookie(ConsoleDoor.SESSION_COOKIE)).isNotEmpty().isNotEqualTo(first);
        var page = other.open("/console/dupont/test/commandes");
        other.submit(page, "/console/sign-out", Map.of());
        assertThat(other.open("/console/dupont/test/commandes").uri().getPath())
                .isEqualTo("/console/sign-in");
    }
}
