package com.comptappart.console;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A call that the API's description names and that a partner's key may make.
 *
 * @param needs the scope, empty where it needs none
 * @param example of the body, empty where it takes none
 */
record ApiOperation(
        String id,
        String group,
        String method,
        String path,
        String summary,
        String description,
        String needs,
        List<Parameter> parameters,
        String example) {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Set<String> OPERATORS = Set.of("partner", "environment");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * @param in {@code path}, {@code query} or {@code header}
     */
    record Parameter(
            String in, String name, String description, boolean required, List<String> values) {

        Parameter {
            values = List.copyOf(values);
        }

        /** Of the form's field. */
        public String field() {
            return in + "." + name;
        }
    }

    ApiOperation {
        parameters = List.copyOf(parameters);
    }

    public boolean takesBody() {
        return !example.isEmpty();
    }

    /** By group, in the description's order. */
    static List<ApiOperation> all(JsonNode document) {
        var all = new ArrayList<ApiOperation>();
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(each -> {
                                    if (METHODS.contains(each.getKey())
                                            && !needs(each.getValue()).equals("operator")) {
                                        all.add(of(path.getKey(), each.getKey(), each.getValue()));
                                    }
                                }));
        return all;
    }

    private static ApiOperation of(String path, String method, JsonNode operation) {
        var parameters = new ArrayList<Parameter>();
        for (JsonNode each : operation.path("parameters")) {
            if (!isOperators(each)) {
                parameters.add(parameter(each));
            }
        }
        return new ApiOperation(
                operation.path("operationId").asString(""),
                operation.path("tags").path(0).asString(""),
                method.toUpperCase(Locale.ROOT),
                path,
                operation.path("summary").asString(""),
                operation.path("description").asString(""),
                needs(operation),
                parameters,
                example(operation));
    }

    private static String needs(JsonNode operation) {
        return operation.path("security").path(0).path("api_key").path(0).asString("");
    }

    /** A partner's key says by itself whose things are meant, and where. */
    private static boolean isOperators(JsonNode parameter) {
        return parameter.path("in").asString("").equals("query")
                && OPERATORS.contains(parameter.path("name").asString(""));
    }

    private static Parameter parameter(JsonNode given) {
        var values = new ArrayList<String>();
        given.path("schema").path("enum").forEach(value -> values.add(value.asString("")));
        return new Parameter(
                given.path("in").asString(""),
                given.path("name").asString(""),
                given.path("description").asString(""),
                given.path("required").asBoolean(false),
                values);
    }

    private static String example(JsonNode operation) {
        var body = operation.path("requestBody").path("content").path("application/json");
        if (body.isMissingNode()) {
            return "";
        }
        var example = body.path("example");
        if (example.isMissingNode()) {
            example = body.path("examples").path(0).path("value");
        }
        return example.isMissingNode() ? "{}" : JSON.writeValueAsString(example);
    }

    /** The parameters that it can't do without and that the form leaves empty. */
    List<String> missing(Map<String, String> form) {
        return parameters.stream()
                .filter(Parameter::required)
                .filter(each -> form.getOrDefault(each.field(), "").isBlank())
                .map(Parameter::name)
                .toList();
    }

    /** Its path and query with what a form says. */
    String address(Map<String, String> form) {
        String address = path;
        var query = new StringBuilder();
        for (Parameter each : parameters) {
            String value = form.getOrDefault(each.field(), "").strip();
            if (each.in().equals("path")) {
                address =
                        address.replace(
                                "{" + each.name() + "}",
                                UriUtils.encode(value, StandardCharsets.UTF_8));
            }
            if (each.in().equals("query") && !value.isEmpty()) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(each.name())
                        .append('=')
                        .append(UriUtils.encode(value, StandardCharsets.UTF_8));
            }
        }
        return address + query;
    }

    /** The headers with what a form says; what is no text of a header is left out. */
    Map<String, String> headers(Map<String, String> form) {
        var headers = new TreeMap<String, String>();
        for (Parameter each : parameters) {
            String value = form.getOrDefault(each.field(), "").strip();
            if (each.in().equals("header") && value.matches("[\\x21-\\x7e]{1,255}")) {
                headers.put(each.name(), value);
            }
        }
        return headers;
    }
}
