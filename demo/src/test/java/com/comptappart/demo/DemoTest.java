package com.comptappart.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo as {@code --once} runs it, on free ports and with a data directory of its own. */
class DemoTest {

    private static final ByteArrayOutputStream TOLD = new ByteArrayOutputStream();
    private static Parts parts;
    private static Arrivals arrivals;

    @BeforeAll
    static void buyOnce() throws IOException {
        var directory =
                Files.createTempDirectory(Files.createDirectories(Path.of("target")), "demo-");
        var settings = new Settings(directory, true, false, false);
        parts = Parts.start(settings, Clock.systemUTC());
        var out = new PrintStream(TOLD, true, StandardCharsets.UTF_8);
        arrivals = new Demo(settings, out, Clock.systemUTC()).play(parts);
    }

    @AfterAll
    static void end() {
        if (parts != null) {
            parts.close();
        }
    }

    @Test
    void one_purchase_becomes_an_order_an_invoice_a_mail_and_a_verified_notification() {
        assertThat(arrivals.missing()).isEmpty();
        assertThat(arrivals.order().path("total_amount").decimalValue())
                .isEqualByComparingTo("99.99");
        assertThat(arrivals.order().path("customer").path("last_name").asString())
                .isEqualTo("Martin");
        assertThat(arrivals.invoice().isFacturX()).isTrue();
        assertThat(arrivals.mail().to()).contains(Inbox.ADDRESS);
        assertThat(arrivals.mail().carries(arrivals.invoice().name(), arrivals.invoice().pdf()))
                .isTrue();
        assertThat(arrivals.call().verified()).isTrue();
        assertThat(arrivals.call().type()).isEqualTo("order.created");
    }

    @Test
    void the_terminal_shows_what_happened_and_every_address_in_a_dozen_lines() {
        String told = TOLD.toString(StandardCharsets.UTF_8);
        assertThat(told)
                .contains(
                        parts.shop().url("/"),
                        parts.inbox().url("/mails/"),
                        parts.partner().url("/"))
                .contains(arrivals.invoice().url(), parts.operatorKey())
                .contains("/console/partenaire-demo/test/commandes/");
        assertThat(told.lines().count()).isBetween(10L, 14L);
    }

    @Test
    void the_pages_show_the_mail_the_notification_and_the_thanks() {
        assertThat(page(parts.inbox().url("/"))).contains("Votre facture", Purchase.EMAIL);
        assertThat(page(parts.inbox().url("/mails/" + arrivals.mail().id())))
                .contains(arrivals.invoice().name());
        assertThat(page(parts.partner().url("/"))).contains("order.created", "vérifiée");
        assertThat(page(parts.shop().url("/"))).contains("99,99", "49,00", "19,90");
    }

    @Test
    void a_call_that_someone_else_signed_is_refused_and_shown() {
        var request =
                parts.http()
                        .request(parts.partner().url("/webhook"))
                        .headers("webhook-id", "msg_forged", "webhook-timestamp", "1")
                        .header("webhook-signature", "v1,Zm9yZ2Vk")
                        .POST(BodyPublishers.ofString("{\"order_id\": 1}"));

        assertThat(parts.http().send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
        assertThat(page(parts.partner().url("/"))).contains("msg_forged", "refusée");
    }

    @Test
    void what_did_not_arrive_is_named() {
        var nothing = new Purchase.Paid("cs_test_unknown", Clock.systemUTC().instant());

        assertThat(new Arrivals(parts, nothing, Clock.systemUTC()).missing())
                .hasSize(4)
                .anyMatch(sentence -> sentence.contains("facture PDF"))
                .anyMatch(sentence -> sentence.contains("courriel"))
                .anyMatch(sentence -> sentence.contains("partenaire"));
    }

    @Test
    void a_taken_friendly_port_is_given_up_for_a_free_one() throws IOException {
        var taken = HttpServer.create(Loopback.at(0), 0);
        taken.start();
        try {
            var settings = new Settings(Path.of("target"), false, false, true);
            assertThat(settings.port(taken.getAddress().getPort())).isZero();
        } finally {
            taken.stop(0);
        }
    }

    @Test
    void an_unknown_option_is_refused_with_a_sentence() {
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(
                                () -> Settings.of(List.of("--onec"), Map.of())))
                .hasMessageContaining("--onec");
    }

    private static String page(String url) {
        return parts.http()
                .send(parts.http().request(url).GET(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
