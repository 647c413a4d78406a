package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.partner.Partners;
import com.comptappart.testing.Chromium;
import com.comptappart.testing.Visit;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/** Each page that the hub has, found in its own list of addresses, in a real browser. */
class EveryPageTest {

    private static final Pattern VARIABLE =
            Pattern.compile("\\{([a-z]+)(?::(?:[^{}]|\\{[^}]*})*)?}");
    private static final int[] WIDTHS = {1280, 390, 320};

    /** Compressed bytes of a page with all that it loads, by the issue. */
    private static final long FIRST_LOAD = 60_000;

    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

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
            chromium.close();
        }
    }

    /** The addresses of the console's pages, with what there is in the place of each variable. */
    private static List<String> pages() {
        var found = new TreeSet<String>();
        for (RequestMappingInfo info : lived.hub.bean(RolesDeclared.class).all().keySet()) {
            if (info.getMethodsCondition().getMethods().contains(RequestMethod.GET)) {
                info.getPatternValues().forEach(pattern -> found.add(path(pattern)));
            }
        }
        var pages = new ArrayList<String>(found);
        // A stream; and the doors that take a token, which open once.
        pages.removeIf(path -> path.matches(".*/flux|/console/(entrer|invitation)"));
        pages.add("/console/sign-in");
        pages.add("/resilier?vendeur=" + LivedInHub.SLUG);
        pages.add("/console/tous/test/commandes");
        pages.add(LivedInHub.place("/livraisons?etat=failed"));
        return pages;
    }

    private static String path(String pattern) {
        return VARIABLE.matcher(pattern).replaceAll(variable -> value(variable.group(1), pattern));
    }

    private static String value(String variable, String pattern) {
        return switch (variable) {
            case "partner" ->
                    pattern.matches(".*/(partenaires|etat)(/.*)?") ? "tous" : LivedInHub.SLUG;
            case "edited" -> lived.partner.value();
            case "declaration" -> lived.newest("declaration", "declaration_id");
            case "subscription" -> lived.newest("subscription", "subscription_id");
            case "event" -> "evt_lived";
            case "token" -> last(lived.link("/c/"));
            case "receipt" -> lived.receipt(pattern.contains("/resilier/"));
            case "back" -> last(lived.link("/resilier/revenir/"));
            case "page" -> "1";
            case "color" -> "0b5c4a";
            case "environment" -> pattern.contains("{environment:live}") ? "live" : "test";
            case "order" -> oldest("paid_order", "order_id");
            case "number" -> oldest("invoice where kind = 'credit_note'", "number");
            case "person" -> lived.newest("person", "person_id");
            case "notification" -> lived.newest("webhook_notification", "notification_id");
            case "endpoint" -> lived.newest("webhook_endpoint", "endpoint_id");
            case "recovery" -> lived.newest("webhook_recovery", "recovery_id");
            case "certification" -> lived.newest("webhook_certification", "certification_id");
            case "key" -> oldest("api_key where partner_id = 'PARTNER'", "key_id");
            case "type" -> "order.created";
            case "language" -> "node";
            case "operation" -> "createCheckoutSession";
            case "logo" -> logo();
            case "mail" -> oldest("mail where order_id > 0", "mail_id");
            default -> throw new AssertionError("say what is in the place of " + variable);
        };
    }

    /** Of the partner, who gets one. */
    private static String logo() {
        return String.valueOf(
                lived.hub.bean(Partners.class).rebrand(lived.partner, null, PIXEL).logoId());
    }

    private static String last(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }

    private static String oldest(String table, String column) {
        return lived.hub
                .jdbc()
                .sql(
                        "select %s::text from %s order by 1 limit 1"
                                .formatted(column, table)
                                .replace("PARTNER", lived.partner.value()))
                .query(String.class)
                .single();
    }

    /** Those that a browser shows as pages: no download, no way to another page. */
    private static List<String> shown(SoftAssertions softly) {
        var shown = new ArrayList<String>();
        for (String path : pages()) {
            HttpResponse<byte[]> answer = lived.browser().download(path);
            softly.assertThat(answer.statusCode()).as(path).isEqualTo(200);
            if (header(answer, "Content-Type").startsWith("text/html")
                    // Else it is a part of a page, which is looked at where it stands.
                    && new String(answer.body(), StandardCharsets.UTF_8).contains("<title>")
                    // A mail as its reader's program shows it: no script runs there, axe's neither.
                    && !header(answer, "Content-Security-Policy").contains("sandbox")
                    && answer.uri().getPath().equals(path.replaceAll("\\?.*", ""))) {
                shown.add(path);
            }
        }
        return shown;
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void nobody_is_shut_out_by_how_a_page_is_made_at_any_width_in_both_languages_light_and_dark() {
        var softly = new SoftAssertions();
        var pages = shown(softly);
        assertThat(pages).hasSizeGreaterThan(25);
        for (String language : List.of("fr-FR", "en-GB")) {
            try (var visit = lived.visit(chromium, language, true)) {
                for (String path : pages) {
                    visit.open(path);
                    look(visit, path + " " + language, softly);
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void nor_by_the_pages_that_a_form_leads_to() {
        var softly = new SoftAssertions();
        for (String language : List.of("fr-FR", "en-GB")) {
            try (var visit = lived.visit(chromium, language, true)) {
                visit.open("/resilier");
                press(visit, softly, "#nom=", "#email=nobody");
                visit.open("/resilier");
                press(visit, softly, "#nom=Marie", "#email=marie@example.com", "#contrat=x");
                press(visit, softly);
                visit.open(LivedInHub.place("/commandes/1/remboursement"));
                press(visit, softly, "[value=montant]", "#montant=10");
                visit.page().locator("button:has-text('Continue')").click();
                look(visit, "before a refund, " + language, softly);
                visit.open(LivedInHub.place("/integration/nouveau"));
                press(visit, softly, "#url=ftp://x");
                press(visit, softly, "#url=" + lived.receiver.url("/" + language));
                visit.open(LivedInHub.place("/nothing"));
                look(visit, "a page that there is not, " + language, softly);
                visit.open("/c/tampered");
                look(visit, "a link that opens nothing, " + language, softly);
            }
        }
        softly.assertAll();
    }

    /** Fills a form, by "selector=text" or a selector to tick, sends it and looks at what comes. */
    private static void press(Visit visit, SoftAssertions softly, String... fields) {
        var page = visit.page();
        // What the browser itself would refuse must be refused by the server too.
        page.evaluate(
                "() => document.querySelectorAll('main form').forEach(f => f.noValidate = true)");
        for (String field : fields) {
            int end = field.startsWith("[") ? -1 : field.indexOf('=');
            if (end < 0) {
                page.locator(field).check();
            } else {
                page.locator(field.substring(0, end)).fill(field.substring(end + 1));
            }
        }
        page.locator("main form button:not([formnovalidate]):visible").first().click();
        look(visit, page.url() + " after " + List.of(fields), softly);
    }

    private static void look(Visit visit, String about, SoftAssertions softly) {
        // That a page is refused is said in the browser's console by the browser itself.
        visit.faults().stream()
                .filter(fault -> !fault.contains("the server responded with a status of 4"))
                .forEach(fault -> softly.fail(about + ": " + fault));
        softly.assertThat(visit.text()).as(about).doesNotContainPattern("\\?\\?[a-z]");
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            visit.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : WIDTHS) {
                visit.page().setViewportSize(width, 900);
                String where = about + " " + scheme + " " + width;
                softly.assertThat(visit.violations()).as(where).isEmpty();
                softly.assertThat(visit.sideways()).as(where + " sideways").isZero();
            }
        }
    }

    @Test
    void everything_is_reached_by_keyboard_and_shows_where_one_is() {
        var softly = new SoftAssertions();
        try (var visit = lived.visit(chromium, "fr-FR", true)) {
            for (String path : shown(softly)) {
                visit.open(path);
                var missed = visit.missedByKeyboard();
                softly.assertThat(missed).as(path).isEmpty();
            }
        }
        softly.assertAll();
    }

    @Test
    void a_first_visit_loads_less_than_60_kilobytes() {
        var softly = new SoftAssertions();
        var pages = shown(softly);
        try (var visit = lived.visit(chromium, "fr-FR", true)) {
            for (String path : pages) {
                softly.assertThat(visit.loading(path)).as(path).isBetween(1_000L, FIRST_LOAD);
            }
        }
        softly.assertAll();
    }
}
