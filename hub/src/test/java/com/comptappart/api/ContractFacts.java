package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;

import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.StripeStub.Line;
import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A hub with a partner that sold, refunded, was told and was not told: something for every call.
 */
final class ContractFacts implements AutoCloseable {

    static final String SLUG = "contrat";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final StripeStub stripe = StripeStub.start();
    final HubForTests hub = new HubForTests().withProduction().asking(stripe).start();
    final PartnerReceiver receiver = new PartnerReceiver();
    final String partner = PartnersApiTest.partner(hub, SLUG);
    final String key = PartnersApiTest.key(hub, partner, "staging");
    final String productionKey = PartnersApiTest.key(hub, partner, "production");
    final String endpoint = endpoint("/hook");
    final JsonNode order;
    final JsonNode refunded;
    final String failedNotification;

    ContractFacts() throws IOException {
        receiver.answering(call -> call.path().startsWith("/broken") ? 503 : 200);
        stripe.product("prod_contract", SLUG).price("price_contract", "prod_contract", 9_999, null);
        subscription();
        order = order("contract");
        refunded = order("contract_refunded");
        refund("contract_refunded");
        String broken = endpoint("/broken");
        var ping = json(hub.as(key).post("/v1/webhook-endpoints/" + broken + "/ping", ""), 202);
        failedNotification = ping.path("id").asString();
        HubForTests.eventually(
                () -> json(hub.as(key).get("/v1/notifications/" + failedNotification), 200),
                each -> !each.path("attempts").isEmpty());
    }

    @Override
    public void close() {
        hub.close();
        receiver.close();
        stripe.close();
    }

    String endpoint(String path) {
        return json(
                        hub.as(key)
                                .post(
                                        "/v1/webhook-endpoints",
                                        "{\"url\": \"" + receiver.url(path) + "\"}"),
                        201)
                .path("id")
                .asString();
    }

    /** A paid order with its invoice, of which the buyer and the partner were told. */
    JsonNode order(String name) {
        stripe.session(
                "cs_" + name,
                new Line("Déclaration d'impôts - Formule Complète", 1, 9_999, "prod_contract"));
        hub.stripeEvent(stripe.completed("evt_" + name, "cs_" + name));
        return HubForTests.eventually(
                () -> SalesForTests.byEvent(hub.as(key), name),
                found ->
                        found.path("notifications")
                                        .path(0)
                                        .path("status")
                                        .asString("")
                                        .equals("delivered")
                                && found.path("emails")
                                        .path(0)
                                        .path("status")
                                        .asString("")
                                        .equals("kept"));
    }

    /** Stripe tells that a part was given back. */
    private void refund(String name) {
        var told =
                JSON.createObjectNode()
                        .put("id", "re_" + name)
                        .put("object", "refund")
                        .put("amount", 3_000)
                        .put("currency", "eur")
                        .put("payment_intent", StripeStub.intentOf("cs_" + name))
                        .put("status", "succeeded")
                        .put("created", 1_790_000_500L);
        hub.stripeEvent(stripe.event("evt_re_" + name, "refund.updated", told).toString());
        HubForTests.eventually(
                () -> SalesForTests.byEvent(hub, name).path("refunds").path(0),
                shown -> !shown.path("credit_note").asString("").isEmpty());
    }

    /** Of a customer who is all the partner's. */
    private void subscription() {
        var subscription =
                (ObjectNode)
                        JSON.readTree(
                                """
                                {"id":"sub_contract","object":"subscription","customer":"cus_contract","metadata":{},
                                 "items":{"data":[{"price":{"id":"price_1","product":"prod_contract"}}]}}
                                """);
        stripe.put("subscriptions/sub_contract", subscription.toString());
        stripe.lists().add("", "/v1/subscriptions", subscription);
    }
}
