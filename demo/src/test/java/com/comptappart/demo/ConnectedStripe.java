package com.comptappart.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands before the sandbox as if its account were connected to the hub's: what it tells is of that
 * account, and it shows its objects to nobody who does not name it.
 */
final class ConnectedStripe implements AutoCloseable {

    private final String sandbox;
    private final String hub;
    private final String account;
    private final Http http = new Http();
    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> askedWithoutAccount = new CopyOnWriteArrayList<>();
    private volatile String secret = "";

    ConnectedStripe(String sandbox, String hub, String account) throws IOException {
        this.sandbox = sandbox;
        this.hub = hub;
        this.account = account;
        server = HttpServer.create(Loopback.at(0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/", this::show);
        server.createContext("/hook", this::tell);
        server.start();
    }

    String url() {
        return Loopback.url(server.getAddress().getPort());
    }

    /** Where the sandbox's events go. */
    String webhookUrl() {
        return url() + "/hook";
    }

    void signWith(String endpointSecret) {
        secret = endpointSecret;
    }

    List<String> asked() {
        return asked;
    }

    List<String> askedWithoutAccount() {
        return askedWithoutAccount;
    }

    private void show(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            asked.add(path);
            if (!account.equals(exchange.getRequestHeaders().getFirst("Stripe-Account"))) {
                askedWithoutAccount.add(path);
                answer(
                        exchange,
                        404,
                        "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"resource_missing\"}}");
                return;
            }
            var request = http.request(sandbox + path).GET();
            for (String name : List.of("Authorization", "Stripe-Version")) {
                var value = exchange.getRequestHeaders().getFirst(name);
                if (value != null) {
                    request.header(name, value);
                }
            }
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            answer(exchange, answer.statusCode(), answer.body());
        }
    }

    private void tell(HttpExchange exchange) throws IOException {
        try (exchange) {
            var event = (ObjectNode) Json.MAPPER.readTree(exchange.getRequestBody().readAllBytes());
            String body = event.put("account", account).toString();
            String at =
                    exchange.getRequestHeaders()
                            .getFirst("Stripe-Signature")
                            .replaceFirst("^t=([0-9]+),.*", "$1");
            var request =
                    http.request(hub)
                            .header("Content-Type", "application/json")
                            .header("Stripe-Signature", "t=" + at + ",v1=" + hmac(at + "." + body))
                            .POST(BodyPublishers.ofString(body));
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            answer(exchange, answer.statusCode(), answer.body());
        }
    }

    private String hmac(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }
}
