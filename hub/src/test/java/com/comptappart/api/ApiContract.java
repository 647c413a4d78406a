package com.comptappart.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API's document, read to the letter: a field that a schema doesn't name, or that lacks, or is
 * of another type or format, is a fault.
 */
final class ApiContract {

    private static final Set<String> METHODS = Set.of("get", "post", "patch", "delete", "put");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(
                    Dialect.builder(Dialects.getDraft202012())
                            .unknownKeywordFactory((name, _) -> new AnnotationKeyword(name))
                            .build(),
                    registry ->
                            registry.schemaRegistryConfig(
                                    SchemaRegistryConfig.builder()
                                            .formatAssertionsEnabled(true)
                                            .build()));

    /** One operation of the document. */
    record Call(String id, String method, String path, JsonNode operation) {

        private static final Pattern VARIABLE = Pattern.compile("\\{\\w+}");

        boolean matches(String otherMethod, String otherPath) {
            var parts = VARIABLE.split(path, -1);
            var pattern = new StringBuilder(Pattern.quote(parts[0]));
            for (int i = 1; i < parts.length; i++) {
                pattern.append("[^/]+").append(Pattern.quote(parts[i]));
            }
            return method.equals(otherMethod) && otherPath.matches(pattern.toString());
        }

        /** With something that there is not in place of what the path names. */
        String pathOfNothing() {
            return VARIABLE.matcher(path).replaceAll("none");
        }

        boolean needsKey() {
            return !operation.path("security").isEmpty();
        }

        /** The scope that it needs, or {@code operator}. */
        String needs() {
            return operation.path("security").path(0).path("api_key").path(0).asString();
        }

        boolean takesBody() {
            return operation.has("requestBody");
        }

        JsonNode answer(int status) {
            return operation.path("responses").path(Integer.toString(status));
        }

        @Override
        public String toString() {
            return id;
        }
    }

    private final JsonNode document;
    private final JsonNode components;
    private final List<Call> calls = new ArrayList<>();
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    ApiContract(String text) {
        document = JSON.readTree(text);
        components = document.path("components").deepCopy();
        close(components);
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue().properties().stream()
                                .filter(each -> METHODS.contains(each.getKey()))
                                .forEach(each ->
                                        calls.add(
                                                new Call(
                                                        each.getValue()
                                                                .path("operationId")
                                                                .asString(),
                                                        each.getKey().toUpperCase(Locale.ROOT),
                                                        path.getKey(),
                                                        each.getValue()))));
    }

    /** No object has what its schema doesn't name. */
    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("unevaluatedProperties", false);
        }
        node.forEach(ApiContract::close);
    }

    List<Call> calls() {
        return calls;
    }

    Call call(String method, String path) {
        return calls.stream()
                .filter(call -> call.matches(method, path))
                .min((a, b) -> Boolean.compare(a.path().contains("{"), b.path().contains("{")))
                .orElseThrow(
                        () -> new AssertionError("not in the document: " + method + " " + path));
    }

    /** A header of an answer as the document describes it. */
    JsonNode header(JsonNode named) {
        String reference = named.path("$ref").asString("");
        return reference.isEmpty() ? named : document.at(reference.substring(1));
    }

    /** The codes that problems may have. */
    Set<String> codes() {
        var code = document.at("/components/schemas/Problem/properties/code");
        var codes = new java.util.TreeSet<String>();
        code.path("x-extensible-enum").forEach(each -> codes.add(each.asString()));
        return codes;
    }

    void check(String what, JsonNode schema, JsonNode value) {
        assertThat(schema.isObject()).as(what + " has a schema").isTrue();
        List<Error> faults = schemas.computeIfAbsent(schema, this::compiled).validate(value);
        assertThat(faults).as("%s: %s", what, value).isEmpty();
    }

    private Schema compiled(JsonNode schema) {
        var whole = (ObjectNode) schema.deepCopy();
        close(whole);
        whole.set("components", components);
        return REGISTRY.getSchema(whole);
    }
}
