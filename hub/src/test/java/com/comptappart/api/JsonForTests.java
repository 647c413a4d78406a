package com.comptappart.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads answers of the API. */
final class JsonForTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JsonForTests() {}

    /** The body of an answer that must have that status. */
    static JsonNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    /** The code of an answer that must be a problem of that status. */
    static String problem(HttpResponse<String> answer, int status) {
        var body = json(answer, status);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(body.path("status").asInt()).isEqualTo(status);
        assertThat(body.path("detail").asString()).isNotBlank();
        assertThat(body.path("type").asString()).startsWith("urn:comptappart:problem:");
        assertThat(body.path("fault").asString()).isEqualTo(status < 500 ? "caller" : "hub");
        String code = body.path("code").asString();
        assertThat(ProblemCode.ALL)
                .extracting(ProblemCode::code, ProblemCode::status)
                .contains(tuple(code, status));
        return code;
    }
}
