package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.Chromium;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import com.comptappart.testing.VerifyingReceiver;
import com.comptappart.testing.Visit;
import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many acts it takes in a real browser to get done what people come for. */
class FewClicksTest {

    private static LivedInHub lived;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.start();
        lived = new LivedInHub();
    }

    @AfterAll
    static void stop() {
        if (lived != null) {
            lived.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    /** The link of the newest mail to someone. */
    private static String linkTo(String email, String path) {
        var link = Pattern.compile("(" + Pattern.quote(path) + "[?/][A-Za-z0-9_.~?=%-]+)");
        return HubForTests.eventually(
                () -> {
                    String found = "";
                    for (var mail : lived.mail.getReceivedMessagesForDomain(email)) {
                        var matcher = link.matcher(text(mail));
                        if (matcher.find()) {
                            found = matcher.group(1);
                        }
                    }
                    return found;
                },
                found -> !found.isEmpty());
    }

    private static String text(jakarta.mail.internet.MimeMessage mail) {
        try (var raw = new java.io.ByteArrayOutputStream()) {
            mail.writeTo(raw);
            return raw.toString(java.nio.charset.StandardCharsets.UTF_8)
                    .replaceAll("=\\r?\\n", "")
                    .replace("=3D", "=");
        } catch (IOException | jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_developer_gets_from_the_invitation_to_a_verified_webhook_and_a_refused_forged_one(
            boolean withScripts) throws IOException {
        String email = "developer." + withScripts + "@example.com";
        lived.invite(email);
        String invitation = linkTo(email, "/console/invitation");
        var verifying = new VerifyingReceiver();
        long start = System.nanoTime();
        try (var receiver = new PartnerReceiver().answering(verifying);
                var visit = chromium.visit(lived.origin(), "fr-FR", withScripts)) {
            // The link in the mail is the first.
            visit.open(invitation)
                    .fill("Votre nom", "Léa Développeuse")
                    .click("Accepter et entrer")
                    .click("Intégration")
                    .click("Ajouter un point de réception")
                    .fill("Adresse", receiver.url("/webhooks"))
                    .click("Créer");
            verifying.knows(visit.page().locator("#once").innerText());
            visit.clickOn(visit.page().locator("main a.button")).click("Lancer la certification");

            String shown = eventuallyShows(visit, "Recommencer");
            assertThat(verdict(shown, "Appel juste")).contains("Pris");
            assertThat(verdict(shown, "Signature fausse")).contains("Refusé");
            assertThat(shown).contains("Réussi");
            assertThat(shown).doesNotContain("Échoué");
            assertThat(1 + visit.clicks()).isLessThanOrEqualTo(7);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(60));
            assertThat(visit.faults()).isEmpty();
        }
    }

    private static String verdict(String shown, String probe) {
        return Arrays.stream(shown.split("\n"))
                .dropWhile(line -> !line.contains(probe))
                .limit(3)
                .reduce("", (one, other) -> one + " " + other);
    }

    /** Waits for words; the page asks again by itself while it has something to wait for. */
    private static String eventuallyShows(Visit visit, String words) {
        visit.page()
                .getByText(words)
                .first()
                .waitFor(new Locator.WaitForOptions().setTimeout(50_000));
        return visit.text();
    }

    @Test
    void an_order_is_found_from_an_email_address_in_two_acts() {
        try (var visit = lived.visit(chromium, "fr-FR", true)) {
            visit.open(LivedInHub.place("/commandes"));
            visit.page().locator("#q").fill(LivedInHub.EMAIL);
            visit.click("Chercher").clickOn(visit.page().locator("main tbody a").first());
            assertThat(visit.text()).contains(LivedInHub.EMAIL, "TEST-FQCA-");
            assertThat(visit.clicks()).isEqualTo(2);
        }
    }

    @Test
    void a_notification_is_found_from_its_webhook_id_in_one_act() {
        String owed = "webhook_notification where partner_id = '" + lived.partner.value() + "'";
        String id = lived.newest(owed, "notification_id");
        try (var visit = lived.visit(chromium, "fr-FR", true)) {
            visit.open(LivedInHub.place("/"));
            visit.page().locator("#q").fill(id);
            visit.click("Chercher");
            assertThat(visit.page().url()).endsWith("/livraisons/" + id);
        }
    }

    @Test
    void a_notification_is_sent_again_in_two_clicks() {
        try (var visit = lived.visit(chromium, "fr-FR", true)) {
            visit.open(LivedInHub.place("/livraisons"))
                    .clickOn(visit.page().locator("main tbody a[href*='/livraisons/msg_']").first())
                    .click("Renvoyer");
            assertThat(visit.text()).contains("La notification repart maintenant");
            assertThat(visit.clicks()).isEqualTo(2);
        }
    }

    @Test
    void an_outage_of_37_orders_is_recovered_in_four_clicks() {
        lived.outage("panne", 37);
        try (var visit = lived.visit(chromium, "fr-FR", true)) {
            visit.open("/console/panne/test/");
            visit.click("Livraisons")
                    .clickOn(visit.page().locator("main a[href$='/livraisons/reprise']").first())
                    .clickOn(visit.page().locator("main a[href*='/reprise/we_']").first())
                    .click("Renvoyer les 37 notifications");
            eventuallyShows(visit, "Terminée");
            assertThat(visit.text()).contains("37 sur 37 renvoyées");
            assertThat(visit.clicks()).isEqualTo(4);
            assertThat(visit.faults()).isEmpty();
        }
    }

    @Test
    void a_buyer_has_the_invoice_two_clicks_after_opening_the_mail() {
        try (var visit = chromium.visit(lived.origin(), "fr-FR", true)) {
            // The link in the mail is the first.
            visit.open(lived.link("/c/"));
            var file =
                    visit.page()
                            .waitForResponse(
                                    answer -> answer.url().contains("/documents/"),
                                    () ->
                                            visit.page()
                                                    .locator("main a[href*='/documents/']")
                                                    .first()
                                                    .click());
            assertThat(file.status()).isEqualTo(200);
            assertThat(file.headerValue("Content-Type")).startsWith("application/pdf");
        }
    }

    @Test
    void a_refund_takes_three_pages() {
        try (var visit = lived.visit(chromium, "fr-FR", true)) {
            visit.open(LivedInHub.place("/commandes/2")).click("Rembourser");
            visit.page().locator("[value=montant]").check();
            visit.page().locator("#montant").fill("10");
            visit.click("Continuer");
            assertThat(visit.text()).contains("Ce qui va se passer", "10,00");
            visit.clickOn(visit.page().locator("main form button").first());
            assertThat(visit.page().url()).endsWith("/commandes/2");
            assertThat(visit.text()).contains("10,00");
            assertThat(visit.clicks()).isEqualTo(3);
            assertThat(visit.faults()).isEmpty();
        }
    }
}
