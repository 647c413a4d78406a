package com.comptappart.console;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API of this very process, called as anyone calls it: over HTTP, past the same door, with
 * nothing but the key that is given. It calls no other host, whatever it is asked.
 */
@Component
class OwnApi {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SHOWN_BYTES = 256 * 1024;
    private static final int DOCUMENT_BYTES = 4 * 1024 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * What came.
     *
     * @param body its first bytes
     * @param whole whether that is all of it
     */
    record Answer(
            int status,
            Map<String, List<String>> headers,
            byte[] body,
            boolean whole,
            long millis) {
        String type() {
            return headers.getOrDefault("content-type", List.of("")).getFirst();
        }
    }

    private final Environment settings;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(2))
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private volatile @Nullable JsonNode document;

    OwnApi(Environment settings) {
        this.settings = settings;
    }

    /** The running description; it can't change while the process lives. */
    JsonNode document() {
        var known = document;
        if (known == null) {
            var answer = send(request("/v1/openapi.json").GET(), DOCUMENT_BYTES);
            if (answer.status() != 200 || !answer.whole()) {
                throw new IllegalStateException(
                        "the API's description was answered with " + answer.status());
            }
            known = JSON.readTree(answer.body());
            document = known;
        }
        return known;
    }

    /**
     * @param path below {@code /v1}, with its query, encoded
     * @param key goes into the request and nowhere else
     * @param body null where the call takes none
     */
    Answer call(
            String method,
            String path,
            Map<String, String> headers,
            String key,
            @Nullable String body) {
        if (!path.startsWith("/v1/")) {
            throw new IllegalArgumentException("no path of the API: " + path);
        }
        var request =
                request(path)
                        .header("Authorization", "Bearer " + key)
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        return send(request, SHOWN_BYTES);
    }

    private HttpRequest.Builder request(String path) {
        String address = settings.getProperty("server.address", "127.0.0.1");
        return HttpRequest.newBuilder(
                        URI.create(
                                "http://"
                                        + (address.contains(":") ? "[" + address + "]" : address)
                                        + ":"
                                        + settings.getRequiredProperty("local.server.port")
                                        + path))
                .timeout(PATIENCE);
    }

    private Answer send(HttpRequest.Builder request, int most) {
        long begun = System.nanoTime();
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] read = body.readNBytes(most + 1);
                boolean whole = read.length <= most;
                return new Answer(
                        answer.statusCode(),
                        new TreeMap<>(answer.headers().map()),
                        whole ? read : java.util.Arrays.copyOf(read, most),
                        whole,
                        Duration.ofNanos(System.nanoTime() - begun).toMillis());
            }
        } catch (IOException e) {
            return unanswered(e.toString(), begun);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unanswered("interrupted", begun);
        }
    }

    /** Status 0: nothing came, and why. */
    private static Answer unanswered(String why, long begun) {
        return new Answer(
                0,
                Map.of("content-type", List.of("text/plain")),
                why.getBytes(StandardCharsets.UTF_8),
                true,
                Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }
}
