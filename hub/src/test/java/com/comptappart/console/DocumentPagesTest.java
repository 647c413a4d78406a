package com.comptappart.console;

import static com.comptappart.testing.HubForTests.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.Buyer;
import com.comptappart.order.Order;
import com.comptappart.order.PaidOrder;
import com.comptappart.order.Refund;
import com.comptappart.partner.Partners;
import com.comptappart.people.PeopleForTests;
import com.comptappart.people.Role;
import com.comptappart.testing.HubForTests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Invoices and credit notes in the console: found, shown, checked, sent again, taken out. */
class DocumentPagesTest {

    private static final HubForTests HUB = new HubForTests();
    private static final String LIST = "/console/dupont/test/factures";
    private static PartnerId dupont;
    private static PartnerId other;
    private static Browser browser;
    private static String marie;
    private static String company;
    private static String evil;
    private static String others;
    private static String credited;
    private static String creditNote;
    private static Order marieOrder;

    @BeforeAll
    static void start() {
        HUB.start();
        dupont = HUB.bean(Partners.class).create("Dupont", "dupont", "d@example.com", null).id();
        other = HUB.bean(Partners.class).create("Other", "other", "o@example.com", null).id();
        marieOrder = record(dupont, "cs_test_marie", "Marie-Hélène Lefèvre", null);
        marie = number(marieOrder);
        company = number(record(dupont, "cs_test_company", "Paul Roux", "732829320"));
        evil = number(record(dupont, "cs_test_evil", "=cmd|' /C calc'!A0 <b>", null));
        others = number(record(other, "cs_test_other", "Autre Personne", null));
        var refunded = record(dupont, "cs_test_back", "Jean Petit", null);
        credited = number(refunded);
        refund("cs_test_back", "re_back", 3_000);
        creditNote = number(refunded, "credit_note");
        eventually(
                () ->
                        HUB.jdbc()
                                .sql("select number from invoice_finder")
                                .query(String.class)
                                .list(),
                6);
        browser = new Browser(HUB).signedIn();
    }

    @AfterAll
    static void stop() {
        HUB.close();
    }

    private static Order record(PartnerId partner, String object, String name, String siren) {
        var paid = OrdersForTests.paid(partner, Environment.STAGING, object, name);
        var buyer = paid.buyer();
        return OrdersForTests.record(
                HUB,
                new PaidOrder(
                        paid.account(),
                        paid.environment(),
                        paid.stripeObject(),
                        paid.eventId(),
                        paid.partner(),
                        siren == null
                                ? buyer
                                : new Buyer(
                                        name,
                                        buyer.email(),
                                        null,
                                        "1 rue Haute",
                                        null,
                                        "75002",
                                        "Paris",
                                        "FR",
                                        siren,
                                        null,
                                        true,
                                        "fr",
                                        "Menuiserie Roux",
                                        null),
                        paid.currency(),
                        paid.lines(),
                        paid.payment(),
                        paid.billingReason(),
                        paid.subscriptionId(),
                        paid.customFields(),
                        paid.coverage(),
                        paid.metadata(),
                        paid.attention(),
                        null));
    }

    private static void refund(String object, String id, long amount) {
        OrdersForTests.refund(HUB, object, id, amount, Refund.Status.SUCCEEDED);
    }

    private static String number(Order order) {
        return number(order, "invoice");
    }

    private static String number(Order order, String kind) {
        return eventually(
                        () ->
                                HUB.jdbc()
                                        .sql(
                                                "select number from invoice where order_id = :order and kind = :kind")
                                        .param("order", order.id().value())
                                        .param("kind", kind)
                                        .query(String.class)
                                        .list(),
                        1)
                .getFirst();
    }

    private static String row(String number) {
        return "/factures/" + number + "\"";
    }

    private static String found(String query) {
        return browser.open(LIST + "?" + query).body();
    }

    @Test
    void the_list_shows_a_partners_documents_and_nobody_elses() {
        assertThat(browser.open(LIST).body())
                .contains(marie, company, credited, creditNote, "Avoir sur " + credited)
                .contains("Marie-Hélène Lefèvre", "119,99", "-30,00", "Gardé ici")
                .doesNotContain(others, "Autre Personne", "<b>");
        assertThat(browser.open("/console/tous/test/factures").body()).contains(marie, others);
        assertThat(browser.open("/console/dupont/live/factures").body())
                .contains("Pas encore de facture")
                .doesNotContain(marie);
    }

    @Test
    void a_document_is_found_by_what_people_know_of_it() {
        assertThat(found("q=lefevre+MARIE")).contains(row(marie)).doesNotContain(row(company));
        assertThat(found("q=Lef%C3%A8v")).contains(row(marie)).doesNotContain(row(company));
        assertThat(found("q=cs_test_MARIE%40example.com"))
                .contains(row(marie))
                .doesNotContain(row(company));
        assertThat(found("q=menuiserie")).contains(row(company)).doesNotContain(row(marie));
        assertThat(found("q=732+829+320")).contains(row(company)).doesNotContain(row(marie));
        assertThat(found("q=73282932000012")).contains(row(company)).doesNotContain(row(marie));
        assertThat(found("q=%23" + marieOrder.id()))
                .contains(row(marie))
                .doesNotContain(row(company));
        assertThat(found("q=" + company.toLowerCase(java.util.Locale.ROOT)))
                .contains("/factures/" + company)
                .doesNotContain("/factures/" + marie);
        assertThat(found("q=Autre")).contains("Aucun document ne correspond");
        assertThat(found("q=%27%3A%2A+%26+%5C%21%28")).contains("Aucun document ne correspond");
    }

    @Test
    void filters_in_the_address_narrow_the_list() {
        assertThat(found("type=avoir"))
                .contains("/factures/" + creditNote)
                .doesNotContain("/factures/" + marie);
        assertThat(found("type=facture"))
                .contains("/factures/" + marie)
                .doesNotContain("/factures/" + creditNote);
        assertThat(found("annee=2031")).contains("Aucun document ne correspond");
        assertThat(found("depuis=2020-01-01&jusqua=2020-02-01"))
                .contains("Aucun document ne correspond");
        assertThat(found("depuis=hier")).contains("Aucun document ne correspond");
        assertThat(found("depuis=2020-01-01")).contains("/factures/" + marie);
        assertThat(found("email=echec")).contains("Aucun document ne correspond");
    }

    @Test
    void the_operator_reads_that_a_series_has_no_hole_and_a_partner_no_number_of_anothers() {
        String all = browser.open("/console/tous/test/factures").body();
        assertThat(all)
                .contains("Continuité des numéros", "Aucun trou", "5 documents", "1 document");
        String own = browser.open("/console/other/test/factures").body();
        assertThat(own)
                .contains("1 document, de " + others + " à " + others, "Aucun trou")
                .doesNotContain(marie, credited, "5 documents");
    }

    @Test
    void a_document_says_what_it_says_and_what_proves_it() {
        var page = browser.open(LIST + "/" + marie);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Facture " + marie, "119,99", "83,32", "16,67", "18,96", "1,04", "5,5")
                .contains("Guide papier", "12 rue des Écoles")
                .contains("SHA-256 du PDF", "Écriture précédente", "/commandes/" + marieOrder.id())
                .contains("&lt;ram:GrandTotalAmount&gt;119.99&lt;/ram:GrandTotalAmount&gt;")
                .contains("BR-CO-15", "BR-FR-CO-09", "veraPDF")
                .doesNotContain("Non conforme");
        assertThat(page.body().split("Conforme", -1)).hasSize(7);
        assertThat(browser.speaking("en").open(LIST + "/" + marie).body())
                .contains("Totals by VAT rate", "Holds");
        browser.speaking("fr");
    }

    @Test
    void an_invoice_and_its_credit_note_lead_to_each_other() {
        assertThat(browser.open(LIST + "/" + credited).body())
                .contains("/console/dupont/test/factures/" + creditNote)
                .doesNotContain("Non conforme");
        assertThat(browser.open(LIST + "/" + creditNote).body())
                .contains("Avoir " + creditNote, "/console/dupont/test/factures/" + credited)
                .doesNotContain("Non conforme");
    }

    @Test
    void a_page_of_the_pdf_is_a_picture_that_is_drawn_once_for_a_browser() throws Exception {
        String path = LIST + "/" + marie + "/pages/1";
        assertThat(browser.open(LIST + "/" + marie).body())
                .contains("src=\"" + path + "\"", "alt=\"Facture " + marie + ", page 1 sur 1");
        var picture = browser.download(path);
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
        // A page's first load is to stay under 60 KB, with its picture.
        assertThat(picture.body()).hasSizeLessThan(40_000);
        var image = ImageIO.read(new ByteArrayInputStream(picture.body()));
        assertThat(image.getWidth()).isBetween(820, 830);
        assertThat(image.getHeight()).isBetween(1_160, 1_175);
        int dark = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                dark += ((image.getRGB(x, y) >> 16) & 0xFF) < 0x60 ? 1 : 0;
            }
        }
        assertThat(dark).isGreaterThan(4_000);
        String tag = picture.headers().firstValue("ETag").orElseThrow();
        assertThat(picture.headers().firstValue("Cache-Control")).contains("no-cache, private");
        var again =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(HUB.url(path)))
                                        .header("If-None-Match", tag)
                                        .header(
                                                "Cookie",
                                                ConsoleDoor.SESSION_COOKIE
                                                        + "="
                                                        + browser.cookie(
                                                                ConsoleDoor.SESSION_COOKIE))
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        for (String missing : List.of("0", "2", "99", "x")) {
            assertThat(browser.open(LIST + "/" + marie + "/pages/" + missing).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void its_files_are_those_that_were_issued() {
        var pdf = browser.download(LIST + "/" + marie + "/pdf?telecharger=true");
        assertThat(new String(pdf.body(), 0, 5, UTF_8)).isEqualTo("%PDF-");
        assertThat(pdf.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment")
                .contains(marie + ".pdf");
        var xml = browser.download(LIST + "/" + marie + "/xml");
        assertThat(new String(xml.body(), UTF_8)).contains("CrossIndustryInvoice", marie);
    }

    @Test
    void anothers_document_is_not_found_in_any_form() {
        for (String what : List.of("", "/pdf", "/xml", "/pages/1")) {
            assertThat(browser.open(LIST + "/" + others + what).statusCode()).isEqualTo(404);
            assertThat(browser.open("/console/dupont/live/factures/" + marie + what).statusCode())
                    .isEqualTo(404);
        }
        var page = browser.open(LIST + "/" + marie);
        assertThat(browser.submit(page, LIST + "/" + others + "/renvoi", Map.of()).statusCode())
                .isEqualTo(404);
        assertThat(browser.open(LIST + "?after=" + others).statusCode()).isEqualTo(400);
    }

    @Test
    void a_document_is_sent_again_also_to_another_address_and_its_mails_say_so() {
        String path = LIST + "/" + creditNote;
        var page =
                eventually(
                        () -> browser.open(path),
                        each -> each.body().contains("action=\"" + path + "/renvoi\""));
        var sent = browser.submit(page, path + "/renvoi", Map.of("email", "compta@example.com"));
        assertThat(sent.body())
                .contains("L’e-mail sera envoyé de nouveau", "compta@example.com")
                .contains("cs_test_back@example.com");
        assertThat(
                        browser.submit(page, path + "/renvoi", Map.of("email", "pas une adresse"))
                                .body())
                .contains("ce n’est pas une adresse e-mail entière");
        String order =
                page.body().replaceAll("(?s).*?(/console/dupont/test/commandes/[0-9]+).*", "$1");
        assertThat(browser.open(order).body()).contains("Avoirs", "/factures/" + creditNote);
        assertThat(browser.open("/console/dupont/test/reglages/journal?quoi=mail").body())
                .contains("A renvoyé un e-mail", creditNote);
        var reader = PeopleForTests.person(HUB, "lit@example.com", dupont, Role.READER);
        assertThat(new Browser(HUB).signedIn(reader).open(path).body())
                .contains("Avoir " + creditNote)
                .doesNotContain("/renvoi");
    }

    @Test
    void a_month_is_a_zip_with_the_documents_of_that_partner_and_a_list_without_formulas()
            throws IOException {
        String month = month(marie);
        var files = unzipped(browser.download(LIST + "/mois.zip?mois=" + month).body());
        assertThat(files.keySet())
                .contains("factures.csv", "MANIFEST")
                .contains("pdf/" + marie + ".pdf", "xml/" + marie + ".xml")
                .contains("pdf/" + creditNote + ".pdf")
                .noneMatch(name -> name.contains(others));
        assertThat(new String(files.get("factures.csv"), UTF_8))
                .contains(marie, "'=cmd|", evil, creditNote)
                .doesNotContain(others, ";=cmd");
        assertThat(new String(files.get("pdf/" + marie + ".pdf"), 0, 5, UTF_8)).isEqualTo("%PDF-");
        assertThat(
                        unzipped(
                                        browser.download(
                                                        "/console/tous/test/factures/mois.zip?mois="
                                                                + month)
                                                .body())
                                .keySet())
                .contains("pdf/" + marie + ".pdf", "pdf/" + others + ".pdf");
        assertThat(unzipped(browser.download(LIST + "/mois.zip?mois=2020-01").body()).keySet())
                .containsExactly("factures.csv", "MANIFEST");
        assertThat(browser.open(LIST + "/mois.zip?mois=bientot").statusCode()).isEqualTo(400);
        assertThat(browser.open("/console/dupont/test/reglages/journal?quoi=document").body())
                .contains("A exporté les documents d’un mois", month);
    }

    private static String month(String number) {
        return HUB.jdbc()
                .sql("select to_char(issue_date, 'YYYY-MM') from invoice where number = :number")
                .param("number", number)
                .query(String.class)
                .single();
    }

    private static Map<String, byte[]> unzipped(byte[] bytes) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    @Test
    void the_search_box_opens_the_document_of_a_number() {
        var page =
                browser.open(
                        "/console/tous/test/recherche?q="
                                + marie.toLowerCase(java.util.Locale.ROOT));
        assertThat(page.uri().getPath()).isEqualTo(LIST + "/" + marie);
        assertThat(browser.open("/console/dupont/test/recherche?q=" + others).uri().getPath())
                .isEqualTo("/console/dupont/test/commandes");
    }

    @Test
    void the_orders_page_leads_to_its_document() {
        assertThat(browser.open("/console/dupont/test/commandes/" + marieOrder.id()).body())
                .contains("href=\"/console/dupont/test/factures/" + marie + "\"");
    }
}
