package com.comptappart.console;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.partner.ApiKeys;
import com.comptappart.partner.Partners;
import com.comptappart.people.PeopleForTests;
import com.comptappart.people.Role;
import com.comptappart.testing.HubForTests;
import com.comptappart.webhook.Endpoint;
import com.comptappart.webhook.Endpoints;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IntegrationPagesTest {

    private static final HubForTests HUB = new HubForTests().withProduction();
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final AtomicInteger STATUS = new AtomicInteger(200);
    private static final Pattern SHOWN = Pattern.compile("id=\"once\"[^>]*>([^<]+)<");
    private static HttpServer receiver;
    private static String url;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        HUB.start();
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(STATUS.get(), -1);
                    exchange.close();
                });
        receiver.start();
        url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hooks";
        browser = new Browser(HUB).signedIn();
    }

    @AfterAll
    static void stop() {
        HUB.close();
        receiver.stop(0);
    }

    private record Shop(PartnerId id, String slug) {

        String path(String page) {
            return "/console/" + slug + "/test" + page;
        }

        Endpoint endpoint() {
            return HUB.bean(Endpoints.class)
                    .list(id, Environment.STAGING, new PageRequest(10, null))
                    .data()
                    .getFirst();
        }
    }

    private static Shop shop() {
        String slug = "shop-" + NEXT.incrementAndGet();
        return new Shop(
                HUB.bean(Partners.class).create(slug, slug, "s@example.com", null).id(), slug);
    }

    private static Shop shopWithEndpoint() {
        var shop = shop();
        HUB.bean(Endpoints.class)
                .create(
                        shop.id(),
                        Environment.STAGING,
                        new Endpoints.Wish(url, null, null, "caisse", null));
        return shop;
    }

    private static Map<String, String> form(Map<String, String> changes) {
        var form = new HashMap<>(Map.of("url", url, "types", "order.created", "seconds", "10"));
        form.putAll(changes);
        return form;
    }

    private static String shown(HttpResponse<String> page) {
        var found = SHOWN.matcher(page.body());
        assertThat(found.find()).as(page.body()).isTrue();
        return found.group(1);
    }

    private static HttpResponse<String> act(Shop shop, String act) {
        String page = shop.path("/integration/" + shop.endpoint().id());
        return browser.submit(browser.open(page), page + act, Map.of());
    }

    @Test
    void a_new_partner_is_told_where_to_begin() {
        var page = browser.open(shop().path("/integration"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<title>[TEST] Intégration · ComptAppart</title>")
                .contains("Aucun point de réception", "Liste de contrôle", "1 sur 10")
                .contains("Il n’y a pas de point de réception en test.")
                .doesNotContain("??");
        assertThat(browser.open("/console/tous/test/integration").body())
                .contains("Choisissez un partenaire");
    }

    @Test
    void an_endpoint_is_made_and_its_secret_shown_this_once() {
        var shop = shop();
        var form = browser.open(shop.path("/integration/nouveau"));
        var made =
                browser.submit(
                        form,
                        shop.path("/integration/nouveau"),
                        form(
                                Map.of(
                                        "types",
                                        "order.created,ping",
                                        "v1a",
                                        "on",
                                        "rate",
                                        "50",
                                        "description",
                                        "caisse")));
        String secret = shown(made);
        assertThat(secret).startsWith("whsec_");
        assertThat(HUB.bean(Endpoints.class).secret(shop.endpoint())).isEqualTo(secret);
        assertThat(shop.endpoint().eventTypes()).containsExactly("order.created", "ping");
        assertThat(shop.endpoint().signatureSchemes()).containsExactly("v1", "v1a");
        assertThat(shop.endpoint().rateLimitPerSecond()).isEqualTo(50);
        assertThat(browser.open(shop.path("/integration")).body())
                .contains(url, "caisse", "Actif", "2 sur 10")
                .doesNotContain(secret);
        assertThat(browser.open(shop.path("/integration/" + shop.endpoint().id())).body())
                .contains("50 appels par seconde")
                .doesNotContain(secret);
    }

    @Test
    void every_mistake_is_told_beside_its_field_and_nothing_is_made() {
        var shop = shop();
        var form = browser.open(shop.path("/integration/nouveau"));
        var answer =
                browser.submit(
                        form,
                        shop.path("/integration/nouveau"),
                        Map.of(
                                "url",
                                "https://10.0.0.7/hooks",
                                "seconds",
                                "31",
                                "key",
                                "court",
                                "rate",
                                "beaucoup",
                                "description",
                                "d".repeat(501)));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("6 champs sont à corriger")
                .contains("id=\"url-problem\"", "prenez un hôte public")
                .contains("id=\"types-problem\"", "Cochez au moins un événement.")
                .contains("id=\"seconds-problem\"", "de 1 à 30.")
                .contains("id=\"key-problem\"", "De 32 à 500 caractères")
                .contains("id=\"rate-problem\"", "de 1 à 1\u00a0000")
                .contains("id=\"description-problem\"", "500 caractères au plus")
                .contains("value=\"https://10.0.0.7/hooks\"")
                .doesNotContain("court\"");
        assertThat(browser.open(shop.path("/integration")).body())
                .contains("Aucun point de réception");
    }

    @Test
    void an_address_is_checked_before_anything_is_made() {
        var shop = shop();
        var page = browser.open(shop.path("/integration/nouveau"));
        STATUS.set(401);
        var checked =
                browser.submit(
                        page, shop.path("/integration/nouveau"), form(Map.of("act", "verifier")));
        STATUS.set(200);
        assertThat(checked.body())
                .contains(
                        "Connexion", "a répondu 401 à un appel que personne n’a signé : il est là");
        assertThat(
                        browser.submit(
                                        page,
                                        shop.path("/integration/nouveau"),
                                        form(Map.of("act", "verifier")))
                                .body())
                .contains("ne vérifie pas les signatures");
        assertThat(browser.open(shop.path("/integration")).body())
                .contains("Aucun point de réception");
    }

    @Test
    void an_endpoint_is_changed_paused_resumed_and_deleted() {
        var shop = shopWithEndpoint();
        String page = shop.path("/integration/" + shop.endpoint().id());
        var changed =
                browser.submit(
                        browser.open(page + "/modifier"),
                        page + "/modifier",
                        form(Map.of("seconds", "7", "types", "order.created,order.refunded")));
        assertThat(changed.body()).contains("Modifié.", "7 s par appel", "order.refunded");
        assertThat(act(shop, "/pause").body()).contains("En pause");
        assertThat(act(shop, "/ping").body()).contains("est en pause");
        assertThat(act(shop, "/reprendre").body()).contains("Actif");
        var sure = browser.open(page + "/supprimer");
        assertThat(sure.body()).contains("Plus rien n’est envoyé", "Cela ne se défait pas");
        assertThat(browser.submit(sure, page + "/supprimer", Map.of()).body())
                .contains("Supprimé.", "Aucun point de réception");
    }

    @Test
    void a_ping_tells_on_the_same_page_how_it_went() {
        var shop = shopWithEndpoint();
        var sent = act(shop, "/ping");
        assertThat(sent.uri().getPath())
                .isEqualTo(shop.path("/integration/" + shop.endpoint().id()));
        var page =
                eventually(
                        () -> browser.open(sent.uri().getPath() + "?" + sent.uri().getQuery()),
                        each -> each.body().contains("Reçu · HTTP 200"));
        assertThat(page.headers().firstValue("Refresh")).isEmpty();
        assertThat(page.body()).contains("/livraisons/msg_");
        assertThat(browser.open(shop.path("/integration")).body()).contains("4 sur 10");
    }

    @Test
    void a_secret_is_renewed_with_an_overlap_and_the_old_one_counts_down() {
        var shop = shopWithEndpoint();
        String before = HUB.bean(Endpoints.class).secret(shop.endpoint());
        String page = shop.path("/integration/" + shop.endpoint().id());
        var asked = browser.open(page + "/rotation");
        assertThat(asked.body()).contains("chaque appel porte les deux signatures");
        var rotated = browser.submit(asked, page + "/rotation", Map.of("hours", "24"));
        assertThat(shown(rotated)).startsWith("whsec_").isNotEqualTo(before);
        assertThat(browser.open(page).body())
                .contains("Un ancien signe jusqu’au", "dans 23\u00a0h");
        var sure = browser.open(page + "/anciens-secrets");
        assertThat(sure.body()).contains("Un ancien secret cesse de signer tout de suite.");
        assertThat(browser.submit(sure, page + "/anciens-secrets", Map.of()).body())
                .doesNotContain("Un ancien signe");
    }

    @Test
    void a_secret_is_shown_again_to_who_gives_the_key_of_the_session_and_to_nobody_else() {
        var shop = shopWithEndpoint();
        String secret = HUB.bean(Endpoints.class).secret(shop.endpoint());
        String page = shop.path("/integration/" + shop.endpoint().id() + "/secret");
        HUB.bean(ApiKeys.class).admitOperator("ca_operator_anotheranotheranother");
        for (String wrong :
                new String[] {"", "ca_operator_no", "ca_operator_anotheranotheranother"}) {
            assertThat(browser.submit(browser.open(page), page, Map.of("key", wrong)).body())
                    .contains("Ce n’est pas la clé")
                    .doesNotContain(secret);
        }
        var shown =
                browser.submit(browser.open(page), page, Map.of("key", HubForTests.OPERATOR_KEY));
        assertThat(shown(shown)).isEqualTo(secret);
    }

    @Test
    void a_partners_developer_who_has_just_come_in_sees_the_secret_and_the_journal_says_so() {
        var shop = shopWithEndpoint();
        var person = PeopleForTests.person(HUB, "dev@example.com", shop.id(), Role.DEVELOPER);
        var developer = new Browser(HUB).signedIn(person);
        String page = shop.path("/integration/" + shop.endpoint().id() + "/secret");
        var asked = developer.open(page);
        assertThat(asked.body()).contains("qui vient d’entrer").doesNotContain("ca_operator_");
        assertThat(shown(developer.submit(asked, page, Map.of())))
                .isEqualTo(HUB.bean(Endpoints.class).secret(shop.endpoint()));
        assertThat(browser.open("/console/" + shop.slug() + "/test/reglages/journal").body())
                .contains("A revu un secret de signature");
    }

    @Test
    void a_certification_says_probe_by_probe_what_was_expected_and_what_came() {
        var shop = shopWithEndpoint();
        var started = act(shop, "/certification");
        assertThat(started.headers().firstValue("Refresh")).contains("2");
        var page =
                eventually(
                        () -> browser.open(started.uri().getPath()),
                        each -> each.headers().firstValue("Refresh").isEmpty());
        assertThat(page.body())
                .contains("Échoué", "Signature fausse", "Pris, à tort", "401 (tout 4xx convient)")
                .contains("n’importe qui peut lui annoncer une vente")
                .contains("Appels lents et simultanés", "webhook-signature: v1,")
                .contains("evt_certification_", "Recommencer");
        assertThat(browser.open(shop.path("/integration/certifications")).body())
                .contains(started.uri().getPath());
        assertThat(browser.open(shop.path("/integration")).body())
                .contains("Aucun point de réception n’a passé la certification")
                // A receiver that takes everything handles duplicates, and was reached.
                .contains("4 sur 10");
    }

    @Test
    void each_of_the_nine_samples_can_be_sent() {
        var shop = shopWithEndpoint();
        String page = shop.path("/integration/" + shop.endpoint().id() + "/exemples");
        var samples = browser.open(page);
        assertThat(samples.body().split("name=\"type\"")).hasSize(10);
        assertThat(samples.body()).contains("marie.martin@example.com", "order.disputed");
        var sent = browser.submit(samples, page, Map.of("type", "order.disputed"));
        var shown =
                eventually(
                        () -> browser.open(sent.uri().getPath()),
                        each -> each.headers().firstValue("Refresh").isEmpty());
        assertThat(shown.body()).contains("Exemple order.disputed", "Réussi", "du_1QXyZtH82eZv");
    }

    @Test
    void production_opens_when_the_certification_has_passed() {
        var shop = shopWithEndpoint();
        String live = "/console/" + shop.slug() + "/live/integration/mise-en-service";
        assertThat(browser.open(live).body())
                .contains("Verrouillée", "n’a passé la certification")
                .doesNotContain("name=\"url\"");
        HUB.jdbc()
                .sql(
                        """
                        insert into webhook_certification (
                            partner_id, certification_id, endpoint_id, url, scenario, state, passed, asked_by, created_at, ended_at)
                        values (:partner, 'cert_' || :endpoint, :endpoint, :url, 'certification', 'done', true, 'test', now(), now())
                        """)
                .param("partner", shop.id().value())
                .param("endpoint", shop.endpoint().id())
                .param("url", url)
                .update();
        var open = browser.open(live);
        assertThat(open.body()).contains("name=\"url\"", "value=\"" + url + "\"");
        assertThat(browser.submit(open, live, Map.of("url", "http://10.1.2.3/")).body())
                .contains("prenez un hôte public");
        assertThat(shown(browser.submit(open, live, Map.of("url", url)))).startsWith("whsec_");
        assertThat(browser.open("/console/" + shop.slug() + "/live/integration").body())
                .contains(url, "C’est déjà fait");
    }

    @Test
    void keys_are_made_with_scopes_shown_once_and_revoked() {
        var shop = shop();
        String list = shop.path("/developpeurs/cles");
        var form = browser.open(list + "/nouvelle");
        assertThat(browser.submit(form, list + "/nouvelle", Map.of("description", "x")).body())
                .contains("Cochez au moins un droit");
        String key =
                shown(
                        browser.submit(
                                form,
                                list + "/nouvelle",
                                Map.of(
                                        "description",
                                        "Export comptable",
                                        "scopes",
                                        "invoices:read,orders:read")));
        assertThat(key).startsWith("ca_staging_");
        assertThat(HUB.bean(ApiKeys.class).authenticate(key)).isPresent();
        var keys = browser.open(list);
        assertThat(keys.body())
                .contains("Export comptable", "invoices:read, orders:read")
                .doesNotContain(key);
        var id = Pattern.compile("/cles/(key_[A-Za-z0-9]+)/revoquer").matcher(keys.body());
        assertThat(id.find()).isTrue();
        String revoke = list + "/" + id.group(1) + "/revoquer";
        var sure = browser.open(revoke);
        assertThat(sure.body()).contains("Révoquer la clé « Export comptable »");
        assertThat(browser.submit(sure, revoke, Map.of()).body()).contains("Clé révoquée");
        assertThat(HUB.bean(ApiKeys.class).authenticate(key)).isEmpty();
        assertThat(browser.open(revoke).statusCode()).isEqualTo(404);
    }

    @Test
    void what_is_another_partners_or_of_the_other_environment_is_not_found() {
        var shop = shopWithEndpoint();
        var other = shop();
        var endpoint = shop.endpoint().id();
        var made = act(shop, "/certification").uri().getPath();
        String run = made.substring(made.lastIndexOf('/'));
        for (String page :
                new String[] {
                    "",
                    "/modifier",
                    "/secret",
                    "/rotation",
                    "/anciens-secrets",
                    "/supprimer",
                    "/exemples"
                }) {
            assertThat(browser.open(shop.path("/integration/" + endpoint + page)).statusCode())
                    .as(page)
                    .isEqualTo(200);
            assertThat(browser.open(other.path("/integration/" + endpoint + page)).statusCode())
                    .as(page)
                    .isEqualTo(404);
            assertThat(
                            browser.open(
                                            "/console/"
                                                    + shop.slug()
                                                    + "/live/integration/"
                                                    + endpoint
                                                    + page)
                                    .statusCode())
                    .as(page)
                    .isEqualTo(404);
        }
        assertThat(browser.open(other.path("/integration/certifications" + run)).statusCode())
                .isEqualTo(404);
        var form = browser.open(other.path("/integration/nouveau"));
        for (String act :
                new String[] {
                    "/pause",
                    "/ping",
                    "/verifier",
                    "/activer",
                    "/supprimer",
                    "/certification",
                    "/exemples",
                    "/rotation",
                    "/anciens-secrets",
                    "/secret",
                    "/modifier"
                }) {
            assertThat(
                            browser.submit(
                                            form,
                                            other.path("/integration/" + endpoint + act),
                                            Map.of())
                                    .statusCode())
                    .as(act)
                    .isEqualTo(404);
        }
        for (String page : new String[] {"/integration/nouveau", "/developpeurs/cles"}) {
            assertThat(browser.open("/console/tous/test" + page).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void english_readers_read_english() {
        var shop = shopWithEndpoint();
        var english = new Browser(HUB).speaking("en").signedIn();
        assertThat(english.open(shop.path("/integration")).body())
                .contains("Endpoints", "Checklist", "Start the certification")
                .doesNotContain("Point", "À faire");
    }
}
