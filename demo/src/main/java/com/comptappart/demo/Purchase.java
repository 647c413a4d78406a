package com.comptappart.demo;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Marie Martin buys something: pages and forms over HTTP, as her browser would send them. */
final class Purchase {

    static final String BUYER = "Marie Martin";
    static final String EMAIL = "marie.martin@example.com";

    private static final String TEST_CARD = "4242 4242 4242 4242";
    private static final Pattern SESSION = Pattern.compile("[?&]session=(cs_test_[A-Za-z0-9]+)");

    private final Http http;
    private final Clock clock;
    private final Product product;
    private final String email;

    Purchase(Http http, Clock clock, Product product, String email) {
        this.http = http;
        this.clock = clock;
        this.product = product;
        this.email = email;
    }

    /**
     * What was bought.
     *
     * @param paidAt when the payment form was sent
     */
    record Paid(String session, Instant paidAt) {}

    /**
     * Goes from the shop's shelf to its thank-you.
     *
     * @throws IllegalStateException with the page that was not as it should be
     */
    Paid make(String shopUrl) {
        var shelf = ok(get(shopUrl), "the shop");
        String action = "/acheter/" + product.path();
        if (!shelf.body().contains("<form method=\"post\" action=\"" + action + "\"")) {
            throw new IllegalStateException("the shop has no button for " + product.path());
        }
        String buy = shelf.uri().resolve(action).toString();
        var checkout = ok(post(buy, Map.of()), "the payment page");
        if (checkout.uri().getPath().equals(URI.create(buy).getPath())) {
            throw new IllegalStateException("the shop does not lead to the payment page");
        }
        Instant paidAt = clock.instant();
        var thanks = ok(post(checkout.uri().toString(), typed()), "the payment");
        Matcher session = SESSION.matcher(thanks.uri().toString());
        if (!session.find()) {
            throw new IllegalStateException("the payment ended at " + thanks.uri());
        }
        return new Paid(session.group(1), paidAt);
    }

    private Map<String, String> typed() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("email", email);
        fields.put("phone", "+33687654321");
        fields.put("name", BUYER);
        fields.put("line1", "8 cours de l'Intendance");
        fields.put("line2", "");
        fields.put("postal_code", "33000");
        fields.put("city", "Bordeaux");
        fields.put("country", "FR");
        fields.put("card_number", TEST_CARD);
        fields.put("card_expiry", "12 / 34");
        fields.put("card_cvc", "123");
        var question = product.question();
        if (question != null) {
            fields.put("custom_" + question.key(), question.usual());
        }
        return fields;
    }

    private HttpResponse<String> get(String url) {
        var request = http.request(url).header("Accept-Language", "fr-FR,fr;q=0.9").GET();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String url, Map<String, String> fields) {
        String form =
                fields.entrySet().stream()
                        .map(field -> field.getKey() + "=" + HubApi.encode(field.getValue()))
                        .collect(Collectors.joining("&"));
        var request =
                http.request(url)
                        .header("Accept-Language", "fr-FR,fr;q=0.9")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form));
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> ok(HttpResponse<String> page, String what) {
        if (page.statusCode() != 200) {
            throw new IllegalStateException(
                    "%s answered %d at %s".formatted(what, page.statusCode(), page.uri()));
        }
        return page;
    }
}
