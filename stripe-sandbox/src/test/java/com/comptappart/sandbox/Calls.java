package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of the API without an SDK, in either version, each answer checked against its schema. */
record Calls(StripeSandbox sandbox, String version) {

    static final List<String> VERSIONS = List.of("2026-07-29.dahlia", "2026-10-28.endive");
    private static final Browser BROWSER = new Browser();

    JsonNode get(String path) {
        return answer(request(path).GET().build(), 200);
    }

    /** Fields come as name, value, name, value… */
    JsonNode post(String path, String... fields) {
        return answer(form(path, fields), 200);
    }

    JsonNode refused(String path, String... fields) {
        return answer(form(path, fields), 400).path("error");
    }

    private HttpRequest form(String path, String... fields) {
        var pairs = new ArrayList<String>();
        for (int i = 0; i < fields.length; i += 2) {
            pairs.add(encode(fields[i]) + "=" + encode(fields[i + 1]));
        }
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(String.join("&", pairs)))
                .build();
    }

    private JsonNode answer(HttpRequest request, int status) {
        var response = BROWSER.send(request);
        assertThat(response.statusCode())
                .as("%s %s", request.uri(), response.body())
                .isEqualTo(status);
        JsonNode answer = JsonMapper.shared().readTree(response.body());
        StripeSchemas.validate(answer, version);
        return answer;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(sandbox.url() + path))
                .header("Authorization", "Bearer " + sandbox.apiKey())
                .header("Stripe-Version", version);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
