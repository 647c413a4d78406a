package com.comptappart.demo;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The hub's REST interface, with the operator's key. */
final class HubApi {

    private final Http http;
    private final String url;
    private final String key;

    HubApi(Http http, String url, String key) {
        this.http = http;
        this.url = url;
        this.key = key;
    }

    static ObjectNode object() {
        return Json.MAPPER.createObjectNode();
    }

    JsonNode get(String path) {
        return done("GET", path, send("GET", path, ""));
    }

    /** Nothing where the hub says that there is no such thing. */
    Optional<JsonNode> find(String path) {
        var response = send("GET", path, "");
        return response.statusCode() == 404
                ? Optional.empty()
                : Optional.of(done("GET", path, response));
    }

    JsonNode call(String method, String path, ObjectNode body) {
        return done(method, path, send(method, path, body.toString()));
    }

    /** The order that came from a session, once there is one. */
    Optional<JsonNode> order(String email, String session) {
        for (JsonNode order : get("/v1/orders?email=" + encode(email)).path("data")) {
            if (order.path("stripe_object").asString("").equals(session)) {
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(String method, String path, String body) {
        var request =
                http.request(url + path)
                        .header("Authorization", "Bearer " + key)
                        .method(method, publisher(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.BodyPublisher publisher(String body) {
        return body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    }

    private static JsonNode done(String method, String path, HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    "the hub answered %d to %s %s: %s"
                            .formatted(response.statusCode(), method, path, response.body()));
        }
        return response.body().isEmpty() ? object() : Json.MAPPER.readTree(response.body());
    }
}
