package com.comptappart.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One person with a browser, on one connection that stays open. */
final class ConsoleVisit {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .cookieHandler(new CookieManager())
                    .build();
    private final String base;

    /**
     * A page that came.
     *
     * @param micros from the request to the last byte
     * @param bytes compressed, without headers
     */
    record Seen(int status, int micros, int bytes) {}

    ConsoleVisit(int port) {
        base = "http://127.0.0.1:" + port;
    }

    /** Comes in with the operator's key. */
    void signIn() throws InterruptedException {
        var answer = submit("/console/sign-in", Map.of("key", Stage.OPERATOR_KEY, "to", ""));
        String to = answer.headers().firstValue("Location").orElse("");
        if (answer.statusCode() != 302 || to.contains("sign-in")) {
            throw new IllegalStateException("the console did not open: " + answer.statusCode());
        }
    }

    /** Sends the form that stands at that address. */
    HttpResponse<String> submit(String path, Map<String, String> fields)
            throws InterruptedException {
        var form = send(request(path).GET(), HttpResponse.BodyHandlers.ofString());
        var token = TOKEN.matcher(form.body());
        if (!token.find()) {
            throw new IllegalStateException(path + " has no form: " + form.statusCode());
        }
        String body =
                fields.entrySet().stream()
                        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                        .collect(
                                Collectors.joining(
                                        "&", "_csrf=" + encoded(token.group(1)) + "&", ""));
        return send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Opens a page as browsers do, which take it compressed. */
    Seen open(String path) throws InterruptedException {
        var request = request(path).header("Accept-Encoding", "gzip").GET();
        long start = System.nanoTime();
        var answer = send(request, HttpResponse.BodyHandlers.ofByteArray());
        int micros = (int) ((System.nanoTime() - start) / 1_000);
        return new Seen(answer.statusCode(), micros, answer.body().length);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", "text/html")
                .header("Accept-Language", "fr")
                .timeout(TIMEOUT);
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
            throws InterruptedException {
        try {
            return http.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
