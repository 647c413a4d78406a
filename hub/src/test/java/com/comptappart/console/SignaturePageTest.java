package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import com.comptappart.webhook.Endpoints;
import com.comptappart.webhook.Notification;
import com.comptappart.webhook.SignatureFinding;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page that says why a partner's program refuses a call. */
class SignaturePageTest {

    private static final HubForTests HUB = new HubForTests().withInventedOrders();
    private static final String PAGE = "/console/dupont/test/livraisons/signature";
    private static PartnerReceiver receiver;
    private static OwedForTests owed;
    private static Endpoints.WithSecret made;
    private static PartnerReceiver.Call call;
    private static Notification sent;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        HUB.start();
        owed = new OwedForTests(HUB);
        receiver = new PartnerReceiver();
        var partner = owed.partner("dupont");
        made = owed.made(partner, receiver.url("/hooks"));
        sent = owed.eventuallyIs(owed.owe(partner, 1).getFirst(), Notification.Stage.DELIVERED);
        call = receiver.calls().getFirst();
        owed.partner("martin");
        browser = new Browser(HUB).signedIn();
    }

    @AfterAll
    static void stop() {
        HUB.close();
        receiver.close();
    }

    private static Map<String, String> pasted() {
        return new HashMap<>(
                Map.of(
                        "id", call.header("webhook-id"),
                        "horodatage", call.header("webhook-timestamp"),
                        "signature", call.header("webhook-signature"),
                        "corps", call.body(),
                        "encodage", "texte"));
    }

    private static String examined(Map<String, String> fields) {
        HttpResponse<String> page = browser.submit(browser.open(PAGE), PAGE, fields);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).doesNotContain(made.secret());
        return page.body();
    }

    @Test
    void a_call_as_it_came_is_right_and_the_secret_of_another_is_told() {
        assertThat(examined(pasted()))
                .contains("La signature est bonne", "faite avec le secret actuel");
        var fields = pasted();
        fields.put("secret", made.secret());
        assertThat(examined(fields)).contains("La signature est bonne");
        fields.put("secret", "whsec_" + Base64.getEncoder().encodeToString(new byte[32]));
        assertThat(examined(fields))
                .contains("Un récepteur refuse cet appel")
                .contains("Votre secret n’est pas celui de ce point de réception");
    }

    @Test
    void the_byte_that_differs_is_shown() {
        var fields = pasted();
        fields.put("corps", call.body().replace("Zoë", "Zoe"));
        int offset = call.body().indexOf("ë");
        assertThat(examined(fields))
                .contains("Le corps n’est pas celui qui a été envoyé")
                .contains("Le premier octet qui diffère est le n° " + offset)
                .contains("<code>C3</code>", "<code>65</code>");
        byte[] crlf = (call.body() + "\r\n").getBytes(StandardCharsets.UTF_8);
        fields.put("corps", Base64.getEncoder().encodeToString(crlf));
        fields.put("encodage", "base64");
        assertThat(examined(fields)).contains("fin de ligne de trop", "␍␊", "<code>0D</code>");
    }

    @Test
    void a_clock_that_is_ahead_is_told_by_how_much() {
        var fields = pasted();
        long at = Long.parseLong(call.header("webhook-timestamp"));
        fields.put("recu", Long.toString(at + 724));
        assertThat(examined(fields)).contains("Votre horloge avance de 12 min 4 s sur la nôtre");
    }

    @Test
    void a_replaced_secret_is_told_with_the_date_of_its_end() {
        var partner = owed.partner("rotated");
        var first = owed.made(partner, receiver.url("/rotated"));
        var told = owed.eventuallyIs(owed.owe(partner, 1).getFirst(), Notification.Stage.DELIVERED);
        var heard =
                receiver.calls().stream()
                        .filter(each -> each.header("webhook-id").equals(told.id()))
                        .findFirst()
                        .orElseThrow();
        HUB.bean(Endpoints.class).rotateSecret(first.endpoint(), Duration.ofHours(1));
        HUB.jdbc()
                .sql(
                        "update webhook_endpoint set old_secrets_until = array[now() - interval '1 hour'] where endpoint_id = :id")
                .param("id", first.endpoint().id())
                .update();
        String page = "/console/rotated/test/livraisons/signature";
        var answer =
                browser.submit(
                        browser.open(page),
                        page,
                        Map.of(
                                "id", told.id(),
                                "horodatage", heard.header("webhook-timestamp"),
                                "signature", heard.header("webhook-signature"),
                                "corps", heard.body()));
        assertThat(answer.body()).contains("ne signe plus depuis le");
    }

    @Test
    void the_form_is_filled_in_from_a_notification() {
        assertThat(browser.open("/console/dupont/test/livraisons/" + sent.id()).body())
                .contains(PAGE + "?de=" + sent.id());
        assertThat(browser.open(PAGE + "?de=" + sent.id()).body())
                .contains("value=\"" + sent.id() + "\"")
                .contains("value=\"" + call.header("webhook-timestamp") + "\"");
    }

    @Test
    void nothing_of_another_partners_is_tried_or_compared() {
        for (String place : new String[] {"/console/martin/test", "/console/dupont/live"}) {
            String page = place + "/livraisons/signature";
            assertThat(browser.open(page + "?de=" + sent.id()).statusCode()).isEqualTo(404);
            var fields = pasted();
            fields.put("secret", made.secret());
            fields.put("corps", call.body() + "x");
            var answer = browser.submit(browser.open(page), page, fields);
            assertThat(answer.body())
                    .contains("Le hub ne connaît pas la notification")
                    .doesNotContain("Envoyé par le hub");
            fields.put("point", made.endpoint().id());
            assertThat(browser.submit(browser.open(page), page, fields).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void what_cannot_be_read_is_said_on_the_page() {
        var fields = pasted();
        fields.put("recu", "hier");
        assertThat(examined(fields)).contains("Rien n’a été fait", "2026-11-23T14:32:18Z");
        assertThat(examined(Map.of())).contains("L’en-tête webhook-id manque");
    }

    @Test
    void every_cause_has_its_words_in_both_languages() throws IOException {
        for (String bundle : new String[] {"words/deliveries", "words/deliveries_en"}) {
            var words = new Properties();
            try (var in = getClass().getResourceAsStream("/" + bundle + ".properties");
                    var reader = new java.io.InputStreamReader(in, StandardCharsets.UTF_8)) {
                words.load(reader);
            }
            for (var cause : SignatureFinding.Cause.values()) {
                assertThat(words.stringPropertyNames())
                        .as(bundle)
                        .contains("signature." + cause, "signature." + cause + ".text");
            }
        }
    }
}
