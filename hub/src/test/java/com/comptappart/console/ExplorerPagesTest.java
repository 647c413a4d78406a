package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.partner.ApiKeys;
import com.comptappart.partner.Caller;
import com.comptappart.partner.KeyScopes;
import com.comptappart.partner.Partners;
import com.comptappart.testing.HubForTests;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.json.JsonMapper;

class ExplorerPagesTest {

    private static final HubForTests HUB = new HubForTests().withProduction();
    private static final String LIST = "/console/shop/test/developpeurs/explorateur";
    private static Browser browser;
    private static PartnerId shop;
    private static PartnerId other;

    @BeforeAll
    static void start() {
        HUB.start();
        browser = new Browser(HUB).signedIn();
        shop = partner("shop");
        other = partner("other");
    }

    @AfterAll
    static void stop() {
        HUB.close();
    }

    private static PartnerId partner(String slug) {
        return HUB.bean(Partners.class).create(slug, slug, slug + "@example.com", null).id();
    }

    private static String key(PartnerId partner, Environment environment, String... scopes) {
        return HUB.bean(ApiKeys.class)
                .create(
                        new Caller.Operator("key_test"),
                        new ApiKeys.Wanted(
                                partner,
                                environment,
                                scopes.length == 0 ? KeyScopes.ALL : KeyScopes.of(List.of(scopes)),
                                ""))
                .key();
    }

    private static HttpResponse<String> run(String operation, Map<String, String> fields) {
        var form = new HashMap<>(fields);
        return browser.submit(browser.open(LIST), LIST + "/" + operation, form);
    }

    private static String text(HttpResponse<String> page) {
        assertThat(page.body()).doesNotContain("_fr??");
        return HtmlUtils.htmlUnescape(page.body());
    }

    @Test
    void every_call_of_the_running_description_that_a_partner_may_make_is_listed() {
        String page = text(browser.open(LIST));
        var paths =
                JsonMapper.builder()
                        .build()
                        .readTree(HUB.get("/v1/openapi.json").body())
                        .path("paths");
        assertThat(paths).isNotEmpty();
        paths.properties()
                .forEach(path ->
                        path.getValue()
                                .forEach(call -> {
                                    String link =
                                            "/explorateur/"
                                                    + call.path("operationId").asString("")
                                                    + "\"";
                                    boolean operators =
                                            call.path("security")
                                                    .toString()
                                                    .contains("\"operator\"");
                                    assertThat(page.contains(link))
                                            .as(link)
                                            .isNotEqualTo(operators);
                                }));
        assertThat(browser.open(LIST + "/createPartner").statusCode()).isEqualTo(404);
    }

    @Test
    void a_call_is_made_with_the_rights_of_the_key_and_shown_as_curl() {
        String key = key(shop, Environment.STAGING, "orders:read");
        var page = run("listOrders", Map.of("key", key, "query.limit", "7"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(text(page))
                .contains("HTTP 200", "\"data\" : [ ]", "content-type: application/json")
                .contains("/v1/orders?limit=7'", "Authorization: Bearer $COMPTAPPART_KEY")
                .containsPattern("[0-9]+ ms")
                .contains("name=\"query.after\"")
                .doesNotContain("name=\"query.partner\"", "name=\"query.environment\"");
        assertThat(text(run("listInvoices", Map.of("key", key))))
                .contains("HTTP 403", "scope_missing");
    }

    @Test
    void what_a_body_makes_is_made_in_the_test_environment_alone() {
        String key = key(shop, Environment.STAGING);
        var page =
                run(
                        "createWebhookEndpoint",
                        Map.of("key", key, "body", "{\"url\":\"http://127.0.0.1:9/hooks\"}"));
        assertThat(text(page)).contains("HTTP 201", "\"environment\" : \"staging\"");
        assertThat(text(page)).contains("--data-binary '{\"url\":\"http://127.0.0.1:9/hooks\"}'");
    }

    @Test
    void the_key_is_neither_shown_again_nor_written_into_the_journal() {
        String key = key(shop, Environment.STAGING);
        assertThat(run("listNotifications", Map.of("key", key)).body()).doesNotContain(key);
        assertThat(run("getOrder", Map.of("key", key)).body())
                .contains("À remplir")
                .doesNotContain(key);
        assertThat(text(browser.open("/console/shop/test/reglages/journal?quoi=api")))
                .contains("Appel d’API essayé en test", "listNotifications")
                .doesNotContain(key);
        assertThat(
                        HUB.jdbc()
                                .sql(
                                        "select count(*) from audit_entry where audit_entry::text like :key")
                                .param("key", "%" + key + "%")
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void a_key_of_production_an_operators_or_anothers_is_refused_before_anything_is_sent() {
        String live = key(shop, Environment.PRODUCTION);
        String anothers = key(other, Environment.STAGING);
        var refused =
                Map.of(
                        "",
                        "Collez une clé de test",
                        live,
                        "C’est une clé de production",
                        HubForTests.OPERATOR_KEY,
                        "C’est une clé d’opérateur",
                        anothers,
                        "n’est pas une clé de test de ce partenaire",
                        "ca_staging_nosuchkey",
                        "inconnue ou révoquée");
        refused.forEach((key, why) -> {
            var page = run("listOrders", Map.of("key", key));
            assertThat(page.statusCode()).isEqualTo(400);
            assertThat(text(page)).contains(why).doesNotContain("HTTP 200");
        });
        assertThat(browser.open("/console/shop/live/developpeurs/explorateur").statusCode())
                .isEqualTo(404);
    }

    @Test
    void what_a_path_names_leads_nowhere_but_to_its_call() {
        String key = key(shop, Environment.STAGING);
        for (String id : List.of("..", "../../console", "x?y=1", "//127.0.0.1:9/", "a b")) {
            assertThat(text(run("getOrder", Map.of("key", key, "path.order_id", id))))
                    .as(id)
                    .containsPattern("HTTP 40[04]");
        }
    }

    @Test
    void a_form_without_its_token_is_refused() {
        assertThat(browser.post(LIST + "/listOrders", Map.of("key", "ca_staging_x")).statusCode())
                .isEqualTo(403);
    }
}
