package com.comptappart.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small web server of the demo on loopback: one function from request to answer. */
final class Site implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Site.class);
    private static final int MOST_BYTES = 1 << 20;

    /** What a site does. */
    interface Pages {
        Answer answer(Request request);
    }

    /**
     * A request, read whole.
     *
     * @param headers by their names in lower case
     */
    record Request(
            String method,
            String path,
            Map<String, String> query,
            Map<String, List<String>> headers,
            String body) {

        boolean is(String wantedMethod, String wantedPath) {
            return method.equals(wantedMethod) && path.equals(wantedPath);
        }

        /** The first value, or nothing. */
        String header(String lowerCaseName) {
            var values = headers.getOrDefault(lowerCaseName, List.of());
            return values.isEmpty() ? "" : values.getFirst();
        }
    }

    /** An answer; the header is sent where its name isn't empty. */
    record Answer(int status, String contentType, byte[] body, String header, String value) {

        static Answer html(int status, String html) {
            return new Answer(status, "text/html; charset=utf-8", bytes(html), "", "");
        }

        static Answer text(int status, String text) {
            return new Answer(status, "text/plain; charset=utf-8", bytes(text), "", "");
        }

        /** On to another page, which is asked for with GET. */
        static Answer seeOther(String address) {
            return new Answer(
                    303, "text/plain; charset=utf-8", bytes(address), "Location", address);
        }

        static Answer file(String contentType, String name, byte[] body) {
            String safe = name.replaceAll("[^A-Za-z0-9._-]", "_");
            return new Answer(
                    200,
                    contentType,
                    body,
                    "Content-Disposition",
                    "inline; filename=\"" + safe + "\"");
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    private final HttpServer server;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();

    private Site(HttpServer server) {
        this.server = server;
    }

    /** Starts on a port of loopback; 0 takes a free one. */
    static Site start(int port, Pages pages) {
        try {
            var site = new Site(HttpServer.create(Loopback.at(port), 0));
            site.server.createContext("/", exchange -> serve(exchange, pages));
            site.server.setExecutor(site.requests);
            site.server.start();
            return site;
        } catch (IOException taken) {
            throw new UncheckedIOException("port " + port + " of loopback is taken", taken);
        }
    }

    String url(String path) {
        return Loopback.url(server.getAddress().getPort()) + path;
    }

    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
    }

    private static void serve(HttpExchange exchange, Pages pages) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = answer(exchange, pages);
            } catch (RuntimeException bug) {
                LOG.error("a page of the demo failed; it is answered with a 500", bug);
                answer = Answer.text(500, "Erreur de la démonstration : voir hub.log.");
            }
            send(exchange, answer);
        }
    }

    private static Answer answer(HttpExchange exchange, Pages pages) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            return Answer.text(413, "1 MiB at most");
        }
        String query = exchange.getRequestURI().getRawQuery();
        return pages.answer(
                new Request(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getPath(),
                        decoded(query == null ? "" : query),
                        lowerCase(exchange.getRequestHeaders()),
                        new String(body, StandardCharsets.UTF_8)));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.contentType());
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; base-uri 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Cache-Control", "no-store");
        if (!answer.header().isEmpty()) {
            headers.set(answer.header(), answer.value());
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, List<String>> lowerCase(Map<String, List<String>> headers) {
        var named = new LinkedHashMap<String, List<String>>();
        headers.forEach((name, values) -> named.put(name.toLowerCase(Locale.ROOT), values));
        return named;
    }

    private static Map<String, String> decoded(String form) {
        var fields = new LinkedHashMap<String, String>();
        for (String pair : form.split("&", 100)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                fields.put(decode(parts[0]), decode(parts[1]));
            }
        }
        return fields;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
