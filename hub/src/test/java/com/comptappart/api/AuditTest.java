package com.comptappart.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.partner.ApiKeys;
import com.comptappart.partner.Caller;
import com.comptappart.partner.KeyScopes;
import com.comptappart.partner.Partners;
import com.comptappart.people.AuditLog;
import com.comptappart.testing.HubForTests;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a key does stands in the journal. */
class AuditTest {

    private static final HubForTests HUB = new HubForTests();
    private static PartnerId partner;

    @BeforeAll
    static void start() {
        HUB.start();
        partner = HUB.bean(Partners.class).create("Dupont", "dupont", "d@example.com", null).id();
    }

    @AfterAll
    static void stop() {
        HUB.close();
    }

    @Test
    void each_change_by_a_key_is_written_down_with_the_key_and_what_it_touched() {
        var made = key(partner, Environment.STAGING);
        var caller = HUB.as(made.key());
        String endpoint =
                text(
                        caller.post(
                                "/v1/webhook-endpoints", "{\"url\": \"http://127.0.0.1:1/hooks\"}"),
                        "id");
        String path = "/v1/webhook-endpoints/" + endpoint;
        String secret = text(caller.post(path + "/rotate-secret", "{}"), "secret");
        caller.post(path + "/pause", "{}");
        caller.post(path + "/resume", "{}");
        caller.patch(path, "{\"description\": \"ours\"}");
        String notification = text(caller.post(path + "/ping", "{}"), "id");
        caller.post("/v1/notifications/" + notification + "/replay", "{}");
        caller.post(path + "/recover", "{\"since\": \"2026-01-01T00:00:00Z\"}");
        caller.delete(path);
        String key = text(caller.post("/v1/partners/" + partner + "/api-keys", "{}"), "id");
        caller.delete("/v1/api-keys/" + key);

        assertThat(acts(made.id()))
                .containsExactly(
                        "api-key.revoked " + key,
                        "api-key.created " + key,
                        "endpoint.deleted " + endpoint,
                        "notification.recovered " + endpoint,
                        "notification.replayed " + notification,
                        "endpoint.pinged " + endpoint,
                        "endpoint.updated " + endpoint,
                        "endpoint.resumed " + endpoint,
                        "endpoint.paused " + endpoint,
                        "endpoint.secret-rotated " + endpoint,
                        "endpoint.created " + endpoint);
        assertThat(
                        HUB.jdbc()
                                .sql("select string_agg(audit_entry::text, ' ') from audit_entry")
                                .query(String.class)
                                .single())
                .contains("127.0.0.1", "Java-http-client")
                .doesNotContain(secret, made.key(), "whsec_");
    }

    @Test
    void what_was_refused_or_only_read_is_not_in_the_journal() {
        var made = key(partner, Environment.STAGING);
        var caller = HUB.as(made.key());
        assertThat(caller.post("/v1/webhook-endpoints", "{\"url\": \"ftp://x\"}").statusCode())
                .isEqualTo(400);
        assertThat(caller.delete("/v1/api-keys/key_unknown").statusCode()).isEqualTo(404);
        caller.get("/v1/webhook-endpoints");
        assertThat(acts(made.id())).isEmpty();
    }

    @Test
    void an_operators_change_is_in_the_partners_journal() {
        var other = HUB.bean(Partners.class).create("Other", "other", "o@example.com", null).id();
        var key = key(other, Environment.PRODUCTION);
        HUB.patch("/v1/partners/" + other, "{\"name\": \"Other two\"}");
        HUB.delete("/v1/api-keys/" + key.id());
        var filter = new AuditLog.Filter(other, null, null, null, null, null);
        assertThat(HUB.bean(AuditLog.class).list(filter, new PageRequest(10, null)).data())
                .extracting(each -> each.deed().act() + " " + each.deed().object())
                .containsExactly("api-key.revoked " + key.id(), "partner.updated " + other);
    }

    private static List<String> acts(String keyId) {
        var filter = new AuditLog.Filter(partner, Environment.STAGING, keyId, null, null, null);
        return HUB.bean(AuditLog.class).list(filter, new PageRequest(50, null)).data().stream()
                .map(each -> each.deed().act() + " " + each.deed().object())
                .toList();
    }

    private static ApiKeys.Created key(PartnerId whose, Environment environment) {
        return HUB.bean(ApiKeys.class)
                .create(
                        new Caller.Operator("key_of_operator"),
                        new ApiKeys.Wanted(whose, environment, KeyScopes.ALL, ""));
    }

    private static String text(HttpResponse<String> answer, String field) {
        var json = JsonForTests.json(answer, answer.statusCode());
        assertThat(json.path(field).asString("")).as(answer.body()).isNotEmpty();
        return json.path(field).asString("");
    }
}
