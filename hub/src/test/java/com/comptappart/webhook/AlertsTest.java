package com.comptappart.webhook;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.PartnerId;
import com.comptappart.partner.Partners;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.MovableClock;
import com.comptappart.testing.ScriptedSmtp;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partners and the operator hear of an endpoint's trouble by mail: each thing once. */
class AlertsTest {

    private static final String START = "2026-11-30T09:00:00Z";
    private static final String OPERATOR = "ops@hub.example";
    private static final AtomicInteger NEXT = new AtomicInteger();

    @TempDir private Path folder;
    private final MovableClock clock = new MovableClock(START);
    private final AtomicInteger status = new AtomicInteger(200);
    private ScriptedSmtp smtp;
    private Receiver receiver;
    private WebhooksForTests webhooks;

    @BeforeEach
    void start() {
        smtp = new ScriptedSmtp();
        receiver = new Receiver((exchange, _) -> Receiver.answer(exchange, status.get(), ""));
        webhooks = new WebhooksForTests(hub().start());
    }

    private HubForTests hub() {
        return new HubForTests()
                .withInventedOrders()
                .at(clock)
                .with("spring.mail.host", "127.0.0.1")
                .with("spring.mail.port", Integer.toString(smtp.port()))
                .with("comptappart.mail.from", "alertes@hub.example")
                .with("comptappart.operator-email", OPERATOR)
                .with("comptappart.public-url", "https://hub.example")
                .with("comptappart.webhook.retrydelays", "30m,30m,30m");
    }

    @AfterEach
    void stop() {
        webhooks.hub.close();
        receiver.close();
        smtp.close();
    }

    private record Told(PartnerId id, String email) {}

    private Told partner(String locale) {
        String slug = "boutique-" + NEXT.incrementAndGet();
        String email = slug + "@partner.example";
        var id = webhooks.hub.bean(Partners.class).create("Boutique Zoë", slug, email, locale).id();
        return new Told(id, email);
    }

    private void at(Duration afterStart) {
        clock.moveTo(Instant.parse(START).plus(afterStart).toString());
        webhooks.hub.bean(EndpointAlerts.class).tell();
    }

    private List<ScriptedSmtp.Received> mails(String to) {
        return smtp.accepted().stream().filter(each -> each.to().equals(to)).toList();
    }

    private List<String> subjects(String to) {
        return mails(to).stream().map(each -> message(each, false)).toList();
    }

    private static String message(ScriptedSmtp.Received mail, boolean text) {
        try {
            var message = new MimeMessage(null, new ByteArrayInputStream(mail.bytes()));
            return text
                    ? ((MimeMultipart) message.getContent())
                            .getBodyPart(0)
                            .getContent()
                            .toString()
                            .replace("\r\n", "\n")
                    : message.getSubject();
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OwedNotification order(PartnerId partner, long id, String total) {
        var fact = WebhooksForTests.fact(partner, id, "order.created");
        return new OwedNotification(
                partner,
                fact.environment(),
                fact.order(),
                fact.eventType(),
                fact.eventId(),
                "{\"order\":{\"total_amount\":" + total + ",\"currency\":\"EUR\"}}",
                fact.occurredAt());
    }

    @Test
    void the_first_failure_of_a_new_endpoint_is_told_with_what_waits_and_what_to_do() {
        var partner = partner("fr");
        var endpoint = webhooks.endpoint(partner.id(), receiver.url("/hook")).endpoint();
        status.set(401);
        webhooks.owe(List.of(order(partner.id(), 501, "99.99"), order(partner.id(), 502, "0.01")));
        var mail = eventually(() -> mails(partner.email()), 1).getFirst();
        assertThat(message(mail, false))
                .isEqualTo("[TEST] Première notification non reçue – 127.0.0.1");
        assertThat(mail.header("X-ComptAppart-Buyer")).isEmpty();
        assertThat(message(mail, true))
                .contains(
                        "Bonjour Boutique Zoë,",
                        "Le 30 novembre 2026 à 10:00 (heure de Paris), " + endpoint.url(),
                        "Cause : le serveur appelé a répondu 401.",
                        Diagnosis.UNAUTHORIZED.french(),
                        "https://hub.example/console/"
                                + partner.id()
                                + "/test/livraisons/reprise/"
                                + endpoint.id())
                .contains("Rien n'est perdu.");
        eventually(
                () -> count("select count(*) from webhook_notification where state = 'failed'"),
                failed -> failed == 2);
        assertThat(eventually(() -> subjects(OPERATOR), 1))
                .containsExactly(
                        "[TEST] Première notification non reçue (Boutique Zoë) – 127.0.0.1");

        webhooks.owe(List.of(order(partner.id(), 503, "5.00")));
        eventually(
                () -> count("select count(*) from webhook_notification where state = 'failed'"),
                failed -> failed == 3);
        at(Duration.ofMinutes(16));
        var later = eventually(() -> mails(partner.email()), 2).getLast();
        assertThat(message(later, false)).contains("en échec");
        assertThat(message(later, true))
                .contains(
                        "En attente : 3 commandes, soit 105,00\u00a0€ (3 notifications : 3 en échec)",
                        "POST https://hub.example/v1/webhook-endpoints/"
                                + endpoint.id()
                                + "/recover {\"since\": \"2026-11-30T09:00:00Z\"}");
    }

    private long count(String sql) {
        return webhooks.hub.jdbc().sql(sql).query(Long.class).single();
    }

    /** An endpoint whose first two days are over. */
    private Endpoint old(Told partner) {
        clock.moveTo("2026-11-20T09:00:00Z");
        var endpoint = webhooks.endpoint(partner.id(), receiver.url("/" + partner.id())).endpoint();
        clock.moveTo(START);
        return endpoint;
    }

    @Test
    void ten_minutes_without_success_while_work_waits_are_told_once_and_so_is_their_end() {
        var partner = partner("en");
        old(partner);
        status.set(503);
        var owed = webhooks.owe(partner.id());
        webhooks.eventuallyTried(owed, 1);
        at(Duration.ofMinutes(9));
        assertThat(mails(partner.email())).as("an old endpoint, nine minutes").isEmpty();
        at(Duration.ofMinutes(10));
        eventually(() -> mails(partner.email()), 1);
        at(Duration.ofMinutes(11));
        webhooks.eventuallyTried(owed, 1);
        status.set(200);
        at(Duration.ofMinutes(35));
        webhooks.eventuallyIs(owed, Notification.State.DELIVERED);
        at(Duration.ofMinutes(38));
        eventually(() -> mails(partner.email()), 2);
        at(Duration.ofMinutes(90));
        pause();
        assertThat(subjects(partner.email()))
                .containsExactly(
                        "[TEST] No notification received any more – 127.0.0.1",
                        "[TEST] Notifications received again – 127.0.0.1");
        assertThat(message(mails(partner.email()).getFirst(), true))
                .contains(
                        "Hello Boutique Zoë,",
                        "has taken no notification since 30 November 2026 at 10:00 (Paris time)",
                        "1 notification: 1 to be tried again");
        assertThat(message(mails(partner.email()).getLast(), true)).contains("Nothing is waiting.");
    }

    @Test
    void failed_notifications_are_told_together_in_at_most_one_mail_in_15_minutes() {
        var partner = partner("fr");
        old(partner);
        status.set(422);
        webhooks.owe(partner.id(), 40);
        eventually(
                () -> count("select count(*) from webhook_notification where state = 'failed'"),
                failed -> failed == 40);
        eventually(() -> mails(partner.email()), 1);
        webhooks.owe(partner.id(), 7);
        eventually(
                () -> count("select count(*) from webhook_notification where state = 'failed'"),
                failed -> failed == 47);
        at(Duration.ofMinutes(14));
        pause();
        assertThat(mails(partner.email())).hasSize(1);
        at(Duration.ofMinutes(15));
        eventually(() -> mails(partner.email()), 2);
        at(Duration.ofMinutes(16));
        pause();
        long told =
                subjects(partner.email()).stream()
                        .mapToLong(each -> Long.parseLong(each.split(" ")[1]))
                        .sum();
        assertThat(told).as("each failure in one mail").isEqualTo(47);
        assertThat(mails(partner.email())).hasSize(2);
    }

    @Test
    void what_was_taken_meanwhile_is_not_told_and_the_rest_with_its_own_addresses_and_causes() {
        var partner = partner("fr");
        var endpoint = old(partner);
        status.set(422);
        failed(partner, 1);
        eventually(() -> failures(partner), 1);
        at(Duration.ofMinutes(1));
        var solved = failed(partner, 5);
        status.set(200);
        solved.forEach(each -> webhooks.notifications.replay(each, "key_test"));
        solved.forEach(each -> webhooks.eventuallyIs(each, Notification.State.DELIVERED));
        at(Duration.ofMinutes(15));
        pause();
        assertThat(failures(partner)).as("all of it was taken meanwhile").hasSize(1);

        status.set(422);
        failed(partner, 1);
        eventually(() -> failures(partner), 2);
        at(Duration.ofMinutes(16));
        var lost = failed(partner, 3);
        status.set(200);
        webhooks.notifications.replay(lost.getFirst(), "key_test");
        webhooks.eventuallyIs(lost.getFirst(), Notification.State.DELIVERED);
        webhooks.endpoints.update(
                webhooks.now(endpoint),
                new Endpoints.Wish(receiver.url("/second"), null, null, null, null));
        status.set(400);
        failed(partner, 1);
        status.set(500);
        webhooks.eventuallyTried(webhooks.owe(partner.id()), 1);
        at(Duration.ofMinutes(31));
        var mail = eventually(() -> failures(partner), 3).getLast();
        assertThat(message(mail, false)).contains("3 notifications en échec");
        assertThat(message(mail, true))
                .contains(
                        "En échec vers "
                                + endpoint.url()
                                + " : 2 notifications. Cause : le serveur appelé a répondu 422.",
                        "En échec vers "
                                + receiver.url("/second")
                                + " : 1 notification. Cause : le serveur appelé a répondu 400.")
                .doesNotContain("500");
    }

    private List<ScriptedSmtp.Received> failures(Told partner) {
        return mails(partner.email()).stream()
                .filter(each -> message(each, false).contains("en échec"))
                .toList();
    }

    private List<Notification> failed(Told partner, int count) {
        var owed =
                webhooks.owe(partner.id(), count).stream()
                        .map(fact -> webhooks.of(fact).getFirst())
                        .toList();
        owed.forEach(each -> webhooks.eventuallyIs(each, Notification.State.FAILED));
        return owed;
    }

    @Test
    void an_address_that_turns_private_is_told_at_once_and_again_after_a_success() {
        var partner = partner("fr");
        var endpoint = old(partner);
        webhooks.eventuallyIs(webhooks.owe(partner.id()), Notification.State.DELIVERED);
        String good = webhooks.now(endpoint).url();
        leads(endpoint, "https://10.1.2.3/hook");
        var owed = webhooks.owe(partner.id());
        webhooks.eventuallyTried(owed, 1);
        var mail = eventually(() -> mails(partner.email()), 1).getFirst();
        assertThat(message(mail, false)).isEqualTo("[TEST] Adresse refusée – 10.1.2.3");
        assertThat(message(mail, true))
                .contains("https://10.1.2.3/hook", "Cause : ", Diagnosis.ADDRESS_REFUSED.french())
                .containsPattern("Cause : .*10\\.1\\.2\\.3")
                .contains("1 à réessayer d'office");
        assertThat(eventually(() -> subjects(OPERATOR), 1).getFirst())
                .contains("Adresse refusée (Boutique Zoë)");
        webhooks.eventuallyTried(webhooks.owe(partner.id()), 1);
        at(Duration.ofMinutes(9));
        pause();
        assertThat(mails(partner.email())).as("once for one time of trouble").hasSize(1);

        leads(endpoint, good);
        webhooks.notifications.replay(webhooks.now(owed), "key_test");
        webhooks.eventuallyIs(owed, Notification.State.DELIVERED);
        leads(endpoint, "https://10.1.2.3/hook");
        webhooks.eventuallyTried(webhooks.owe(partner.id()), 1);
        at(Duration.ofMinutes(10));
        pause();
        assertThat(mails(partner.email())).as("no two in 15 minutes").hasSize(1);
        at(Duration.ofMinutes(15));
        assertThat(eventually(() -> subjects(partner.email()), 2).getLast())
                .contains("Adresse refusée");
    }

    /** As when its name leads elsewhere. */
    private void leads(Endpoint endpoint, String url) {
        webhooks.hub
                .jdbc()
                .sql("update webhook_endpoint set url = :url where endpoint_id = :endpoint")
                .param("url", url)
                .param("endpoint", endpoint.id())
                .update();
    }

    @Test
    void a_disabled_endpoint_is_told_with_the_calls_that_bring_it_back() {
        var partner = partner("fr");
        var endpoint = old(partner);
        status.set(410);
        webhooks.owe(partner.id());
        var mail = eventually(() -> mails(partner.email()), 1).getFirst();
        assertThat(message(mail, false))
                .isEqualTo("[TEST] Point de réception désactivé – 127.0.0.1");
        assertThat(message(mail, true))
                .contains(
                        "le serveur appelé a répondu 410",
                        "/v1/webhook-endpoints/" + endpoint.id() + "/enable",
                        "/v1/webhook-endpoints/" + endpoint.id() + "/recover");
        at(Duration.ofHours(3));
        pause();
        assertThat(mails(partner.email())).as("the failure is in the same mail").hasSize(1);

        status.set(200);
        webhooks.endpoints.enable(webhooks.now(endpoint));
        at(Duration.ofHours(4));
        pause();
        assertThat(mails(partner.email())).as("enabled is not yet working").hasSize(1);
        webhooks.eventuallyIs(webhooks.owe(partner.id()), Notification.State.DELIVERED);
        at(Duration.ofHours(5));
        var again = eventually(() -> mails(partner.email()), 2).getLast();
        assertThat(message(again, false))
                .isEqualTo("[TEST] Notifications de nouveau reçues – 127.0.0.1");
        assertThat(message(again, true)).contains("1 en échec", "/recover {");
    }

    @Test
    void a_certificate_that_ends_in_14_days_is_told_once_for_each_certificate() {
        var certificates = new CertificatesForTests(folder);
        webhooks.hub.close();
        clock.moveTo(Instant.now().toString());
        webhooks =
                new WebhooksForTests(
                        hub().with(
                                        "comptappart.webhook.trustedcertificates",
                                        certificates.authority().toString())
                                .start());
        var soon = certificates.signed("ip:127.0.0.1_soon", "-1d", 11);
        var late = certificates.signed("ip:127.0.0.1_late", "-1d", 60);
        var told = partner("fr");
        var quiet = partner("fr");
        webhooks.endpoint(told.id(), "https://127.0.0.1:" + soon.getAddress().getPort() + "/a");
        webhooks.endpoint(quiet.id(), "https://127.0.0.1:" + late.getAddress().getPort() + "/b");
        var work = webhooks.hub.bean(CertificateWork.class);
        assertThat(work.round()).isEqualTo(2);
        assertThat(work.round()).as("once a day").isZero();
        var mail = eventually(() -> mails(told.email()), 1).getFirst();
        assertThat(message(mail, false)).isEqualTo("[TEST] Certificat bientôt expiré – 127.0.0.1");
        clock.moveTo(clock.instant().plus(Duration.ofDays(2)).toString());
        assertThat(work.round()).isEqualTo(2);
        pause();
        assertThat(mails(told.email())).hasSize(1);
        assertThat(mails(quiet.email())).isEmpty();
        soon.stop(0);
        late.stop(0);
    }

    @Test
    void an_alert_that_could_not_be_owed_is_owed_later_and_two_nodes_owe_it_once() {
        var partner = partner("fr");
        old(partner);
        webhooks.hub
                .jdbc()
                .sql(
                        """
                        create function no_mail() returns trigger language plpgsql as $$ begin raise exception 'no mail now'; end $$;
                        create trigger no_mail before insert on mail for each row execute function no_mail()
                        """)
                .update();
        status.set(400);
        webhooks.owe(partner.id());
        eventually(
                () -> count("select count(*) from webhook_notification where state = 'failed'"),
                failed -> failed == 1);
        pause();
        assertThat(count("select unsaid_failed from webhook_watch")).isEqualTo(1);
        webhooks.hub.jdbc().sql("drop trigger no_mail on mail").update();
        try (var twin = webhooks.hub.twin().withInventedOrders().start()) {
            var all =
                    Stream.of(webhooks.hub, twin, webhooks.hub, twin)
                            .map(each ->
                                    CompletableFuture.runAsync(
                                            () -> each.bean(EndpointAlerts.class).tell()))
                            .toList();
            all.forEach(CompletableFuture::join);
            eventually(() -> mails(partner.email()), 1);
            eventually(() -> mails(OPERATOR), 1);
            pause();
            assertThat(mails(partner.email())).hasSize(1);
            assertThat(mails(OPERATOR)).hasSize(1);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(800));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
