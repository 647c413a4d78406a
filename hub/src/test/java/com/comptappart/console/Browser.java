package com.comptappart.console;

import com.comptappart.people.PeopleForTests;
import com.comptappart.people.Person;
import com.comptappart.testing.HubForTests;
import java.io.IOException;
import java.io.InputStream;
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

/** A person's browser without JavaScript: keeps cookies, follows redirects, fills forms. */
final class Browser {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private HubForTests hub;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .cookieHandler(cookies)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private String language = "fr";

    Browser(HubForTests hub) {
        this.hub = hub;
    }

    Browser speaking(String wanted) {
        language = wanted;
        return this;
    }

    /** Goes on with another node; cookies are of the host, whatever its port. */
    Browser through(HubForTests other) {
        hub = other;
        return this;
    }

    Browser signedIn() {
        var answer = signIn(HubForTests.OPERATOR_KEY, "");
        if (answer.uri().getPath().equals("/console/sign-in")) {
            throw new AssertionError("not signed in: " + answer.body());
        }
        return this;
    }

    HttpResponse<String> signIn(String key, String to) {
        var page = open("/console/sign-in");
        return submit(page, "/console/sign-in", Map.of("key", key, "to", to));
    }

    /** Comes in by a link, as a mail would bring it. */
    Browser signedIn(Person person) {
        var answer = enter(PeopleForTests.link(hub, person));
        if (answer.uri().getPath().equals("/console/sign-in")) {
            throw new AssertionError("not signed in: " + answer.body());
        }
        return this;
    }

    /** Opens a link's page and presses its button. */
    HttpResponse<String> enter(String link) {
        var page = open("/console/entrer?jeton=" + link);
        return submit(page, "/console/sign-in", Map.of("key", link));
    }

    HttpResponse<String> open(String path) {
        return send(request(path).GET(), HttpResponse.BodyHandlers.ofString());
    }

    /** What is read on a page, every space as one. */
    static String text(HttpResponse<String> page) {
        return page.body().replaceAll("<[^>]*>", " ").replaceAll("[\\s\\u00a0\\u202f]+", " ");
    }

    HttpResponse<byte[]> download(String path) {
        return send(request(path).GET(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** What a page's script listens to; closing the body closes the connection. */
    HttpResponse<InputStream> listen(String path) {
        return send(request(path).GET(), HttpResponse.BodyHandlers.ofInputStream());
    }

    /** Sends a form that stands on a page. */
    HttpResponse<String> submit(HttpResponse<String> page, String to, Map<String, String> fields) {
        var token = TOKEN.matcher(page.body());
        if (!token.find()) {
            throw new AssertionError("the page has no form: " + page.body());
        }
        var all = new java.util.HashMap<>(fields);
        all.put("_csrf", token.group(1));
        return post(to, all);
    }

    HttpResponse<String> post(String path, Map<String, String> fields) {
        String body =
                fields.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        return send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The value of a cookie, empty where there is none. */
    String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(cookie -> cookie.getValue())
                .findFirst()
                .orElse("");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(hub.url(path)))
                .header("Accept", "text/html")
                .header("Accept-Language", language)
                .timeout(Duration.ofSeconds(30));
    }

    private <T> HttpResponse<T> send(
            HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request.build(), handler);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
