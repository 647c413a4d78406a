package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;
import static com.comptappart.api.JsonForTests.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.partner.KeyScope;
import com.comptappart.testing.HubForTests;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** What a key with scopes may do, and what it may hand on. */
class KeyScopesTest {

    private static HubForTests hub;
    private static String partner;
    private static String keys;

    @BeforeAll
    static void start() {
        hub = new HubForTests().start();
        partner = PartnersApiTest.partner(hub, "scoped");
        keys = "/v1/partners/" + partner + "/api-keys";
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    /** A call of the document and the word that it says it needs. */
    private record Call(String method, String path, String needs) {

        HttpResponse<String> as(String key) {
            return HubForTests.send(
                    HttpRequest.newBuilder(URI.create(hub.url(path.replaceAll("\\{\\w+}", "none"))))
                            .header("Authorization", "Bearer " + key)
                            .method(method, BodyPublishers.noBody()));
        }
    }

    private static List<Call> calls() {
        var calls = new ArrayList<Call>();
        var paths = json(hub.get("/v1/openapi.json"), 200).path("paths");
        paths.properties()
                .forEach(path ->
                        path.getValue().properties().stream()
                                .filter(each -> !isOpen(each.getValue()))
                                .forEach(each -> calls.add(call(path.getKey(), each))));
        return calls;
    }

    private static Call call(String path, java.util.Map.Entry<String, JsonNode> operation) {
        var needed = operation.getValue().path("security").path(0).path("api_key");
        assertThat(needed.size()).as(path).isEqualTo(1);
        return new Call(
                operation.getKey().toUpperCase(Locale.ROOT), path, needed.path(0).asString());
    }

    private static boolean isOpen(JsonNode operation) {
        return operation.has("security") && operation.path("security").isEmpty();
    }

    @Test
    void every_call_is_closed_to_a_key_with_all_scopes_but_the_one_it_needs() {
        for (Call call : calls()) {
            var others =
                    Arrays.stream(KeyScope.values())
                            .map(KeyScope::code)
                            .filter(code -> !code.equals(call.needs()))
                            .filter(code -> !code.equals(call.needs().replace("read", "write")))
                            .toArray(String[]::new);
            var refused = json(call.as(key(others)), 403);
            if (call.needs().equals("operator")) {
                assertThat(refused.path("code").asString()).isEqualTo("operator_only");
                continue;
            }
            assertThat(refused.path("code").asString())
                    .as(call.toString())
                    .isEqualTo("scope_missing");
            assertThat(refused.path("detail").asString())
                    .contains("needs " + call.needs())
                    .contains("this key has " + String.join(", ", others));
        }
    }

    @Test
    void every_call_is_open_to_a_key_that_has_only_what_it_needs() {
        var needed = new TreeSet<String>();
        for (Call call : calls()) {
            if (!call.needs().equals("operator")) {
                needed.add(call.needs());
                assertThat(call.as(key(call.needs())).statusCode())
                        .as(call.toString())
                        .isNotIn(401, 403);
            }
        }
        assertThat(needed)
                .as("no scope is for nothing")
                .isEqualTo(
                        Stream.of(KeyScope.values())
                                .map(KeyScope::code)
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void who_may_write_may_read_the_same_and_nothing_else() {
        var writer = hub.as(key("invoices:write"));
        json(writer.get("/v1/invoices"), 200);
        assertThat(problem(writer.get("/v1/orders"), 403)).isEqualTo("scope_missing");
        var reader = hub.as(key("invoices:read"));
        json(reader.get("/v1/invoices"), 200);
        assertThat(problem(reader.post("/v1/invoices/X/resend-email", ""), 403))
                .isEqualTo("scope_missing");
    }

    @Test
    void scopes_and_description_are_shown_wherever_the_key_is() {
        String those = "/v1/partners/" + PartnersApiTest.partner(hub, "shown") + "/api-keys";
        var made =
                json(
                        hub.post(
                                those,
                                """
                                {"environment": "production", "scopes": ["orders:read", "invoices:read", "orders:read"],
                                 "description": " Comptabilité "}
                                """),
                        201);
        assertThat(made.path("scopes").toString()).isEqualTo("[\"invoices:read\",\"orders:read\"]");
        assertThat(made.path("description").asString()).isEqualTo("Comptabilité");
        var listed = json(hub.get(those), 200).path("data").path(0);
        assertThat(listed.path("scopes")).isEqualTo(made.path("scopes"));
        assertThat(listed.path("description")).isEqualTo(made.path("description"));
        var whole = json(hub.post(those, "{\"environment\": \"staging\"}"), 201);
        assertThat(whole.path("scopes").isNull()).isTrue();
        assertThat(whole.path("description").asString()).isEmpty();
    }

    @Test
    void a_scope_that_there_is_not_is_refused_with_those_that_there_are() {
        for (String wrong :
                List.of("\"orders:write\"", "\"\"", "\"*\"", "null", "\"ORDERS:READ\"")) {
            var refused =
                    json(
                            hub.post(
                                    keys,
                                    "{\"environment\": \"staging\", \"scopes\": [\"orders:read\", "
                                            + wrong
                                            + "]}"),
                            400);
            assertThat(refused.path("code").asString()).isEqualTo("scope_unknown");
            for (var scope : KeyScope.values()) {
                assertThat(refused.path("detail").asString()).contains(scope.code());
            }
        }
        var none = hub.post(keys, "{\"environment\": \"staging\", \"scopes\": []}");
        assertThat(problem(none, 400)).isEqualTo("scopes_invalid");
        var long_ =
                hub.post(
                        keys,
                        "{\"environment\": \"staging\", \"description\": \"%s\"}"
                                .formatted("é".repeat(201)));
        assertThat(problem(long_, 400)).isEqualTo("description_invalid");
    }

    @Test
    void a_key_hands_on_what_it_has_and_not_more() {
        var narrow = hub.as(key("api_keys:write", "orders:read", "invoices:write"));
        var less = json(narrow.post(keys, scopes("invoices:read", "orders:read")), 201);
        json(hub.as(less.path("key").asString()).get("/v1/orders"), 200);
        assertThat(problem(narrow.post(keys, scopes("orders:read", "refunds:write")), 403))
                .isEqualTo("scopes_exceeded");
        assertThat(problem(narrow.post(keys, "{}"), 403))
                .as("a key that may do everything")
                .isEqualTo("scopes_exceeded");
        var reader = hub.as(key("api_keys:read", "orders:read"));
        assertThat(problem(reader.post(keys, scopes("orders:read")), 403))
                .isEqualTo("scope_missing");
        json(hub.as(key()).post(keys, "{}"), 201);
    }

    @Test
    void a_key_revokes_those_that_may_do_no_more_than_itself() {
        var narrow = made("api_keys:write", "orders:read");
        var as = hub.as(narrow.path("key").asString());
        for (var wider : List.of(made(), made("api_keys:write", "refunds:write"))) {
            assertThat(problem(as.delete(path(wider)), 403)).isEqualTo("scopes_exceeded");
            json(hub.as(wider.path("key").asString()).get(keys), 200);
        }
        assertThat(as.delete(path(made("api_keys:read", "orders:read"))).statusCode())
                .isEqualTo(204);
        assertThat(problem(as.delete("/v1/api-keys/key_none"), 404)).isEqualTo("api_key_not_found");
        String other = PartnersApiTest.partner(hub, "scoped-neighbour");
        var theirs =
                json(
                        hub.post(
                                "/v1/partners/" + other + "/api-keys",
                                scopes("orders:read")
                                        .replace("{", "{\"environment\": \"staging\", ")),
                        201);
        assertThat(problem(as.delete(path(theirs)), 404)).isEqualTo("api_key_not_found");
        assertThat(as.delete(path(narrow)).statusCode()).as("itself").isEqualTo(204);
        assertThat(problem(as.get(keys), 401)).isEqualTo("api_key_unknown");
    }

    @Test
    void a_repeat_shows_no_key_what_it_could_not_have_asked_for() {
        String shown = json(repeat(key(), "handed", "{}"), 201).path("key").asString();
        assertThat(shown).isNotEmpty();
        var without = repeat(key("orders:read"), "handed", "{}");
        assertThat(problem(without, 403)).isEqualTo("scope_missing");
        var asking =
                HubForTests.send(
                        HttpRequest.newBuilder(URI.create(hub.url(keys)))
                                .header("Authorization", "Bearer " + key("orders:read"))
                                .header("Content-Type", "application/json")
                                .header("Accept", "image/png")
                                .header("Idempotency-Key", "handed")
                                .POST(BodyPublishers.ofString("{}")));
        assertThat(problem(asking, 403)).isEqualTo("scope_missing");
        var narrow = repeat(key("api_keys:write"), "handed", "{}");
        assertThat(problem(narrow, 409)).isEqualTo("idempotency_key_reused");
        assertThat(without.body() + narrow.body()).doesNotContain(shown);
        String first = key("api_keys:write");
        String body = scopes("api_keys:read");
        var made = json(repeat(first, "same", body), 201);
        assertThat(json(repeat(key("api_keys:write"), "same", body), 201)).isEqualTo(made);
    }

    static class Undeclared {
        public void nothing() {}

        @NeedsOperator
        @NeedsNoKey
        public void twice() {}
    }

    @Test
    void a_call_that_does_not_say_once_whom_it_is_open_to_stops_the_start() throws Exception {
        for (String name : List.of("nothing", "twice")) {
            var mappings = new RequestMappingHandlerMapping();
            mappings.registerMapping(
                    RequestMappingInfo.paths("/v1/" + name).build(),
                    new Undeclared(),
                    Undeclared.class.getMethod(name));
            assertThatThrownBy(new Doors(mappings)::afterSingletonsInstantiated)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining("@Needs");
        }
    }

    private static HttpResponse<String> repeat(String apiKey, String key, String body) {
        return CheckoutApiTest.post(hub, apiKey, keys, key, body);
    }

    private static String path(JsonNode key) {
        return "/v1/api-keys/" + key.path("id").asString();
    }

    private static String key(String... scopes) {
        return made(scopes).path("key").asString();
    }

    /** A staging key with these scopes; with none, one that may do everything. */
    private static JsonNode made(String... scopes) {
        String body = scopes.length == 0 ? "{}" : scopes(scopes);
        return json(hub.as(whole()).post(keys, body), 201);
    }

    private static String whole() {
        return PartnersApiTest.key(hub, partner, "staging");
    }

    private static String scopes(String... scopes) {
        return Stream.of(scopes)
                .map(scope -> "\"" + scope + "\"")
                .collect(Collectors.joining(", ", "{\"scopes\": [", "]}"));
    }
}
