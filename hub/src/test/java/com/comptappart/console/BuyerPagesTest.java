package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.mail.Mails;
import com.comptappart.order.Order;
import com.comptappart.partner.Partners;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.MovableClock;
import com.comptappart.testing.StripeStub;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a buyer sees and reaches with the link of a mail, and what nobody else does. */
@ExtendWith(OutputCaptureExtension.class)
class BuyerPagesTest {

    private static final String NOW = "2026-11-30T10:00:00Z";
    private static final MovableClock CLOCK = new MovableClock(NOW);
    private static StripeStub stripe;
    private static HubForTests hub;
    private static BuyersForTests buyers;
    private static PartnerId impots;
    private static PartnerId loyers;

    @BeforeAll
    static void start() {
        stripe = StripeStub.start();
        hub = new HubForTests().asking(stripe).at(CLOCK).start();
        buyers = new BuyersForTests(hub, stripe);
        impots = partner("impots");
        loyers = partner("loyers");
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
        CLOCK.moveTo(CLOCK.instant().plusSeconds(61).toString());
    }

    @AfterEach
    void mend() {
        stripe.answeringAgain();
    }

    private static String number(Order order) {
        return HubForTests.eventually(
                        () -> hub.bean(Invoices.class).ofOrders(List.of(order.id())),
                        found -> !found.isEmpty())
                .values()
                .iterator()
                .next()
                .number();
    }

    private static Browser browser() {
        return new Browser(hub);
    }

    @Test
    void an_invoice_is_two_clicks_from_the_mail() {
        var order = buyers.bought(impots, "two-clicks", "two@example.com");
        String link = buyers.area(order);
        var mail = hub.bean(Mails.class).ofOrders(List.of(order.id())).get(order.id()).getFirst();
        assertThat(mail.html()).contains("href=\"http://localhost:8080" + link + "\"");
        var browser = browser();
        var page = browser.open(link);
        assertThat(page.statusCode()).isEqualTo(200);
        String number = number(order);
        assertThat(page.body())
                .contains("Société impots", "Facture " + number, "99,99", "Suivi two-clicks")
                .contains("t…@example.com")
                .doesNotContain("two@example.com");
        var pdf = browser.download(hrefTo(page, "/documents/"));
        assertThat(pdf.statusCode()).isEqualTo(200);
        assertThat(new String(pdf.body(), 0, 5, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("%PDF-");
    }

    private static String hrefTo(HttpResponse<String> page, String part) {
        var href = Pattern.compile("href=\"([^\"]*" + part + "[^\"]*)\"").matcher(page.body());
        assertThat(href.find()).as(part + " on " + page.body()).isTrue();
        return href.group(1).replace("&amp;", "&");
    }

    @Test
    void nothing_of_another_buyer_seller_or_mode_is_reached() {
        var mine = buyers.bought(impots, "mine", "mine@example.com");
        var others = buyers.bought(impots, "others", "others@example.com");
        var elsewhere = buyers.bought(loyers, "elsewhere", "mine@example.com");
        String link = buyers.area(mine);
        var page = browser().open(link).body();
        assertThat(page).contains("Suivi mine").doesNotContain("Suivi others", "Suivi elsewhere");
        for (var order : List.of(others, elsewhere)) {
            String path = link + "/documents/" + number(order);
            assertThat(browser().open(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void the_address_is_one_however_it_is_written() {
        buyers.bought(impots, "upper", "Case@Example.com");
        var order = buyers.bought(impots, "lower", "case@example.com");
        assertThat(browser().open(buyers.area(order)).body())
                .contains("Suivi upper", "Suivi lower");
    }

    @Test
    void a_changed_link_opens_nothing() {
        var order = buyers.bought(impots, "changed", "changed@example.com");
        String link = buyers.area(order);
        String token = link.substring("/c/".length());
        String[] parts = token.split("\\.");
        var changed =
                List.of(
                        (order.id().value() + 1) + "." + parts[1] + "." + parts[2] + "." + parts[3],
                        parts[0] + ".f." + parts[2] + "." + parts[3],
                        parts[0] + "." + parts[1] + ".zzzzzzzz." + parts[3],
                        token.substring(0, token.length() - 2) + "AA",
                        token + "A",
                        "x");
        for (String each : changed) {
            var answer = browser().open("/c/" + each);
            assertThat(answer.statusCode()).as(each).isEqualTo(404);
            assertThat(answer.body()).contains("Cette page n’existe pas");
        }
    }

    @Test
    void a_page_tells_no_other_site_from_where_its_reader_comes_and_is_kept_nowhere() {
        var order = buyers.bought(impots, "headers", "headers@example.com");
        for (String path : List.of(buyers.area(order), "/c", "/resilier", "/renoncer", "/c/no")) {
            var headers = browser().open(path).headers();
            assertThat(headers.firstValue("Referrer-Policy")).as(path).contains("no-referrer");
            assertThat(headers.firstValue("X-Robots-Tag")).as(path).contains("noindex");
            assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
            assertThat(headers.firstValue("Content-Security-Policy"))
                    .contains(ConsoleDoor.PAGE_POLICY);
            assertThat(headers.allValues("Set-Cookie").toString())
                    .doesNotContain(ConsoleDoor.SESSION_COOKIE);
        }
    }

    @Test
    void an_expired_link_has_another_one_sent_to_the_address_of_the_purchase() {
        var order = buyers.bought(impots, "expired", "expired@example.com");
        String link = buyers.area(order);
        CLOCK.moveTo(CLOCK.instant().plusSeconds(31L * 86_400).toString());
        var browser = browser();
        var page = browser.open(link);
        assertThat(page.statusCode()).isEqualTo(410);
        assertThat(page.body()).contains("Ce lien a expiré").doesNotContain("Suivi expired");
        assertThat(browser.open(link + "/documents/" + number(order)).statusCode()).isEqualTo(410);
        var sent = browser.submit(page, link + "/lien", Map.of());
        assertThat(sent.body()).contains("e…@example.com");
        String fresh = BuyersForTests.link(buyers.mail("expired@example.com", "Le lien vers"));
        assertThat(browser.open(fresh).body()).contains("Suivi expired");
    }

    @Test
    void asking_for_a_link_says_the_same_for_known_and_unknown_addresses() {
        buyers.bought(impots, "known", "known@example.com");
        buyers.bought(loyers, "known-too", "known@example.com");
        var browser = browser();
        var answers =
                List.of("KNOWN@example.com", "unknown@example.com").stream()
                        .map(email ->
                                browser.submit(browser.open("/c"), "/c", Map.of("email", email)))
                        .toList();
        assertThat(answers.get(0).body()).isEqualTo(answers.get(1).body());
        assertThat(answers.get(0).uri()).isEqualTo(answers.get(1).uri());
        var mails =
                HubForTests.eventually(() -> buyers.mails("known@example.com", "Le lien vers"), 2);
        assertThat(mails).extracting(Mails.Mail::partner).containsExactlyInAnyOrder(impots, loyers);
        assertThat(buyers.mails("unknown@example.com", "")).isEmpty();
    }

    @Test
    void a_link_asked_for_again_and_again_is_one_mail() {
        buyers.bought(impots, "again", "again@example.com");
        var browser = browser();
        for (int i = 0; i < 3; i++) {
            browser.submit(browser.open("/c"), "/c", Map.of("email", "again@example.com"));
        }
        buyers.mail("again@example.com", "Le lien vers");
        browser.submit(browser.open("/c"), "/c", Map.of("email", "again@example.com"));
        assertThat(buyers.mails("again@example.com", "Le lien vers")).hasSize(1);
    }

    @Test
    void who_asks_too_often_waits_a_minute() {
        var browser = browser();
        for (int i = 0; i < 10; i++) {
            browser.submit(browser.open("/c"), "/c", Map.of("email", "often@example.com"));
        }
        var refused =
                browser.submit(browser.open("/c"), "/c", Map.of("email", "often@example.com"));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("60");
    }

    @Test
    void the_card_is_changed_at_stripe_by_whoever_has_the_mailbox_not_a_forwarded_mail() {
        var order = buyers.subscribed(impots, "impots", "card", "card@example.com");
        String forwarded = buyers.area(order);
        var browser = browser();
        var page = browser.open(forwarded);
        assertThat(page.body())
                .contains("Prochaine échéance le 15 novembre 2027", "Changer de carte");
        var sent = browser.submit(page, forwarded + "/carte", Map.of("abonnement", "sub_card"));
        assertThat(sent.body()).contains("c…@example.com").doesNotContain("billing.stripe.com");
        assertThat(stripe.posts().to("/v1/billing_portal/sessions")).isEmpty();
        String fresh = BuyersForTests.link(buyers.mail("card@example.com", "Le lien vers"));
        var own = browser.open(fresh);
        var opened = browser.submit(own, fresh + "/carte", Map.of("abonnement", "sub_card"));
        assertThat(opened.body()).contains("https://billing.stripe.com/p/");
        assertThat(stripe.posts().to("/v1/billing_portal/sessions").getLast().form())
                .containsEntry("customer", "cus_card")
                .containsEntry("return_url", "http://localhost:8080" + fresh);
        assertThat(
                        browser.submit(own, fresh + "/carte", Map.of("abonnement", "sub_other"))
                                .statusCode())
                .isEqualTo(404);
        stripe.answering(503);
        var away = browser.submit(own, fresh + "/carte", Map.of("abonnement", "sub_card"));
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.body()).contains("Rien n’a changé");
    }

    @Test
    void pages_are_english_for_those_who_choose_it() {
        var order = buyers.bought(impots, "english", "english@example.com");
        var browser = browser();
        String link = buyers.area(order);
        var page = browser.open("/c/langue?langue=en&to=" + link);
        assertThat(page.uri().getPath()).isEqualTo(link);
        assertThat(page.body()).contains("<html lang=\"en\"", "Your invoices and subscriptions");
        assertThat(browser.open("/resilier").body()).contains("Cancel your contract");
        assertThat(browser.open("/c/langue?langue=fr&to=//evil.example/c").uri().getHost())
                .isNotEqualTo("evil.example");
    }

    @Test
    void a_page_of_a_partner_has_its_name_and_colour() {
        hub.bean(Partners.class).rebrand(loyers, "#1f4e79", null);
        var page = browser().open("/resilier?vendeur=loyers").body();
        assertThat(page).contains("Société loyers", "/c/couleur/1f4e79.css");
        assertThat(browser().open("/c/couleur/1f4e79.css").body()).contains("#1f4e79");
        assertThat(browser().open("/c/couleur/redred.css").statusCode()).isEqualTo(404);
        assertThat(browser().open("/resilier?vendeur=nobody").statusCode()).isEqualTo(200);
    }

    @Test
    void a_form_from_elsewhere_is_not_taken() {
        var answer = browser().post("/c", Map.of("email", "known@example.com"));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("Rien n’a été envoyé");
    }

    @Test
    void test_and_live_are_never_shown_together() {
        var test = buyers.bought(impots, "test-mode", "modes@example.com");
        var live =
                OrdersForTests.record(
                        hub,
                        BuyersForTests.paid(
                                impots,
                                Environment.PRODUCTION,
                                "live-mode",
                                "modes@example.com",
                                null));
        assertThat(live.id()).isNotEqualTo(test.id());
        assertThat(browser().open(buyers.area(test)).body())
                .contains("Suivi test-mode", "TEST")
                .doesNotContain("Suivi live-mode");
    }

    @Test
    void what_a_link_opens_stands_in_no_log(CapturedOutput output) {
        var order = buyers.bought(impots, "logged", "logged@example.com");
        String link = buyers.area(order);
        hub.jdbc().sql("alter table subscription rename to subscription_away").update();
        try {
            var answer = browser().open(link);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("L’erreur vient de chez nous");
        } finally {
            hub.jdbc().sql("alter table subscription_away rename to subscription").update();
        }
        assertThat(output.getAll())
                .contains("/c/… could not be shown")
                .doesNotContain(link.substring("/c/".length()));
    }

    @Test
    void in_live_mode_nobody_in_the_console_reads_the_link_that_reaches_a_card() {
        try (var live = new HubForTests().withProduction().start()) {
            var impots =
                    live.bean(Partners.class).create("Impôts", "impots", "i@example.com", null);
            var order =
                    OrdersForTests.record(
                            live,
                            BuyersForTests.paid(
                                    impots.id(),
                                    Environment.PRODUCTION,
                                    "live",
                                    "live@example.com",
                                    null));
            var ofLive = new BuyersForTests(live, stripe);
            assertThat(order.paid().environment().livemode()).isTrue();
            var browser = new Browser(live);
            browser.submit(browser.open("/c"), "/c", Map.of("email", "live@example.com"));
            var mail = ofLive.mail("live@example.com", "Le lien vers");
            assertThat(mail.text()).isEmpty();
            assertThat(
                            live.jdbc()
                                    .sql(
                                            "select text_body || html_body from mail where mail_id = :id")
                                    .param("id", mail.id())
                                    .query(String.class)
                                    .single())
                    // What is encrypted is written in base64, which has no colon.
                    .doesNotContain("://");
        }
    }
}
