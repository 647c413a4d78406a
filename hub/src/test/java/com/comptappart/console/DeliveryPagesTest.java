package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.PartnerId;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import com.comptappart.webhook.Notification;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The list of notifications and the page of one. */
class DeliveryPagesTest {

    private static final HubForTests HUB = new HubForTests().withInventedOrders();
    private static PartnerReceiver receiver;
    private static OwedForTests owed;
    private static PartnerId partner;
    private static Notification taken;
    private static Notification refused;
    private static Notification retried;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        HUB.start();
        owed = new OwedForTests(HUB);
        receiver = new PartnerReceiver();
        partner = owed.partner("dupont");
        owed.endpoint(partner, receiver.url("/hooks"));
        taken = owed.eventuallyIs(owed.owe(partner, 1).getFirst(), Notification.Stage.DELIVERED);
        receiver.answering(_ -> 422);
        refused = owed.eventuallyIs(owed.owe(partner, 1).getFirst(), Notification.Stage.FAILED);
        receiver.answering(_ -> 500);
        retried = owed.eventuallyIs(owed.owe(partner, 1).getFirst(), Notification.Stage.RETRYING);
        owed.partner("martin");
        browser = new Browser(HUB).signedIn();
    }

    @AfterAll
    static void stop() {
        HUB.close();
        receiver.close();
    }

    private static HttpResponse<String> list(String query) {
        return browser.open("/console/dupont/test/livraisons" + query);
    }

    private static String path(Notification notification) {
        return "/console/dupont/test/livraisons/" + notification.id();
    }

    @Test
    void the_list_says_of_each_notification_where_it_stands_and_when_it_is_tried_again() {
        var page = list("");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<title>[TEST] Livraisons · ComptAppart</title>")
                .contains(path(taken), path(refused), path(retried))
                .contains("Livrée", "Échouée", "À réessayer", "Prochain essai le")
                .contains("HTTP 200", "HTTP 422", "HTTP 500", "1 tentative")
                .contains("/console/dupont/test/commandes/" + refused.order());
        assertThat(page.body().indexOf(retried.id())).isLessThan(page.body().indexOf(taken.id()));
    }

    @Test
    void each_filter_in_the_address_leaves_what_it_asks_for() {
        holds("?etat=failed", refused, taken, retried);
        holds("?etat=pending", retried, taken, refused);
        holds("?etat=retrying", retried, taken, refused);
        holds("?statut=422", refused, taken, retried);
        holds("?statut=5xx", retried, taken, refused);
        holds("?statut=2XX", taken, refused, retried);
        holds("?etat=delivered&type=order.created&depuis=2026-01-01", taken, refused, retried);
        for (String nothing :
                List.of(
                        "?statut=aucun",
                        "?type=ping",
                        "?point=we_other",
                        "?jusqua=2020-01-01",
                        "?etat=nonsense",
                        "?statut=nonsense",
                        "?depuis=2026-13-45")) {
            assertThat(list(nothing).body())
                    .as(nothing)
                    .contains("Aucune notification ne correspond")
                    .doesNotContain(taken.id());
        }
    }

    private static void holds(String query, Notification shown, Notification... hidden) {
        String page = list(query).body();
        assertThat(page).as(query).contains(path(shown));
        for (Notification each : hidden) {
            assertThat(page).as(query).doesNotContain(path(each));
        }
    }

    @Test
    void an_endpoint_without_failures_is_told_so_and_a_partner_without_endpoint_learns_how() {
        assertThat(browser.open("/console/martin/test/livraisons").body())
                .contains(
                        "Pas encore de point de réception", "POST /v1/webhook-endpoints/{id}/ping");
        assertThat(browser.open("/console/martin/test/livraisons?etat=failed").body())
                .contains("Aucune notification n’est en échec");
    }

    @Test
    void a_notification_says_why_it_failed_and_shows_request_answer_and_times() {
        var page = browser.open(path(refused));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Échouée", "le serveur appelé a répondu 422")
                .contains("Un schéma refuse le corps")
                .contains("POST " + receiver.url("/hooks"), "webhook-signature: v1,")
                .contains("HTTP 422", "Corps vide.")
                .contains("<svg class=\"split\"", "Attente du premier octet")
                .contains("Zoë d&#39;Aÿ", "Renvoyer la notification");
        assertThat(browser.open(path(retried)).body()).contains("Prochain essai le");
    }

    @Test
    void a_notification_is_of_its_partner_and_mode_alone() {
        for (String place : List.of("/console/martin/test", "/console/dupont/live")) {
            assertThat(browser.open(place + "/livraisons/" + taken.id()).statusCode())
                    .as(place)
                    .isEqualTo(404);
            var page = browser.open(place + "/livraisons");
            assertThat(page.body()).as(place).doesNotContain(taken.id());
            var act = browser.submit(page, place + "/livraisons/" + taken.id(), Map.of());
            assertThat(act.statusCode()).as(place).isEqualTo(404);
        }
        assertThat(browser.open("/console/tous/test/livraisons/" + taken.id()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_replay_is_two_clicks_from_the_list_and_says_who_asked() {
        receiver.answering(_ -> 422);
        var failed = owed.eventuallyIs(owed.owe(partner, 1).getFirst(), Notification.Stage.FAILED);
        receiver.answering(_ -> 200);
        assertThat(list("?etat=failed").body()).contains("href=\"" + path(failed) + "\"");
        var page = browser.open(path(failed));
        assertThat(page.body()).contains("action=\"" + path(failed) + "\"");
        var after = browser.submit(page, path(failed), Map.of());
        assertThat(after.body()).contains("La notification repart maintenant");
        owed.eventuallyIs(failed, Notification.Stage.DELIVERED);
        assertThat(browser.open(path(failed)).body())
                .contains("Livrée", "Tentative 2", "Renvoi demandé par", "key_");
        receiver.answering(_ -> 500);
    }

    @Test
    void what_stands_in_the_pages_of_deliveries_is_english_for_english_readers() {
        var english = new Browser(HUB).speaking("en").signedIn();
        assertThat(english.open("/console/dupont/test/livraisons").body())
                .contains("Deliveries", "To be retried", "Next attempt on", "1 attempt");
        assertThat(english.open(path(refused)).body())
                .contains(
                        "A schema refuses the body",
                        "Where the time went",
                        "Wait for the first byte");
    }
}
