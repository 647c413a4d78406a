package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;
import static com.comptappart.api.JsonForTests.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookEndpointsApiTest {

    private static HubForTests hub;
    private static PartnerReceiver receiver;
    private static String partner;
    private static HubForTests staging;

    @BeforeAll
    static void start() throws IOException {
        hub = new HubForTests().start();
        receiver = new PartnerReceiver();
        partner = PartnersApiTest.partner(hub, "endpoints");
        staging = hub.as(PartnersApiTest.key(hub, partner, "staging"));
    }

    @AfterAll
    static void stop() {
        hub.close();
        receiver.close();
    }

    private static String made(HubForTests as, String more) {
        return json(
                        as.post(
                                "/v1/webhook-endpoints",
                                "{\"url\": \"" + receiver.url("/hook") + "\"" + more + "}"),
                        201)
                .path("id")
                .asString();
    }

    @Test
    void an_endpoint_is_made_read_changed_and_removed_and_its_secrets_shown_once() {
        String apiKey = "k".repeat(32);
        var made =
                json(
                        staging.post(
                                "/v1/webhook-endpoints",
                                """
                                {"url": "%s", "api_key": "%s", "description": "Notre CRM", "timeout_seconds": 7}
                                """
                                        .formatted(receiver.url("/hook"), apiKey)),
                        201);
        assertThat(made.path("secret").asString()).startsWith("whsec_");
        assertThat(made.path("has_api_key").asBoolean()).isTrue();
        assertThat(made.path("environment").asString()).isEqualTo("staging");
        assertThat(made.path("partner").asString()).isEqualTo(partner);
        assertThat(made.path("timeout_seconds").asInt()).isEqualTo(7);
        assertThat(made.path("circuit").asString()).isEqualTo("closed");
        assertThat(made.path("next_probe_at").isNull()).isTrue();
        assertThat(made.path("event_types").toString()).contains("order.created", "order.renewed");
        String path = "/v1/webhook-endpoints/" + made.path("id").asString();
        var read = staging.get(path);
        assertThat(json(read, 200).has("secret")).isFalse();
        assertThat(read.body()).doesNotContain(apiKey);
        assertThat(
                        json(staging.patch(path, "{\"description\": \"CRM\"}"), 200)
                                .path("description")
                                .asString())
                .isEqualTo("CRM");
        assertThat(json(staging.get(path), 200).path("has_api_key").asBoolean()).isTrue();
        assertThat(problem(staging.patch(path, "{\"api_key\": 12}"), 400))
                .isEqualTo("api_key_invalid");
        assertThat(
                        json(staging.patch(path, "{\"api_key\": null}"), 200)
                                .path("has_api_key")
                                .asBoolean())
                .isFalse();
        assertThat(staging.delete(path).statusCode()).isEqualTo(204);
        assertThat(problem(staging.get(path), 404)).isEqualTo("webhook_endpoint_not_found");
    }

    @Test
    void an_operator_names_partner_and_environment() {
        String id = made(hub, ", \"partner\": \"endpoints\", \"environment\": \"production\"");
        assertThat(json(hub.get("/v1/webhook-endpoints/" + id), 200).path("partner").asString())
                .isEqualTo(partner);
        assertThat(problem(staging.get("/v1/webhook-endpoints/" + id), 404))
                .isEqualTo("webhook_endpoint_not_found");
        var missing =
                json(hub.post("/v1/webhook-endpoints", "{\"url\": \"https://a.example\"}"), 400);
        assertThat(missing.path("code").asString()).isEqualTo("field_missing");
        assertThat(missing.path("detail").asString()).contains("partner", "environment");
    }

    @Test
    void a_partner_names_nothing_that_is_not_its_own() {
        PartnersApiTest.partner(hub, "neighbour");
        String start = "{\"url\": \"https://a.example\", ";
        assertThat(
                        problem(
                                staging.post(
                                        "/v1/webhook-endpoints",
                                        start + "\"environment\": \"production\"}"),
                                400))
                .isEqualTo("environment_not_yours");
        for (String other : new String[] {"neighbour", "nobody", "part_x"}) {
            assertThat(
                            problem(
                                    staging.post(
                                            "/v1/webhook-endpoints",
                                            start + "\"partner\": \"" + other + "\"}"),
                                    400))
                    .isEqualTo("partner_not_yours");
        }
        made(staging, ", \"partner\": \"endpoints\", \"environment\": \"staging\"");
    }

    @Test
    void a_ping_arrives_and_its_notification_tells_so() {
        String id = made(staging, "");
        var owed = json(staging.post("/v1/webhook-endpoints/" + id + "/ping", ""), 202);
        assertThat(owed.path("event_type").asString()).isEqualTo("ping");
        var delivered =
                HubForTests.eventually(
                        () ->
                                json(
                                        staging.get(
                                                "/v1/notifications/" + owed.path("id").asString()),
                                        200),
                        each -> each.path("status").asString().equals("delivered"));
        assertThat(delivered.path("attempts").size()).isEqualTo(1);
        assertThat(delivered.path("state").asString()).isEqualTo("delivered");
        for (String status : new String[] {"pending", "in_flight", "retrying", "held"}) {
            json(staging.get("/v1/notifications?status=" + status), 200);
        }
        assertThat(problem(staging.get("/v1/notifications?status=sent"), 400))
                .isEqualTo("status_unknown");
    }

    @Test
    void a_rate_limit_is_set_shown_changed_and_taken_away() {
        String path = "/v1/webhook-endpoints/" + made(staging, ", \"rate_limit_per_second\": 5");
        assertThat(json(staging.get(path), 200).path("rate_limit_per_second").asInt()).isEqualTo(5);
        var changed = json(staging.patch(path, "{\"rate_limit_per_second\": 1000}"), 200);
        assertThat(changed.path("rate_limit_per_second").asInt()).isEqualTo(1_000);
        var same = json(staging.patch(path, "{\"description\": \"CRM\"}"), 200);
        assertThat(same.path("rate_limit_per_second").asInt()).isEqualTo(1_000);
        for (String bad : new String[] {"0", "1001", "-1", "1.5", "\"5\"", "true", "[]"}) {
            problem(staging.patch(path, "{\"rate_limit_per_second\": " + bad + "}"), 400);
        }
        for (String bad : new String[] {"0", "1001"}) {
            String wanted =
                    "{\"url\": \""
                            + receiver.url("/hook")
                            + "\", \"rate_limit_per_second\": "
                            + bad
                            + "}";
            assertThat(problem(staging.post("/v1/webhook-endpoints", wanted), 400))
                    .isEqualTo("rate_limit_per_second_invalid");
        }
        var none = json(staging.patch(path, "{\"rate_limit_per_second\": null}"), 200);
        assertThat(none.path("rate_limit_per_second").isNull()).isTrue();
    }

    @Test
    void an_endpoint_is_paused_and_resumed() {
        String path = "/v1/webhook-endpoints/" + made(staging, "");
        for (int i = 0; i < 2; i++) {
            var paused = json(staging.post(path + "/pause", ""), 200);
            assertThat(paused.path("status").asString()).isEqualTo("paused");
            assertThat(paused.path("enabled").asBoolean()).isFalse();
        }
        assertThat(problem(staging.post(path + "/ping", ""), 409)).isEqualTo("endpoint_paused");
        for (int i = 0; i < 2; i++) {
            var resumed = json(staging.post(path + "/resume", ""), 200);
            assertThat(resumed.path("status").asString()).isEqualTo("enabled");
        }
        hub.jdbc()
                .sql("update webhook_endpoint set state = 'disabled' where endpoint_id = :id")
                .param("id", path.substring(path.lastIndexOf('/') + 1))
                .update();
        for (String command : new String[] {"/pause", "/resume"}) {
            assertThat(problem(staging.post(path + command, ""), 409))
                    .isEqualTo("endpoint_disabled");
        }
    }

    @Test
    void a_rotated_secret_is_new_and_the_old_one_signs_for_the_overlap() {
        String id = made(staging, "");
        String path = "/v1/webhook-endpoints/" + id + "/rotate-secret";
        var first = json(staging.post(path, "{\"overlap_hours\": 48}"), 200);
        assertThat(first.path("secret").asString()).startsWith("whsec_");
        assertThat(first.path("old_secret_until").asString("")).isNotEmpty();
        var second = json(staging.post(path, ""), 200);
        assertThat(second.path("secret")).isNotEqualTo(first.path("secret"));
        for (String bad : new String[] {"-1", "721", "99999999999", "1.5", "\"24\""}) {
            problem(staging.post(path, "{\"overlap_hours\": " + bad + "}"), 400);
        }
    }

    @Test
    void an_old_secret_is_revoked_at_once() {
        String path = "/v1/webhook-endpoints/" + made(staging, "");
        json(staging.post(path + "/rotate-secret", "{\"overlap_hours\": 48}"), 200);
        var revoked = json(staging.post(path + "/revoke-old-secret", ""), 200);
        assertThat(revoked.path("old_secret_until").isNull()).isTrue();
        assertThat(revoked.has("secret")).isFalse();
        json(staging.post(path + "/revoke-old-secret", ""), 200);
    }

    @Test
    void a_public_key_is_in_the_endpoint_and_at_a_url_that_needs_no_api_key() {
        String path =
                "/v1/webhook-endpoints/"
                        + made(staging, ", \"signature_schemes\": [\"v1\", \"v1a\"]");
        String key = json(staging.get(path), 200).path("public_key").asString();
        assertThat(key).startsWith("whpk_");
        var open = json(hub.as("nobody").get(path + "/public-key"), 200);
        assertThat(open.path("public_key").asString()).isEqualTo(key);
        assertThat(open.path("algorithm").asString()).isEqualTo("ed25519");
        var off = json(staging.patch(path, "{\"signature_schemes\": [\"v1\"]}"), 200);
        assertThat(off.path("public_key").isNull()).isTrue();
        assertThat(off.path("signature_schemes").size()).isEqualTo(1);
        assertThat(problem(hub.as("nobody").get(path + "/public-key"), 404))
                .isEqualTo("public_key_not_found");
        assertThat(problem(hub.as("nobody").post(path + "/public-key", ""), 401))
                .isEqualTo("api_key_unknown");
    }

    @Test
    void recover_counts_what_goes_again_and_enable_answers_the_endpoint() {
        String id = made(staging, "");
        String path = "/v1/webhook-endpoints/" + id;
        var recovered =
                json(staging.post(path + "/recover", "{\"since\": \"2026-01-01T00:00:00Z\"}"), 202);
        assertThat(recovered.path("count").asInt()).isZero();
        assertThat(recovered.path("recovery").path("id").asString()).startsWith("rec_");
        for (String wrong :
                List.of(
                        "\"statuses\": []",
                        "\"statuses\": [\"lost\"]",
                        "\"statuses\": [null]",
                        "\"per_second\": 0",
                        "\"per_second\": 1001",
                        "\"until\": \"2025-12-31T00:00:00Z\"")) {
            assertThat(
                            problem(
                                    staging.post(
                                            path + "/recover",
                                            "{\"since\": \"2026-01-01T00:00:00Z\", " + wrong + "}"),
                                    400))
                    .endsWith("_invalid");
        }
        assertThat(problem(staging.post(path + "/recover", "{\"since\": \"now\"}"), 400))
                .isEqualTo("time_invalid");
        assertThat(problem(staging.post(path + "/recover", "{}"), 400)).isEqualTo("field_missing");
        assertThat(json(staging.post(path + "/enable", ""), 200).path("enabled").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {}
                    {"url": null}
                    {"url": "ftp://a.example/"}
                    {"url": "http://a.example/"}
                    {"url": "https://10.0.0.1/"}
                    {"url": "https://[::ffff:10.0.0.1]/"}
                    {"url": "https://a.example:22/"}
                    {"url": "https://"}
                    {"url": "not a url"}
                    {"url": "https://a.example/\\u0000"}
                    {"url": "https://user:secret@a.example/"}
                    {"url": "https://a.example/", "api_key": "short"}
                    {"url": "https://a.example/", "api_key": "line\\r\\nX-Injected: yes, and long enough to be a key"}
                    {"url": "https://a.example/", "event_types": ["order.exploded"]}
                    {"url": "https://a.example/", "event_types": [null]}
                    {"url": "https://a.example/", "event_types": "order.created"}
                    {"url": "https://a.example/", "event_types": []}
                    {"url": "https://a.example/", "signature_schemes": []}
                    {"url": "https://a.example/", "signature_schemes": ["v1a"]}
                    {"url": "https://a.example/", "signature_schemes": ["v1", null]}
                    {"url": "https://a.example/", "signature_schemes": ["v1", "md5"]}
                    {"url": "https://a.example/", "signature_schemes": "v1a"}
                    {"url": "https://a.example/", "timeout_seconds": 0}
                    {"url": "https://a.example/", "timeout_seconds": 31}
                    {"url": "https://a.example/", "timeout_seconds": 2147483648}
                    {"url": "https://a.example/", "timeout_seconds": 1e99}
                    {"url": "https://a.example/", "timeout_seconds": "10"}
                    """)
    void a_bad_endpoint_is_400(String body) {
        problem(staging.post("/v1/webhook-endpoints", body), 400);
    }
}
