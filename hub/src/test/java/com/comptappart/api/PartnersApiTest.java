package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;
import static com.comptappart.api.JsonForTests.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PartnersApiTest {

    private static HubForTests hub;

    @BeforeAll
    static void start() {
        hub = new HubForTests().start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    static String partner(HubForTests hub, String slug) {
        return json(
                        hub.post(
                                "/v1/partners",
                                """
                                {"name": "Déclarons", "slug": "%s", "contact_email": "tech@partner.example"}
                                """
                                        .formatted(slug)),
                        201)
                .path("id")
                .asString();
    }

    static String key(HubForTests hub, String partner, String environment) {
        return json(
                        hub.post(
                                "/v1/partners/" + partner + "/api-keys",
                                "{\"environment\": \"%s\"}".formatted(environment)),
                        201)
                .path("key")
                .asString();
    }

    @Test
    void a_partner_is_added_read_changed_and_listed() {
        String id = partner(hub, "declarons");
        assertThat(id).startsWith("part_");
        var read = json(hub.get("/v1/partners/" + id), 200);
        assertThat(read.path("name").asString()).isEqualTo("Déclarons");
        assertThat(read.path("locale").asString()).isEqualTo("fr");
        assertThat(read.path("created_at").asString()).endsWith("Z");
        assertThat(json(hub.get("/v1/partners/declarons"), 200)).isEqualTo(read);
        var changed =
                json(hub.patch("/v1/partners/" + id, "{\"locale\": \"en\", \"name\": null}"), 200);
        assertThat(changed.path("locale").asString()).isEqualTo("en");
        assertThat(changed.path("name").asString()).isEqualTo("Déclarons");
        assertThat(problem(hub.get("/v1/partners/part_none"), 404)).isEqualTo("partner_not_found");
    }

    @Test
    void a_slug_belongs_to_one_partner() {
        partner(hub, "taken");
        var again =
                hub.post(
                        "/v1/partners",
                        """
                        {"name": "B", "slug": "taken", "contact_email": "b@partner.example"}
                        """);
        assertThat(problem(again, 409)).isEqualTo("slug_taken");
    }

    @Test
    void pages_show_every_partner_once_and_oldest_first() {
        var made = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            made.add(partner(hub, "page-" + i));
        }
        var seen = new ArrayList<String>();
        String after = "";
        do {
            var page = json(hub.get("/v1/partners?limit=2&after=" + after), 200);
            assertThat(page.path("data").size()).isBetween(1, 2);
            page.path("data").forEach(each -> seen.add(each.path("id").asString()));
            after = page.path("next_cursor").asString("");
        } while (!after.isEmpty());
        assertThat(seen).doesNotHaveDuplicates().containsSubsequence(made);
    }

    @Test
    void a_key_is_shown_once_and_opens_its_partner_and_environment_only() {
        String a = partner(hub, "key-a");
        String b = partner(hub, "key-b");
        String key = key(hub, a, "staging");
        key(hub, a, "production");
        assertThat(key).startsWith("ca_staging_");
        var asA = hub.as(key);
        var listed = json(asA.get("/v1/partners/" + a + "/api-keys"), 200).path("data");
        assertThat(listed.size()).isEqualTo(1);
        assertThat(listed.get(0).path("environment").asString()).isEqualTo("staging");
        assertThat(listed.get(0).path("last_used_at").asString("")).isNotEmpty();
        assertThat(listed.toString()).doesNotContain(key);
        assertThat(json(hub.get("/v1/partners/" + a + "/api-keys"), 200).path("data").size())
                .isEqualTo(2);
        assertThat(problem(asA.get("/v1/partners/" + b + "/api-keys"), 404))
                .isEqualTo("partner_not_found");
        assertThat(problem(asA.post("/v1/partners/" + b + "/api-keys", "{}"), 404))
                .isEqualTo("partner_not_found");
        var other = asA.post("/v1/partners/" + a + "/api-keys", "{\"environment\":\"production\"}");
        assertThat(problem(other, 400)).isEqualTo("environment_not_yours");
        assertThat(
                        json(asA.post("/v1/partners/" + a + "/api-keys", "{}"), 201)
                                .path("key")
                                .asString())
                .startsWith("ca_staging_");
    }

    @Test
    void a_revoked_key_is_dead_at_once() {
        String a = partner(hub, "revoked");
        var made =
                json(
                        hub.post(
                                "/v1/partners/" + a + "/api-keys", "{\"environment\":\"staging\"}"),
                        201);
        var asA = hub.as(made.path("key").asString());
        String path = "/v1/partners/" + a + "/api-keys";
        json(asA.get(path), 200);
        assertThat(hub.delete("/v1/api-keys/" + made.path("id").asString()).statusCode())
                .isEqualTo(204);
        assertThat(problem(asA.get(path), 401)).isEqualTo("api_key_unknown");
        assertThat(problem(hub.delete("/v1/api-keys/" + made.path("id").asString()), 404))
                .isEqualTo("api_key_not_found");
    }

    @Test
    void a_partner_revokes_no_key_but_its_own_of_its_environment() {
        String a = partner(hub, "revoker-a");
        String b = partner(hub, "revoker-b");
        var asA = hub.as(key(hub, a, "staging"));
        for (String[] target : new String[][] {{b, "staging"}, {a, "production"}}) {
            var other =
                    json(
                            hub.post(
                                    "/v1/partners/" + target[0] + "/api-keys",
                                    "{\"environment\":\"" + target[1] + "\"}"),
                            201);
            assertThat(problem(asA.delete("/v1/api-keys/" + other.path("id").asString()), 404))
                    .isEqualTo("api_key_not_found");
        }
    }

    @Test
    void operators_calls_are_closed_to_partners_before_their_bodies_are_read() {
        String a = partner(hub, "closed");
        var asA = hub.as(key(hub, a, "production"));
        assertThat(problem(asA.get("/v1/partners"), 403)).isEqualTo("operator_only");
        assertThat(problem(asA.get("/v1/partners/" + a), 403)).isEqualTo("operator_only");
        assertThat(problem(asA.post("/v1/partners", "not json"), 403)).isEqualTo("operator_only");
        assertThat(problem(asA.patch("/v1/partners/" + a, "{}"), 403)).isEqualTo("operator_only");
    }
}
