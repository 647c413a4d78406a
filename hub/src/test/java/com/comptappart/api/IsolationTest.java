package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;
import static com.comptappart.api.JsonForTests.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** I17: one partner never reads or writes another's, nor staging production's. */
class IsolationTest {

    private static HubForTests hub;
    private static PartnerReceiver receiver;
    private static SalesForTests owner;
    private static JsonNode sale;
    private static String recovery;
    private static HubForTests stranger;
    private static HubForTests ownersOtherEnvironment;

    @BeforeAll
    static void sell() throws IOException {
        hub = new HubForTests().withProduction().start();
        receiver = new PartnerReceiver();
        owner = SalesForTests.of(hub, "owner", receiver);
        sale = owner.sale("owned");
        recovery =
                json(
                                owner.staging()
                                        .post(
                                                "/v1/webhook-endpoints/"
                                                        + owner.endpoint()
                                                        + "/recover",
                                                "{\"since\": \"2020-01-01T00:00:00Z\"}"),
                                202)
                        .path("recovery")
                        .path("id")
                        .asString();
        var other = SalesForTests.of(hub, "stranger", receiver);
        other.sale("strange");
        stranger = other.staging();
        ownersOtherEnvironment = owner.production();
    }

    @AfterAll
    static void stop() {
        hub.close();
        receiver.close();
    }

    /** Every call of the API that names a thing of the owner. */
    private static Map<String, Function<HubForTests, HttpResponse<String>>> calls() {
        String order = "/v1/orders/" + sale.path("id").asString();
        String invoice = "/v1/invoices/" + sale.path("invoice").path("number").asString();
        String notification =
                "/v1/notifications/" + sale.path("notifications").path(0).path("id").asString();
        String endpoint = "/v1/webhook-endpoints/" + owner.endpoint();
        var calls = new LinkedHashMap<String, Function<HubForTests, HttpResponse<String>>>();
        for (String path :
                new String[] {
                    order, invoice, invoice + "/pdf", invoice + "/xml", notification, endpoint
                }) {
            calls.put("GET " + path, as -> as.get(path));
        }
        for (String path :
                new String[] {
                    invoice + "/resend-email",
                    notification + "/replay",
                    endpoint + "/ping",
                    endpoint + "/rotate-secret",
                    endpoint + "/revoke-old-secret",
                    endpoint + "/enable"
                }) {
            calls.put("POST " + path, as -> as.post(path, ""));
        }
        calls.put(
                "recover",
                as -> as.post(endpoint + "/recover", "{\"since\": \"2020-01-01T00:00:00Z\"}"));
        calls.put("GET recovery", as -> as.get("/v1/recoveries/" + recovery));
        calls.put("stop", as -> as.post("/v1/recoveries/" + recovery + "/stop", ""));
        calls.put("PATCH", as -> as.patch(endpoint, "{\"url\": \"https://evil.example/\"}"));
        calls.put("DELETE", as -> as.delete(endpoint));
        return calls;
    }

    @Test
    void somebody_elses_things_are_not_there() {
        int callsBefore = receiver.calls().size();
        for (var each : calls().entrySet()) {
            for (var as : new HubForTests[] {stranger, ownersOtherEnvironment}) {
                String code = problem(each.getValue().apply(as), 404);
                assertThat(code).as(each.getKey()).endsWith("_not_found");
            }
        }
        var endpoint = json(owner.staging().get("/v1/webhook-endpoints/" + owner.endpoint()), 200);
        assertThat(endpoint.path("url").asString()).isEqualTo(receiver.url("/owner"));
        assertThat(endpoint.path("old_secret_until").isNull()).isTrue();
        assertThat(SalesForTests.byEvent(owner.staging(), "owned").path("emails").size())
                .isEqualTo(1);
        assertThat(receiver.calls()).hasSize(callsBefore);
    }

    @Test
    void what_is_not_yours_and_what_is_not_there_look_the_same() {
        var theirs = json(stranger.get("/v1/orders/" + sale.path("id").asString()), 404);
        var nobodys = json(stranger.get("/v1/orders/999999"), 404);
        assertThat(theirs.path("code")).isEqualTo(nobodys.path("code"));
        assertThat(theirs.path("title")).isEqualTo(nobodys.path("title"));
    }

    @Test
    void lists_and_searches_show_nothing_of_others() {
        String id = sale.path("id").asString();
        String number = sale.path("invoice").path("number").asString();
        for (String path :
                new String[] {
                    "/v1/orders?limit=100",
                    "/v1/orders?event_id=evt_owned",
                    "/v1/orders?email=buyer%2Bowned@example.com",
                    "/v1/orders?invoice_number=" + number,
                    "/v1/invoices?limit=100",
                    "/v1/invoices?order_id=" + id,
                    "/v1/notifications?limit=100",
                    "/v1/notifications?order_id=" + id,
                    "/v1/events?limit=100",
                    "/v1/recoveries?limit=100",
                    "/v1/webhook-endpoints?limit=100"
                }) {
            for (var as : new HubForTests[] {stranger, ownersOtherEnvironment}) {
                var answer = as.get(path);
                json(answer, 200);
                assertThat(answer.body())
                        .as(path)
                        .doesNotContain(owner.endpoint())
                        .doesNotContain("evt_owned")
                        .doesNotContain(number + "\"");
            }
            assertThat(owner.staging().get(path).body()).as(path).contains(owner.id());
        }
    }

    @Test
    void a_cursor_of_anothers_list_opens_nothing() {
        hub.get("/v1/orders?limit=1");
        String cursor = json(hub.get("/v1/orders?limit=1"), 200).path("next_cursor").asString("1");
        var page = stranger.get("/v1/orders?limit=100&after=" + cursor);
        assertThat(page.body()).doesNotContain("evt_owned");
        String invoice = "staging/" + sale.path("invoice").path("number").asString();
        var invoices = stranger.get("/v1/invoices?after=" + invoice);
        assertThat(invoices.body()).doesNotContain("evt_owned").doesNotContain(owner.id());
    }

    @Test
    void production_and_staging_never_mix() {
        owner.pay("live", true);
        var live =
                HubForTests.eventually(
                        () -> SalesForTests.byEvent(ownersOtherEnvironment, "live"),
                        order -> order.path("invoice").isObject());
        assertThat(live.path("environment").asString()).isEqualTo("production");
        assertThat(problem(owner.staging().get("/v1/orders/" + live.path("id").asString()), 404))
                .isEqualTo("order_not_found");
        assertThat(owner.staging().get("/v1/orders?limit=100").body()).doesNotContain("evt_live");
        assertThat(hub.get("/v1/orders?environment=production").body())
                .contains("evt_live")
                .doesNotContain("evt_owned");
    }

    @Test
    void an_operator_sees_all() {
        for (var each : calls().entrySet()) {
            if (each.getKey().startsWith("GET")) {
                assertThat(each.getValue().apply(hub).statusCode())
                        .as(each.getKey())
                        .isBetween(200, 409);
            }
        }
        assertThat(hub.get("/v1/orders?partner=owner").body())
                .contains("evt_owned")
                .doesNotContain("evt_strange");
    }
}
