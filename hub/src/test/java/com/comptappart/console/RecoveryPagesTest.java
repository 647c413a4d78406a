package com.comptappart.console;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import com.comptappart.webhook.Notification;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an endpoint did not get during an outage is sent again from the console. */
class RecoveryPagesTest {

    private static final HubForTests HUB = new HubForTests().withInventedOrders();
    private static PartnerReceiver receiver;
    private static OwedForTests owed;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        HUB.start();
        owed = new OwedForTests(HUB);
        receiver = new PartnerReceiver();
        browser = new Browser(HUB).signedIn();
    }

    @AfterAll
    static void stop() {
        HUB.close();
        receiver.close();
    }

    /** Follows the first link of a page that leads there, as a click does. */
    private static HttpResponse<String> click(HttpResponse<String> page, String path) {
        var link = Pattern.compile("href=\"(" + path + "[^\"]*)\"").matcher(page.body());
        assertThat(link.find()).as(path + " in " + page.body()).isTrue();
        return browser.open(link.group(1).replace("&amp;", "&"));
    }

    /** Sends the form of a page with what stands in it. */
    private static HttpResponse<String> press(HttpResponse<String> page, String path) {
        var form =
                Pattern.compile("(?s)<form[^>]*action=\"(" + path + "[^\"]*)\".*?</form>")
                        .matcher(page.body());
        assertThat(form.find()).as(path + " in " + page.body()).isTrue();
        var fields = new HashMap<String, String>();
        var hidden = Pattern.compile("name=\"([a-z]+)\" value=\"([^\"]*)\"").matcher(form.group());
        while (hidden.find()) {
            fields.merge(hidden.group(1), hidden.group(2), (one, other) -> one + "," + other);
        }
        return browser.submit(page, form.group(1), fields);
    }

    @Test
    void an_outage_of_37_orders_is_recovered_in_four_clicks() {
        var partner = owed.partner("outage");
        owed.endpoint(partner, receiver.url("/outage"));
        receiver.answering(_ -> 422);
        var failed = owed.eventuallyAre(owed.owe(partner, 37), Notification.Stage.FAILED);
        receiver.answering(_ -> 200);
        String place = "/console/outage/test/livraisons";

        var list = click(browser.open("/console/outage/test/commandes"), place);
        var plan = click(list, place + "/reprise");
        assertThat(plan.body()).contains(">37<", "699,63");
        var happens = click(plan, place + "/reprise/we_");
        assertThat(happens.body())
                .contains("37 notifications repartent", "37 commandes")
                .contains("Renvoyer les 37 notifications");
        assertThat(failed).allSatisfy(each -> assertThat(owed.now(each).attempts()).isEqualTo(1));
        var running = press(happens, place + "/reprise/we_");
        assertThat(running.body()).contains("La reprise est lancée", "sur 37 renvoyées");

        owed.eventuallyAre(failed, Notification.Stage.DELIVERED);
        var done =
                eventually(
                        () -> browser.open(running.uri().getPath()),
                        page -> page.body().contains("Terminée"));
        assertThat(done.body()).contains("37 sur 37 renvoyées", "key_");
        assertThat(browser.open(place + "/reprise").body()).contains("Rien à rattraper");
    }

    @Test
    void a_recovery_that_runs_is_stopped_and_sends_no_more() {
        var partner = owed.partner("stopped");
        owed.endpoint(partner, receiver.url("/stopped"));
        receiver.answering(_ -> 422);
        owed.eventuallyAre(owed.owe(partner, 20), Notification.Stage.FAILED);
        String place = "/console/stopped/test/livraisons";
        var plan = browser.open(place + "/reprise");
        var url =
                Pattern.compile("href=\"(" + place + "/reprise/we_[^\"]+)\"").matcher(plan.body());
        assertThat(url.find()).isTrue();
        var slowly = browser.open(url.group(1) + "?cadence=1&etats=failed");
        assertThat(slowly.body()).contains("À 1 par seconde");
        var running = press(slowly, place + "/reprise/we_");
        var stopped = press(running, place + "/reprises/rec_");
        assertThat(stopped.body())
                .contains("Arrêtée", "rien de plus ne part")
                .doesNotContain("20 sur 20");
    }

    @Test
    void a_choice_that_finds_nothing_has_no_button() {
        var partner = owed.partner("calm");
        var endpoint = owed.endpoint(partner, receiver.url("/calm"));
        assertThat(browser.open("/console/calm/test/livraisons/reprise").body())
                .contains("Rien à rattraper");
        assertThat(browser.open("/console/calm/test/livraisons/reprise/" + endpoint.id()).body())
                .contains("il n’y a rien à renvoyer")
                .doesNotContain("<button>Renvoyer");
    }

    @Test
    void another_partners_endpoint_and_recovery_are_not_found() {
        var partner = owed.partner("owner");
        var endpoint = owed.endpoint(partner, receiver.url("/owner"));
        receiver.answering(_ -> 422);
        owed.eventuallyAre(owed.owe(partner, 1), Notification.Stage.FAILED);
        var own = browser.open("/console/owner/test/livraisons/reprise/" + endpoint.id());
        var recovery = press(own, "/console/owner/test/livraisons/reprise/we_").uri().getPath();
        String id = recovery.substring(recovery.lastIndexOf('/') + 1);
        owed.partner("stranger");
        for (String place : List.of("/console/stranger/test", "/console/owner/live")) {
            for (String path :
                    List.of("/livraisons/reprise/" + endpoint.id(), "/livraisons/reprises/" + id)) {
                assertThat(browser.open(place + path).statusCode()).as(place + path).isEqualTo(404);
            }
            for (String act :
                    List.of(
                            "/livraisons/reprise/" + endpoint.id(),
                            "/livraisons/reprises/" + id + "/arret")) {
                assertThat(browser.submit(own, place + act, Map.of()).statusCode())
                        .as(place + act)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void a_pace_or_a_date_that_cannot_be_is_refused() {
        var partner = owed.partner("paces");
        var endpoint = owed.endpoint(partner, receiver.url("/paces"));
        String page = "/console/paces/test/livraisons/reprise/" + endpoint.id();
        for (String query : List.of("?cadence=0", "?depuis=hier", "?etats=delivered")) {
            assertThat(browser.open(page + query).statusCode()).as(query).isEqualTo(400);
        }
    }
}
