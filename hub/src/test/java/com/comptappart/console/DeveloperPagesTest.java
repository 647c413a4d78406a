package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import com.comptappart.testing.Payloads;
import com.comptappart.webhook.EventTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.util.HtmlUtils;

class DeveloperPagesTest {

    private static final HubForTests HUB = new HubForTests().withInventedOrders();
    private static Browser browser;
    private static OwedForTests owed;

    @BeforeAll
    static void start() {
        HUB.start();
        browser = new Browser(HUB).signedIn();
        owed = new OwedForTests(HUB);
        owed.partner("shop");
        owed.partner("other");
    }

    @AfterAll
    static void stop() {
        HUB.close();
    }

    private static String text(String path) {
        var page = browser.open("/console/shop/test/developpeurs" + path);
        assertThat(page.statusCode()).as(path).isEqualTo(200);
        assertThat(page.body()).as(path).doesNotContain("_fr??");
        return HtmlUtils.htmlUnescape(page.body());
    }

    @Test
    void the_catalogue_tells_of_every_type_with_its_schema_and_its_published_body() {
        String list = text("/evenements");
        for (String type : EventTypes.known()) {
            assertThat(list).contains("/developpeurs/evenements/" + type + "\"");
            assertThat(text("/evenements/" + type))
                    .contains("<title>[TEST] " + type + " · ComptAppart</title>")
                    .contains(Payloads.published(type).strip())
                    .contains("https://json-schema.org/draft/2020-12/schema");
        }
        assertThat(
                        browser.open("/console/shop/test/developpeurs/evenements/order.lost")
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_last_real_one_is_the_partners_own_and_of_this_environment() {
        var partner = owed.partner("told");
        owed.partner("untold");
        owed.endpoint(partner, "http://127.0.0.1:9/hooks");
        var last = owed.owe(partner, 2).getLast();
        String page = "/developpeurs/evenements/order.created";
        assertThat(HtmlUtils.htmlUnescape(browser.open("/console/told/test" + page).body()))
                .contains(last.body())
                .contains("/console/told/test/livraisons/" + last.id() + "\"");
        for (String elsewhere : new String[] {"/console/told/live", "/console/untold/test"}) {
            assertThat(browser.open(elsewhere + page).body())
                    .contains("Il n’y en a pas encore eu dans cet environnement")
                    .doesNotContain(last.id());
        }
    }

    @Test
    void a_receiver_is_shown_from_its_file_with_the_way_to_the_endpoints_secret()
            throws IOException {
        var partner = owed.partner("coder");
        var endpoint = owed.endpoint(partner, "http://127.0.0.1:9/hooks");
        for (var receiver : Receivers.values()) {
            String page = text("/exemples/" + receiver.folder());
            for (var file : receiver.files()) {
                assertThat(page)
                        .contains(
                                Files.readString(
                                        Path.of("../samples", receiver.folder(), file.name())));
            }
            assertThat(page).contains("WEBHOOK_SECRET=whsec_…").contains("ajoutez-en un");
        }
        assertThat(browser.open("/console/coder/test/developpeurs/exemples").body())
                .contains("http://127.0.0.1:9/hooks")
                .contains("/integration/" + endpoint.id() + "/secret\"");
        assertThat(browser.open("/console/shop/test/developpeurs/exemples/cobol").statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_keys_are_a_page_of_the_developers() {
        assertThat(text("")).contains("/console/shop/test/developpeurs/cles\"", "Catalogue");
        assertThat(text("/cles")).contains("aria-current=\"page\"");
    }
}
