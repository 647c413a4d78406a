package com.comptappart.console;

import static com.comptappart.testing.HubForTests.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.mail.Mails;
import com.comptappart.order.Order;
import com.comptappart.partner.Partners;
import com.comptappart.people.PeopleForTests;
import com.comptappart.people.Role;
import com.comptappart.testing.HubForTests;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Mails in the console: found, read as they are sent, sent again. */
class MailPagesTest {

    private static final HubForTests HUB = new HubForTests();
    private static final String LIST = "/console/dupont/test/e-mails";
    private static Browser browser;
    private static PartnerId dupont;
    private static Mails.Mail marie;
    private static Mails.Mail noAddress;

    @BeforeAll
    static void start() {
        HUB.start();
        dupont = HUB.bean(Partners.class).create("Dupont", "dupont", "d@example.com", null).id();
        HUB.bean(Partners.class).create("Other", "other", "o@example.com", null);
        marie = mail(record("cs_test_marie"));
        noAddress = mail(record("pas d'adresse"));
        browser = new Browser(HUB).signedIn();
    }

    @AfterAll
    static void stop() {
        HUB.close();
    }

    private static Order record(String object) {
        return OrdersForTests.record(
                HUB, OrdersForTests.paid(dupont, Environment.STAGING, object, "Marie Martin"));
    }

    private static Mails.Mail mail(Order order) {
        return eventually(
                        () ->
                                HUB.bean(Mails.class)
                                        .ofOrders(List.of(order.id()))
                                        .getOrDefault(order.id(), List.of()),
                        1)
                .getFirst();
    }

    private static String found(String query) {
        return browser.open(LIST + "?" + query).body();
    }

    private static String row(Mails.Mail mail) {
        return "/e-mails/" + mail.id() + "\"";
    }

    @Test
    void a_mail_is_found_by_its_state_its_reader_and_its_day() {
        assertThat(noAddress.state()).isEqualTo(Mails.State.SUPPRESSED);
        assertThat(found("")).contains(row(marie), row(noAddress));
        assertThat(found("etat=kept")).contains(row(marie)).doesNotContain(row(noAddress));
        assertThat(found("etat=suppressed")).contains(row(noAddress)).doesNotContain(row(marie));
        assertThat(found("destinataire=CS_test_marie%40example.com"))
                .contains(row(marie))
                .doesNotContain(row(noAddress));
        assertThat(found("jusqua=2020-01-01")).contains("Aucun e-mail ne correspond");
        assertThat(found("depuis=hier")).contains("Aucun e-mail ne correspond");
        assertThat(found("etat=envole")).contains("Aucun e-mail ne correspond");
        assertThat(browser.open("/console/other/test/e-mails?etat=kept").body())
                .doesNotContain(row(marie));
    }

    @Test
    void a_document_without_a_mail_that_arrives_is_found_by_it() {
        String number = noAddress.about();
        String list = "/console/dupont/test/factures";
        eventually(() -> browser.open(list).body(), body -> body.contains("/factures/" + number));
        assertThat(browser.open(list + "?email=echec").body())
                .contains("/factures/" + number + "\"")
                .doesNotContain("/factures/" + marie.about() + "\"");
    }

    @Test
    void the_test_inbox_has_the_message_that_a_reader_would_get() throws Exception {
        var page = browser.open(LIST + "/" + marie.id());
        assertThat(page.body())
                .contains(
                        "Le vrai message",
                        "Message-ID",
                        marie.messageId().replace("<", "&lt;").replace(">", "&gt;"))
                .contains(
                        "[TEST] ",
                        "text/plain; charset=utf-8",
                        "quoted-printable",
                        "application/pdf")
                .contains(marie.about() + ".pdf", "/factures/" + marie.about() + "/pdf");
        var eml = browser.download(LIST + "/" + marie.id() + "/message.eml");
        assertThat(eml.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("message/rfc822");
        var message =
                new MimeMessage(
                        Session.getInstance(new Properties()),
                        new ByteArrayInputStream(eml.body()));
        assertThat(message.getAllRecipients()[0]).hasToString("cs_test_marie@example.com");
        assertThat(message.getMessageID()).isEqualTo(marie.messageId());
        var parts = (MimeMultipart) message.getContent();
        byte[] pdf = parts.getBodyPart(1).getInputStream().readAllBytes();
        assertThat(new String(pdf, 0, 5, UTF_8)).isEqualTo("%PDF-");
    }

    @Test
    void a_message_without_an_address_or_of_anothers_is_not_read() {
        assertThat(browser.open(LIST + "/" + noAddress.id()).body())
                .doesNotContain("Le vrai message", "message.eml");
        for (String path :
                List.of(
                        LIST + "/" + noAddress.id() + "/message.eml",
                        "/console/other/test/e-mails/" + marie.id() + "/message.eml",
                        "/console/dupont/live/e-mails/" + marie.id() + "/message.eml")) {
            assertThat(browser.open(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void what_lets_a_person_in_is_read_by_nobody() {
        PeopleForTests.person(HUB, "secret@example.com", dupont, Role.ADMINISTRATOR);
        var stranger = new Browser(HUB);
        stranger.submit(
                stranger.open("/console/sign-in"),
                "/console/sign-in/link",
                Map.of("email", "secret@example.com", "to", ""));
        var sealed =
                eventually(
                        () ->
                                HUB.jdbc()
                                        .sql("select mail_id from mail where audience = 'person'")
                                        .query(String.class)
                                        .list(),
                        1);
        for (String id : sealed) {
            for (String environment : List.of("test", "live")) {
                String path = "/console/tous/" + environment + "/e-mails/" + id;
                assertThat(browser.open(path).body()).doesNotContain("entrer?jeton", "message.eml");
                assertThat(browser.open(path + "/message.eml").statusCode()).isEqualTo(404);
            }
        }
    }

    @Test
    void a_mail_is_sent_again_to_another_address() {
        String path = LIST + "/" + marie.id();
        var page = browser.submit(browser.open(path), path, Map.of("email", "autre@example.com"));
        assertThat(page.body()).contains("L’e-mail sera envoyé de nouveau");
        assertThat(found("destinataire=autre%40example.com")).contains(marie.subject());
        assertThat(browser.open("/console/dupont/test/factures/" + marie.about()).body())
                .contains("autre@example.com", "cs_test_marie@example.com");
    }
}
