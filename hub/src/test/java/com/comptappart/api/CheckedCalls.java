package com.comptappart.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Makes calls and holds each request and answer against the API's document. */
final class CheckedCalls {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final String PROBLEM = "application/problem+json";

    /** Headers of ours: every one that is answered must be in the document. */
    private static final Set<String> OURS =
            Set.of(
                    "ratelimit",
                    "ratelimit-policy",
                    "retry-after",
                    "idempotent-replayed",
                    "www-authenticate",
                    "content-disposition",
                    "location",
                    "allow");

    private final HubForTests hub;
    private final ApiContract contract;
    private final Map<String, Set<Integer>> seen = new ConcurrentHashMap<>();

    CheckedCalls(HubForTests hub, ApiContract contract) {
        this.hub = hub;
        this.contract = contract;
    }

    /** The statuses that an operation answered. */
    Set<Integer> seen(String operationId) {
        return seen.getOrDefault(operationId, Set.of());
    }

    /** A call to be. */
    record Asked(String key, String method, String path, Map<String, String> headers, byte[] body) {

        static Asked of(@Nullable String key, String method, String path) {
            return new Asked(key == null ? "" : key, method, path, Map.of(), new byte[0]);
        }

        Asked json(String text) {
            return with("Content-Type", "application/json").body(text);
        }

        Asked body(String text) {
            return new Asked(key, method, path, headers, text.getBytes(StandardCharsets.UTF_8));
        }

        Asked with(String header, String value) {
            var more = new HashMap<>(headers);
            more.put(header, value);
            return new Asked(key, method, path, Map.copyOf(more), body);
        }

        Asked as(String other) {
            return new Asked(other, method, path, headers, body);
        }

        private HttpRequest request(HubForTests hub) {
            var request =
                    HttpRequest.newBuilder(URI.create(hub.url(path)))
                            .timeout(Duration.ofSeconds(30))
                            .method(method, BodyPublishers.ofByteArray(body));
            headers.forEach(request::header);
            return (key.isEmpty() ? request : request.header("Authorization", "Bearer " + key))
                    .build();
        }
    }

    JsonNode get(String key, String path) {
        return ok(Asked.of(key, "GET", path));
    }

    JsonNode post(String key, String path, String json) {
        return ok(Asked.of(key, "POST", path).json(json));
    }

    /** The answer, which must be a success. */
    JsonNode ok(Asked asked) {
        var answer = send(asked);
        assertThat(answer.statusCode()).as(text(answer)).isBetween(200, 299);
        return json(answer);
    }

    /** The code of the answer, which must be a problem of that status. */
    String problem(Asked asked, int status) {
        var answer = send(asked);
        assertThat(answer.statusCode()).as("%s %s", asked, text(answer)).isEqualTo(status);
        return json(answer).path("code").asString();
    }

    HttpResponse<byte[]> send(Asked asked) {
        var answer = answer(asked);
        var call = contract.call(asked.method(), asked.path().replaceAll("\\?.*", ""));
        int status = answer.statusCode();
        seen.computeIfAbsent(call.id(), _ -> new TreeSet<>()).add(status);
        String what = call.id() + " answering " + status;
        if (status < 300) {
            checkRequest(call, asked);
        }
        var described = call.answer(status);
        assertThat(described.isObject())
                .as("%s is in the document: %s", what, text(answer))
                .isTrue();
        checkHeaders(what, described, answer);
        if (call.needsKey() && status != 401) {
            assertThat(answer.headers().firstValue("RateLimit")).as(what).isPresent();
        }
        checkBody(what, described, answer);
        return answer;
    }

    private HttpResponse<byte[]> answer(Asked asked) {
        try {
            return HTTP.send(asked.request(hub), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(asked.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What is done was asked for as the document says. */
    private void checkRequest(ApiContract.Call call, Asked asked) {
        String query = String.valueOf(URI.create(asked.path()).getQuery());
        var known = new TreeSet<String>();
        call.operation()
                .path("parameters")
                .forEach(each ->
                        known.add(each.path("in").asString() + " " + each.path("name").asString()));
        Stream.of(query.split("&"))
                .filter(each -> each.contains("="))
                .forEach(each -> assertThat(known).contains("query " + each.split("=")[0]));
        if (asked.headers().containsKey("Idempotency-Key")) {
            assertThat(known).contains("header Idempotency-Key");
        }
        var body = call.operation().path("requestBody");
        if (asked.body().length > 0) {
            contract.check(
                    call.id() + "'s request",
                    body.path("content").path("application/json").path("schema"),
                    JSON.readTree(asked.body()));
        } else {
            assertThat(body.path("required").asBoolean(false)).as(call.id()).isFalse();
        }
    }

    private void checkHeaders(String what, JsonNode described, HttpResponse<byte[]> answer) {
        var documented = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
        described
                .path("headers")
                .properties()
                .forEach(each -> {
                    documented.add(each.getKey());
                    var header = contract.header(each.getValue());
                    var value = answer.headers().firstValue(each.getKey());
                    if (header.path("required").asBoolean(false)) {
                        assertThat(value).as(what + ": " + each.getKey()).isPresent();
                    }
                    value.ifPresent(text ->
                            contract.check(
                                    what + ": " + each.getKey(),
                                    header.path("schema"),
                                    header.path("schema")
                                                    .path("type")
                                                    .asString("")
                                                    .equals("integer")
                                            ? JSON.readTree(text)
                                            : JSON.valueToTree(text)));
                });
        assertThat(answer.headers().map().keySet())
                .as(what)
                .filteredOn(OURS::contains)
                .allMatch(documented::contains);
    }

    private void checkBody(String what, JsonNode described, HttpResponse<byte[]> answer) {
        if (!described.has("content")) {
            assertThat(answer.body()).as(what).isEmpty();
            return;
        }
        String given = answer.headers().firstValue("Content-Type").orElse("");
        var media =
                described.path("content").properties().stream()
                        .filter(each -> same(each.getKey(), given))
                        .findFirst()
                        .orElseThrow(() ->
                                new AssertionError(
                                        what + " is " + given + ", which isn't documented"));
        if (!media.getKey().endsWith("json")) {
            assertThat(answer.body()).as(what).isNotEmpty();
            return;
        }
        var body = json(answer);
        contract.check(what, media.getValue().path("schema"), body);
        if (given.startsWith(PROBLEM)) {
            assertThat(body.path("status").asInt()).isEqualTo(answer.statusCode());
            assertThat(contract.codes()).as(what).contains(body.path("code").asString());
            assertThat(answer.headers().map()).as(what).doesNotContainKey("content-disposition");
        } else {
            assertThat(answer.statusCode()).isBetween(200, 299);
        }
    }

    /** Where the document says a charset it must be that one. */
    private static boolean same(String documented, String given) {
        String other = given.replace(" ", "");
        return documented.equalsIgnoreCase(
                documented.contains(";") ? other : other.replaceAll(";.*", ""));
    }

    static JsonNode json(HttpResponse<byte[]> answer) {
        return answer.body().length == 0 ? MissingNode.getInstance() : JSON.readTree(answer.body());
    }

    private static String text(HttpResponse<byte[]> answer) {
        String whole = new String(answer.body(), StandardCharsets.UTF_8);
        return whole.substring(0, Math.min(whole.length(), 2_000));
    }
}
