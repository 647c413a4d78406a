package com.comptappart.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A buyer's browser without scripts: reads pages and sends forms. */
final class Browser {

    private final HttpClient http = HttpClient.newHttpClient();

    HttpResponse<String> get(String url, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> post(String url, Map<String, String> fields) {
        String body =
                fields.entrySet().stream()
                        .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                        .collect(Collectors.joining("&"));
        return send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a buyer types, with this card. */
    static Map<String, String> typed(String card) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("email", "jeanne@exemple.fr");
        fields.put("name", "Jeanne <b>Dupont</b>");
        fields.put("line1", "1 rue de la Paix");
        fields.put("line2", "");
        fields.put("postal_code", "75002");
        fields.put("city", "Paris");
        fields.put("country", "FR");
        fields.put("phone", "");
        fields.put("card_number", card);
        fields.put("card_expiry", "12 / 34");
        fields.put("card_cvc", "123");
        return fields;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
