package com.comptappart.mail;

import static com.comptappart.kernel.Environment.PRODUCTION;
import static com.comptappart.kernel.Environment.STAGING;
import static com.comptappart.mail.MailModuleForTests.PARTNER;
import static com.comptappart.mail.MailModuleForTests.mail;
import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.mail.Mails.State;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.IllegalTransactionStateException;

class MailsTest {

    private static GreenMail server;
    private static MailModuleForTests node;

    @BeforeAll
    static void start() {
        server = new GreenMail(ServerSetup.SMTP.dynamicPort());
        server.start();
        node = new MailModuleForTests().withServer(server.getSmtp().getPort()).start();
    }

    @AfterAll
    static void stop() {
        node.close();
        server.stop();
    }

    @Test
    void a_mail_arrives_with_both_bodies_and_its_pdf_intact() throws Exception {
        byte[] pdf = new byte[65_321];
        new Random(1).nextBytes(pdf);
        node.files.put(
                "FQCA-2026-000156",
                new Attachments.Attachment("FQCA-2026-000156.pdf", "application/pdf", pdf));
        var subject =
                "Votre facture n° FQCA-2026-000156 — « Déclaration d'impôts, formule complète » 🎉";
        var text =
                "Bonjour Zoë,\n\nvoici votre facture = à garder. Ligne de plus de soixante-seize"
                        + " signes, accentuée, se terminant par une espace \n.\n..\nمرحبا 🎉\n";
        node.owe(
                new OutgoingMail(
                        PARTNER,
                        PRODUCTION,
                        new OrderId(1),
                        "intact",
                        "intact@example.com",
                        subject,
                        text,
                        "<p lang=\"fr\">Bonjour Zoë</p>",
                        "FQCA-2026-000156"));

        var got = arrived("intact@example.com");
        var shown = eventually(() -> node.only("intact"), mail -> mail.state() == State.SENT);
        assertThat(got.getSubject()).isEqualTo(subject);
        assertThat(((InternetAddress) got.getFrom()[0]).getPersonal()).isEqualTo("Comptàppart");
        assertThat(got.getMessageID())
                .isEqualTo(shown.messageId())
                .isEqualTo("<" + shown.id() + "@comptappart.example>");
        assertThat(got.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(got.getSentDate().getTime() / 1000)
                .isEqualTo(shown.createdAt().getEpochSecond());
        var parts = (MimeMultipart) got.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/mixed");
        var bodies = (MimeMultipart) parts.getBodyPart(0).getContent();
        assertThat(bodies.getContentType()).startsWith("multipart/alternative");
        assertThat(bodies.getBodyPart(0).getContentType()).startsWith("text/plain");
        assertThat(((String) bodies.getBodyPart(0).getContent()).replace("\r\n", "\n"))
                .isEqualTo(text);
        assertThat(bodies.getBodyPart(1).getContentType()).startsWith("text/html");
        assertThat(bodies.getBodyPart(1).getContent()).isEqualTo("<p lang=\"fr\">Bonjour Zoë</p>");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("application/pdf");
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("FQCA-2026-000156.pdf");
        assertThat(parts.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(pdf);
        assertThat(shown.reason()).isEmpty();
        assertThat(shown.endedAt()).isNotNull();
        assertThat(node.mails().attempts(shown))
                .singleElement()
                .satisfies(attempt -> {
                    assertThat(attempt.number()).isEqualTo(1);
                    assertThat(attempt.accepted()).isTrue();
                    assertThat(attempt.answer()).startsWith("250");
                });
    }

    @Test
    void a_mail_is_owed_once_per_key_and_recipient() {
        node.owe(
                mail(PRODUCTION, "once", "once@example.com"),
                mail(PRODUCTION, "once", "once@example.com"));
        node.owe(mail(PRODUCTION, "once", "once@example.com"));
        eventually(() -> node.only("once"), mail -> mail.state() == State.SENT);
        node.owe(mail(PRODUCTION, "once", "once@example.com"));

        assertThat(all("once")).hasSize(1);
        assertThat(at("once@example.com")).hasSize(1);
    }

    @Test
    void a_mail_is_owed_only_within_the_transaction_of_its_fact() {
        assertThatThrownBy(
                        () -> node.mails().owe(List.of(mail(PRODUCTION, "alone", "a@b.example"))))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void a_mail_whose_attachment_is_missing_waits_and_never_goes_without() {
        node.owe(
                MailModuleForTests.withAttachment(
                        mail(PRODUCTION, "missing", "missing@example.com"), "no-such-file"));

        var waits = eventually(() -> node.only("missing"), mail -> !mail.reason().isEmpty());
        assertThat(waits.state()).isEqualTo(State.PENDING);
        assertThat(waits.reason()).contains("no-such-file");
        assertThat(waits.attempts()).isZero();
        assertThat(at("missing@example.com")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "nobody",
                "@example.com",
                "marie@",
                "marie@example.com\r\nBcc: everyone@example.com",
                "marie@example.com\nBcc: everyone@example.com",
                "marie@example.com\u0000",
                "marie\u202e@example.com",
                "marie@example.com, paul@example.com",
                "Marie <marie@example.com>",
                "group:marie@example.com;",
                "@relay.example:marie@example.com",
                "\"marie martin\"@example.com",
                "marie martin@example.com",
                "marie@exam ple.com",
                "marie@-.com..",
                "zoé@example.com",
                "marie@@example.com",
                ">marie@example.com<"
            })
    void an_unusable_address_is_kept_and_shown_and_never_sent_to(String address) {
        String key = "unusable " + address.hashCode();
        node.owe(mail(PRODUCTION, key, address));

        var shown = node.only(key);
        assertThat(shown.state()).isEqualTo(State.SUPPRESSED);
        assertThat(shown.reason()).isNotEmpty();
        assertThat(shown.recipient().codePoints()).noneMatch(Character::isISOControl);
        assertThat(shown.endedAt()).isNotNull();
        assertThat(node.mails().attempts(shown)).isEmpty();
    }

    @Test
    void an_address_of_any_length_or_none_stops_no_other_mail() {
        node.owe(
                mail(PRODUCTION, "endless", "é".repeat(100_000) + "@example.com"),
                mail(PRODUCTION, "long", "a".repeat(60) + "@" + "b.".repeat(100) + "example"),
                mail(PRODUCTION, "none", null),
                mail(PRODUCTION, "beside", "beside@example.com"));

        assertThat(node.only("endless").state()).isEqualTo(State.SUPPRESSED);
        assertThat(node.only("long").state()).isEqualTo(State.SUPPRESSED);
        assertThat(node.only("none").state()).isEqualTo(State.SUPPRESSED);
        assertThat(node.only("none").recipient()).isEmpty();
        arrived("beside@example.com");
    }

    @Test
    void line_breaks_and_control_characters_in_a_subject_add_no_header() throws Exception {
        node.owe(
                new OutgoingMail(
                        PARTNER,
                        PRODUCTION,
                        new OrderId(1),
                        "subject",
                        "subject@example.com",
                        "Facture\r\nBcc: everyone@example.com\u0000\u0085x",
                        "text\u0000",
                        "<p>\u0000</p>",
                        null));

        var got = arrived("subject@example.com");
        assertThat(got.getHeader("Bcc")).isNull();
        assertThat(got.getSubject()).startsWith("Facture Bcc: everyone@example.com");
        assertThat(at("everyone@example.com")).isEmpty();
    }

    @Test
    void an_international_domain_is_sent_to_in_its_ascii_form() {
        node.owe(mail(PRODUCTION, "idn", "marie@écoles.example"));
        arrived("marie@xn--coles-9ra.example");
        assertThat(node.only("idn").recipient()).isEqualTo("marie@écoles.example");
    }

    @Test
    void a_staging_mail_is_kept_and_shown_and_never_sent() {
        node.owe(mail(STAGING, "staging", "buyer@example.com"));
        node.owe(mail(PRODUCTION, "after staging", "after-staging@example.com"));
        arrived("after-staging@example.com");

        var kept = node.only("staging");
        assertThat(kept.state()).isEqualTo(State.KEPT);
        assertThat(kept.recipient()).isEqualTo("buyer@example.com");
        assertThat(kept.html()).contains("voici votre facture");
        assertThat(kept.endedAt()).isNotNull();
        assertThat(at("buyer@example.com")).isEmpty();
    }

    @Test
    void a_resent_mail_has_a_new_key_and_message_id() {
        node.owe(mail(PRODUCTION, "again", "wrong@example.com"));
        eventually(() -> node.only("again"), mail -> mail.state() == State.SENT);

        var second = node.mails().resend(node.only("again"), "right@example.com");
        var third = node.mails().resend(second, null);

        assertThat(second.key()).isEqualTo("again#2");
        assertThat(third.key()).isEqualTo("again#3");
        assertThat(third.recipient()).isEqualTo("right@example.com");
        assertThat(third.messageId())
                .isNotEqualTo(second.messageId())
                .isNotEqualTo(node.only("again").messageId());
        eventually(() -> at("right@example.com"), 2);
    }

    @Test
    void a_mail_is_not_resent_to_an_unusable_address_or_when_there_is_none() {
        node.owe(mail(PRODUCTION, "resend bad", null));
        var mail = node.only("resend bad");
        assertThatThrownBy(() -> node.mails().resend(mail, null))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("email_invalid"));
        assertThatThrownBy(() -> node.mails().resend(mail, "a@b.example\r\nBcc: c@d.example"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("email_invalid"));
        assertThat(all("resend bad")).hasSize(1);
    }

    @Test
    void lists_are_newest_first_with_a_cursor_and_within_a_partner() {
        var other = new PartnerId("part_list");
        IntStream.range(0, 5)
                .forEach(i -> node.owe(of(other, STAGING, 900 + i, "list" + i, "l@example.com")));
        node.owe(of(other, PRODUCTION, 900, "list5", null));

        var first = node.mails().list(other, STAGING, null, new PageRequest(3, null));
        var second =
                node.mails().list(other, STAGING, null, new PageRequest(3, first.nextCursor()));
        assertThat(first.data())
                .extracting(Mails.Mail::key)
                .containsExactly("list4", "list3", "list2");
        assertThat(second.data()).extracting(Mails.Mail::key).containsExactly("list1", "list0");
        assertThat(second.nextCursor()).isNull();
        assertThat(
                        node.mails()
                                .list(other, null, State.SUPPRESSED, new PageRequest(9, null))
                                .data())
                .extracting(Mails.Mail::key)
                .containsExactly("list5");
        assertThatThrownBy(() ->
                        node.mails().list(other, null, null, new PageRequest(3, "mail_nonsense")))
                .isInstanceOf(Refused.class);

        String id = first.data().getFirst().id();
        assertThat(node.mails().find(other, STAGING, id)).isPresent();
        assertThat(node.mails().find(null, null, id)).isPresent();
        assertThat(node.mails().find(PARTNER, STAGING, id)).isEmpty();
        assertThat(node.mails().find(other, PRODUCTION, id)).isEmpty();
        assertThat(node.mails().ofOrders(List.of(new OrderId(900), new OrderId(901))))
                .hasSize(2)
                .hasEntrySatisfying(
                        new OrderId(900),
                        mails ->
                                assertThat(mails)
                                        .extracting(Mails.Mail::key)
                                        .containsExactly("list0", "list5"));
    }

    private static OutgoingMail of(
            PartnerId partner, Environment environment, long order, String key, String recipient) {
        return new OutgoingMail(
                partner, environment, new OrderId(order), key, recipient, "s", "t", "h", null);
    }

    private static List<Mails.Mail> all(String key) {
        return node.mails().list(PARTNER, null, null, new PageRequest(100, null)).data().stream()
                .filter(mail -> mail.key().startsWith(key))
                .toList();
    }

    private static MimeMessage arrived(String address) {
        return eventually(() -> at(address), 1).getFirst();
    }

    private static List<MimeMessage> at(String address) {
        return List.of(server.getReceivedMessagesForDomain(address));
    }
}
