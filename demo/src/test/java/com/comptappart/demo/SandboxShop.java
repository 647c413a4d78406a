package com.comptappart.demo;

import com.comptappart.sandbox.StripeSandbox;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Sells a partner's products at the sandbox, and pays for them on its pages. */
final class SandboxShop {

    private static final Map<String, String> TYPED =
            Map.of(
                    "email", Purchase.EMAIL,
                    "name", Purchase.BUYER,
                    "line1", "8 cours de l'Intendance",
                    "postal_code", "33000",
                    "city", "Bordeaux",
                    "country", "FR",
                    "card_number", "4242424242424242",
                    "card_expiry", "12 / 34",
                    "card_cvc", "123");

    private final StripeSandbox sandbox;
    private final Http http;
    private final String slug;

    SandboxShop(StripeSandbox sandbox, Http http, String slug) {
        this.sandbox = sandbox;
        this.http = http;
        this.slug = slug;
    }

    /**
     * Makes a webhook endpoint.
     *
     * @param version of the API; empty for the sandbox's newest
     * @return the secret that signs
     */
    String endpoint(String url, String version) {
        String form = "url=" + HubApi.encode(url) + "&enabled_events[]=*";
        return ask("webhook_endpoints", version.isEmpty() ? form : form + "&api_version=" + version)
                .path("secret")
                .asString();
    }

    /** Sells a guide for 50 €; gives the session. */
    JsonNode sell() {
        return bought("mode=payment", "name=Guide&default_price_data[unit_amount]=5000");
    }

    /** Sells a formula for 30 € a week; gives the session. */
    JsonNode subscribe() {
        return bought(
                "mode=subscription",
                "name=Formule&default_price_data[unit_amount]=3000&default_price_data[recurring][interval]=week");
    }

    /** Sells seats for 30 € a week each, by a card that is kept; gives the subscription. */
    JsonNode subscribe(int seats) {
        String price =
                ask(
                                "products",
                                "name=Siège&default_price_data[unit_amount]=3000&default_price_data[recurring][interval]=week"
                                        + "&default_price_data[currency]=eur&metadata[partner]="
                                        + slug)
                        .path("default_price")
                        .asString();
        String customer =
                ask(
                                "customers",
                                "name=Marie Martin&email=marie@example.com&address[country]=FR&address[line1]=1 rue Neuve"
                                        + "&address[postal_code]=33000&address[city]=Bordeaux")
                        .path("id")
                        .asString();
        String card =
                ask("payment_methods/pm_card_visa/attach", "customer=" + customer)
                        .path("id")
                        .asString();
        return ask(
                "subscriptions",
                "customer="
                        + customer
                        + "&default_payment_method="
                        + card
                        + "&items[0][price]="
                        + price
                        + "&items[0][quantity]="
                        + seats);
    }

    /** Changes how many there are, invoiced at once. */
    void resize(JsonNode subscription, int seats) {
        ask(
                "subscriptions/" + subscription.path("id").asString(),
                "proration_behavior=always_invoice&items[0][id]="
                        + subscription.path("items").path("data").path(0).path("id").asString()
                        + "&items[0][quantity]="
                        + seats);
    }

    /** What the customer has at the seller, in cents; negative where it is a credit. */
    long balance(JsonNode subscription) {
        return ask("customers/" + subscription.path("customer").asString(), "")
                .path("balance")
                .asLong();
    }

    /** What the sandbox captured less what it refunded, in cents. */
    long held() {
        long held = 0;
        for (JsonNode charge : ask("charges?limit=100", "").path("data")) {
            held += charge.path("amount_captured").asLong();
        }
        for (JsonNode refund : ask("refunds?limit=100", "").path("data")) {
            held -= refund.path("amount").asLong();
        }
        return held;
    }

    void refund(JsonNode session, long cents) {
        ask("refunds", "amount=" + cents + "&payment_intent=" + intent(session));
    }

    void contest(JsonNode session) {
        String charge =
                ask("payment_intents/" + intent(session), "").path("latest_charge").asString();
        sandbox.dispute(charge, "fraudulent");
    }

    /** How many invoices of subscriptions are paid. */
    int paidSubscriptionInvoices() {
        return ask("invoices?status=paid", "").path("data").size();
    }

    /** How many deliveries will be lost yet. */
    long stillDropped() {
        return ask("/_sandbox/faults", "").path("drop").asLong();
    }

    private static String intent(JsonNode session) {
        return session.path("payment_intent").asString();
    }

    private JsonNode bought(String mode, String product) {
        String price =
                ask(
                                "products",
                                product
                                        + "&default_price_data[currency]=eur"
                                        + (slug.isEmpty() ? "" : "&metadata[partner]=" + slug))
                        .path("default_price")
                        .asString();
        String line = "&line_items[0][quantity]=1&line_items[0][price]=" + price;
        var session =
                ask(
                        "checkout/sessions",
                        mode + line + "&success_url=" + HubApi.encode(sandbox.url() + "/"));
        send(session.path("url").asString(), form());
        var paid = ask("checkout/sessions/" + session.path("id").asString(), "");
        if (!paid.path("payment_status").asString("").equals("paid")) {
            throw new IllegalStateException("not paid: " + paid);
        }
        return paid;
    }

    private static String form() {
        return TYPED.entrySet().stream()
                .map(each -> each.getKey() + "=" + HubApi.encode(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Asks the API with a form, or for an object where that is empty. */
    JsonNode ask(String path, String form) {
        var answer = send(sandbox.url() + (path.startsWith("/") ? path : "/v1/" + path), form);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + answer.body());
        }
        return Json.MAPPER.readTree(answer.body());
    }

    private HttpResponse<String> send(String url, String form) {
        var request = http.request(url).header("Authorization", "Bearer " + sandbox.apiKey());
        if (!form.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form));
        }
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
