package com.comptappart.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The hub's REST API, as an operator calls it. */
final class HubApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final String key;

    HubApi(int port, String key) {
        this.base = "http://127.0.0.1:" + port;
        this.key = key;
    }

    /** Adds a partner. */
    void partner(String slug) throws InterruptedException {
        post(
                "/v1/partners",
                Map.of(
                        "name", "Partenaire " + slug,
                        "slug", slug,
                        "contact_email", slug + "@example.com"));
    }

    /** Adds a live endpoint and returns its secret. */
    String endpoint(String partner, String url) throws InterruptedException {
        var answer =
                post(
                        "/v1/webhook-endpoints",
                        Map.of("partner", partner, "environment", "production", "url", url));
        return answer.path("secret").asString();
    }

    /** Owes a ping to that endpoint; returns the notification's id. */
    String ping(String endpoint) throws InterruptedException {
        return post("/v1/webhook-endpoints/" + endpoint + "/ping", Map.of()).path("id").asString();
    }

    /** All of a list, page by page; returns how many. */
    int each(String list, Consumer<JsonNode> consumer) throws InterruptedException {
        int count = 0;
        String after = "";
        do {
            var page =
                    send(
                            HttpRequest.newBuilder(URI.create(base + list + "?limit=100" + after))
                                    .GET());
            for (JsonNode each : page.path("data")) {
                consumer.accept(each);
                count++;
            }
            String cursor = page.path("next_cursor").asString("");
            after =
                    cursor.isEmpty()
                            ? ""
                            : "&after=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
        } while (!after.isEmpty());
        return count;
    }

    private JsonNode post(String path, Map<String, String> body) throws InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private JsonNode send(HttpRequest.Builder request) throws InterruptedException {
        var built = request.header("Authorization", "Bearer " + key).timeout(TIMEOUT).build();
        try {
            var answer = http.send(built, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(
                        built.method()
                                + " "
                                + built.uri().getPath()
                                + " was answered "
                                + answer.statusCode()
                                + ": "
                                + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(built.uri() + " got no answer", e);
        }
    }
}
