package com.comptappart.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Answers what the hub reads of an order: its session, lines, products and payment. */
final class StubStripe extends HttpConversation {

    private static final byte[] UNKNOWN =
            response(
                    "404 Not Found",
                    "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"resource_missing\",\"message\":\"the bench has no such object\"}}"
                            .getBytes(StandardCharsets.UTF_8));

    private final Shop shop;
    private final Sightings sightings;

    StubStripe(Shop shop, Sightings sightings) {
        this.shop = shop;
        this.sightings = sightings;
    }

    @Override
    void answer(Head head, byte[] body, ByteBuffer out) {
        sightings.stripeAsked();
        String path = head.path();
        int query = path.indexOf('?');
        String object = query < 0 ? path : path.substring(0, query);
        if (Shop.numberIn(object) < 0) {
            out.put(UNKNOWN);
            return;
        }
        out.put(response("200 OK", json(object).getBytes(StandardCharsets.UTF_8)));
    }

    private String json(String path) {
        int n = Shop.numberIn(path);
        if (path.endsWith("/line_items")) {
            return shop.lineItems(n);
        }
        if (path.startsWith("/v1/products/")) {
            return shop.product(path);
        }
        if (path.startsWith("/v1/payment_intents/")) {
            return shop.intent(n);
        }
        return shop.session(n);
    }
}
