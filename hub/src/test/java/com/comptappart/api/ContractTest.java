package com.comptappart.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.api.ApiContract.Call;
import com.comptappart.api.CheckedCalls.Asked;
import com.comptappart.partner.KeyScope;
import com.comptappart.testing.HubForTests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every operation of the API's document, asked for over HTTP and held against the document. */
class ContractTest {

    private static final Map<String, String> KEYS = new ConcurrentHashMap<>();
    private static ContractFacts facts;
    private static ApiContract contract;
    private static CheckedCalls calls;
    private static Map<String, Runnable> asked;

    @BeforeAll
    static void start() throws IOException {
        facts = new ContractFacts();
        contract = new ApiContract(facts.hub.get("/v1/openapi.json").body());
        calls = new CheckedCalls(facts.hub, contract);
        asked = ContractCalls.all(facts, calls);
    }

    @AfterAll
    static void stop() {
        facts.close();
    }

    @TestFactory
    Stream<DynamicTest> every_operation_answers_as_the_document_says() {
        return contract.calls().stream()
                .map(call ->
                        DynamicTest.dynamicTest(
                                call.id(),
                                () -> {
                                    assertThat(asked).containsKey(call.id());
                                    asked.get(call.id()).run();
                                    refuse(call);
                                    assertThat(calls.seen(call.id()))
                                            .anyMatch(status -> status < 300)
                                            .anyMatch(status -> status >= 400);
                                }));
    }

    @Test
    void nothing_is_asked_of_operations_that_there_are_not() {
        assertThat(asked.keySet()).isSubsetOf(contract.calls().stream().map(Call::id).toList());
    }

    /** What any operation refuses. */
    private static void refuse(Call call) {
        String operator = HubForTests.OPERATOR_KEY;
        var plain = Asked.of(operator, call.method(), call.pathOfNothing());
        if (call.needsKey()) {
            assertThat(calls.problem(plain.as(""), 401)).isEqualTo("api_key_missing");
            assertThat(calls.problem(plain.as("ca_staging_none"), 401))
                    .isEqualTo("api_key_unknown");
            assertThat(calls.problem(plain.as(keyWithout(call.needs())), 403))
                    .isIn("scope_missing", "operator_only");
            if (!call.method().equals("GET")) {
                assertThat(calls.problem(plain.body("x".repeat((1 << 20) + 1)), 413))
                        .isEqualTo("body_too_large");
            }
        }
        var unknown =
                Asked.of(
                        call.needsKey() ? operator : null,
                        call.method(),
                        call.pathOfNothing() + "?nonsense=1");
        assertThat(calls.problem(unknown, 400)).isEqualTo("parameter_unknown");
        if (call.needsKey() && call.path().contains("{")) {
            assertThat(calls.send(plain.json("{}")).statusCode()).isIn(400, 404);
        }
        if (call.answer(406).isObject()) {
            var picture = plain.as(call.needsKey() ? operator : "").with("Accept", "image/png");
            assertThat(calls.problem(picture, 406)).isEqualTo("not_acceptable");
        }
        if (call.takesBody()) {
            var text = plain.with("Content-Type", "text/plain").body("x");
            assertThat(calls.problem(text, 415)).isEqualTo("media_type_unsupported");
            assertThat(calls.problem(plain.json("{"), 400)).isEqualTo("body_not_json");
            assertThat(calls.problem(plain.json("{\"nonsense\": 1}"), 400))
                    .isEqualTo("field_unknown");
        }
    }

    private static String keyWithout(String scope) {
        return KEYS.computeIfAbsent(
                scope,
                _ -> {
                    String resource = scope.replaceAll(":.*", ":");
                    String others =
                            Stream.of(KeyScope.values())
                                    .map(KeyScope::code)
                                    .filter(code -> !code.startsWith(resource))
                                    .map(code -> "\"" + code + "\"")
                                    .collect(Collectors.joining(","));
                    return calls.post(
                                    facts.key,
                                    "/v1/partners/" + facts.partner + "/api-keys",
                                    "{\"scopes\": [" + others + "]}")
                            .path("key")
                            .asString();
                });
    }

    @Test
    void too_many_calls_are_refused_as_the_document_says() {
        try (var narrow =
                new HubForTests().with("comptappart.api.requestsperminute", "1").start()) {
            var counted = new CheckedCalls(narrow, contract);
            String key =
                    PartnersApiTest.key(
                            narrow, PartnersApiTest.partner(narrow, "counted"), "staging");
            Stream.generate(() -> counted.send(Asked.of(key, "GET", "/v1/orders")).statusCode())
                    .limit(3)
                    .forEach(status -> assertThat(status).isIn(200, 429));
            assertThat(counted.seen("listOrders")).contains(429);
        }
    }

    @Test
    void every_body_and_every_answer_has_an_example_that_its_schema_admits() {
        var examples = new ArrayList<String>();
        for (Call call : contract.calls()) {
            example(call + "'s request", call.operation().path("requestBody"), examples);
            call.operation()
                    .path("responses")
                    .properties()
                    .forEach(
                            each -> example(call + " " + each.getKey(), each.getValue(), examples));
        }
        assertThat(examples).hasSizeGreaterThan(300);
    }

    private static void example(String what, JsonNode described, List<String> examples) {
        described
                .path("content")
                .properties()
                .forEach(media -> {
                    if (media.getKey().endsWith("json")) {
                        var example = media.getValue().path("example");
                        assertThat(example.isObject()).as(what + " has an example").isTrue();
                        contract.check(what, media.getValue().path("schema"), example);
                        examples.add(what);
                    }
                });
    }

    @Test
    void a_field_too_many_too_few_or_of_another_form_is_found() {
        var order = contract.call("GET", "/v1/orders/1");
        var media = order.answer(200).path("content").path("application/json");
        var schema = media.path("schema");
        for (String field : List.of("attention", "created_at", "customer")) {
            assertThatThrownBy(() -> contract.check("", schema, without(media, field)))
                    .hasMessageContaining(field);
        }
        for (String wrong :
                List.of(
                        "\"secret\": 1",
                        "\"created_at\": \"yesterday\"",
                        "\"id\": \"156\"",
                        "\"environment\": \"prod\"",
                        "\"currency\": null",
                        "\"customer\": {\"email\": null}",
                        "\"invoice\": {\"number\": \"F-1\"}")) {
            var example = (ObjectNode) media.path("example").deepCopy();
            example.setAll((ObjectNode) JsonMapper.shared().readTree("{" + wrong + "}"));
            assertThatThrownBy(() -> contract.check("", schema, example))
                    .as(wrong)
                    .isInstanceOf(AssertionError.class);
        }
    }

    private static JsonNode without(JsonNode media, String field) {
        var example = (ObjectNode) media.path("example").deepCopy();
        example.remove(field);
        return example;
    }

    @Test
    void the_document_lists_the_codes_of_the_registry() {
        assertThat(contract.codes())
                .isEqualTo(
                        ProblemCode.ALL.stream()
                                .map(ProblemCode::code)
                                .collect(Collectors.toCollection(TreeSet::new)));
    }
}
