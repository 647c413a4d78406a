package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.api.ApiContract.Call;
import com.comptappart.testing.HubForTests;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class OpenApiTest {

    private static HubForTests hub;
    private static String text;
    private static JsonNode document;

    @BeforeAll
    static void start() {
        hub = new HubForTests().start();
        var answer =
                HubForTests.send(HttpRequest.newBuilder(URI.create(hub.url("/v1/openapi.json"))));
        document = json(answer, 200);
        text = answer.body();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static List<Call> calls() {
        return new ApiContract(text).calls();
    }

    @Test
    void the_document_is_openapi_3_1_and_can_be_read_back() throws Exception {
        assertThat(document.path("openapi").asString()).startsWith("3.1.");
        assertThat(Json31.mapper().readValue(text, OpenAPI.class).getPaths()).isNotEmpty();
        assertThat(document.path("info").path("title").asString()).isNotBlank();
    }

    @Test
    void every_call_of_the_controllers_is_in_it_and_nothing_else() {
        var expected = new TreeSet<String>();
        for (var mappings : hub.bean(DispatcherServlet.class).getHandlerMappings()) {
            if (mappings instanceof RequestMappingHandlerMapping ours) {
                ours.getHandlerMethods()
                        .forEach((mapping, method) -> {
                            if (method.getBeanType()
                                    .getPackageName()
                                    .equals("com.comptappart.api")) {
                                mapping.getPatternValues()
                                        .forEach(path ->
                                                mapping.getMethodsCondition()
                                                        .getMethods()
                                                        .forEach(each ->
                                                                expected.add(each + " " + path)));
                            }
                        });
            }
        }
        var written = new TreeSet<String>();
        calls().forEach(call -> written.add(call.method() + " " + call.path()));
        assertThat(written).isEqualTo(expected).hasSizeGreaterThan(20);
        assertThat(written).allMatch(each -> each.contains(" /v1/"));
    }

    @Test
    void every_call_has_a_summary_an_id_of_its_own_and_its_problems() {
        var ids = new HashSet<String>();
        for (Call call : calls()) {
            String name = call.method() + " " + call.path();
            assertThat(call.operation().path("summary").asString("")).as(name).isNotBlank();
            assertThat(ids.add(call.operation().path("operationId").asString("")))
                    .as(name)
                    .isTrue();
            boolean isOpen = call.operation().path("security").isEmpty();
            assertThat(call.operation().path("responses").has("401")).isNotEqualTo(isOpen);
            for (String status : List.of("400", "404", "500", "503")) {
                assertThat(
                                call.operation()
                                        .path("responses")
                                        .path(status)
                                        .path("content")
                                        .path("application/problem+json")
                                        .path("schema")
                                        .path("$ref")
                                        .asString(""))
                        .as(name)
                        .isEqualTo("#/components/schemas/Problem");
            }
        }
    }

    @Test
    void the_bearer_scheme_stands_for_all() {
        var scheme = document.path("components").path("securitySchemes").path("api_key");
        assertThat(scheme.path("scheme").asString()).isEqualTo("bearer");
        assertThat(document.path("security").get(0).has("api_key")).isTrue();
    }

    @Test
    void every_reference_leads_somewhere_and_fields_are_named_as_in_the_json() {
        var references = Pattern.compile("\"#/components/schemas/([^\"]+)\"").matcher(text);
        var schemas = document.path("components").path("schemas");
        while (references.find()) {
            assertThat(schemas.has(references.group(1))).as(references.group(1)).isTrue();
        }
        var order = schemas.path("Order").path("properties");
        assertThat(order.has("total_amount")).isTrue();
        assertThat(order.has("event_id")).isTrue();
        schemas.forEach(schema ->
                schema.path("properties")
                        .propertyNames()
                        .forEach(name -> assertThat(name).matches("[a-z0-9_]+")));
        assertThat(text).doesNotContain("PageRequest").doesNotContain("onlyPartner");
    }

    @Test
    void lists_tell_their_page_parameters_and_posts_their_idempotency_key() {
        for (Call call : calls()) {
            var parameters = call.operation().path("parameters").toString();
            if (call.method().equals("POST")) {
                assertThat(parameters).contains("Idempotency-Key");
            }
            boolean isList = !call.path().contains("{") && !call.path().contains("/exports/");
            if (call.method().equals("GET") && isList) {
                assertThat(parameters).contains("\"limit\"", "\"after\"");
            }
            assertThat(parameters).doesNotContain("\"caller\"", "\"operator\"");
        }
    }
}
