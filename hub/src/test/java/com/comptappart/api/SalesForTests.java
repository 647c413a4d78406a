package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import com.comptappart.testing.Purchases;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** A partner that sells: its keys, its endpoint, its orders. */
record SalesForTests(
        HubForTests hub, String id, String slug, HubForTests staging, String endpoint) {

    static SalesForTests of(HubForTests hub, String slug, PartnerReceiver receiver) {
        String id = PartnersApiTest.partner(hub, slug);
        var staging = hub.as(PartnersApiTest.key(hub, id, "staging"));
        String endpoint =
                json(
                                staging.post(
                                        "/v1/webhook-endpoints",
                                        "{\"url\": \"" + receiver.url("/" + slug) + "\"}"),
                                201)
                        .path("id")
                        .asString();
        return new SalesForTests(hub, id, slug, staging, endpoint);
    }

    HubForTests production() {
        return hub.as(PartnersApiTest.key(hub, id, "production"));
    }

    /** A paid session, as the partner's order once its invoice is there and it was told. */
    JsonNode sale(String session) {
        pay(session, false);
        return HubForTests.eventually(
                () -> byEvent(staging, session),
                order ->
                        order.path("notifications")
                                        .path(0)
                                        .path("status")
                                        .asString("")
                                        .equals("delivered")
                                && order.path("emails")
                                        .path(0)
                                        .path("status")
                                        .asString("")
                                        .equals("kept")
                                // Read before the others, it may be younger than what they tell.
                                && order.path("invoice").hasNonNull("number"));
    }

    void pay(String session, boolean live) {
        String secret = live ? HubForTests.LIVE_STRIPE_SECRET : HubForTests.STRIPE_SECRET;
        assertThat(
                        hub.stripeEvent(Purchases.event(session, slug, live), secret, Instant.now())
                                .statusCode())
                .isEqualTo(200);
    }

    static JsonNode byEvent(HubForTests as, String session) {
        return json(as.get("/v1/orders?event_id=evt_" + session), 200).path("data").path(0);
    }
}
