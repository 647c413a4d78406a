package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.sandbox.WebhookReceiver.Received;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import com.stripe.net.Webhook;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionLineItemListParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StripeSandboxPurchaseTest {

    private final StripeSandbox sandbox = StripeSandbox.start(0);
    private final WebhookReceiver shop = new WebhookReceiver();
    private final String secret = sandbox.addWebhookEndpoint(shop.url());
    private final Browser browser = new Browser();
    private final StripeClient stripe =
            StripeClient.builder().setApiKey(sandbox.apiKey()).setApiBase(sandbox.url()).build();

    @AfterEach
    void close() {
        SchemaAudit.of(sandbox);
        sandbox.close();
        shop.close();
    }

    @Test
    void a_buyer_pays_on_the_hosted_page_and_the_shop_hears_of_it_before_the_buyer_returns()
            throws StripeException {
        Session session = newSession();
        var page = browser.get(session.getUrl());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Dossier LMNP &lt;2025&gt;", "238,00", "Année");

        var fields = Browser.typed("4242 4242 4242 4242");
        fields.put("custom_annee", "2024");
        var answer = browser.post(session.getUrl(), fields);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location"))
                .hasValue("https://shop.example/merci?s=" + session.getId());
        List<Received> completed = completedEvents();
        assertThat(completed).hasSize(1);
        Session heard =
                (Session)
                        verified(completed.getFirst())
                                .getDataObjectDeserializer()
                                .getObject()
                                .orElseThrow();
        assertThat(heard.getPaymentStatus()).isEqualTo("paid");
        assertThat(heard.getAmountTotal()).isEqualTo(23_800);
        assertThat(heard.getLineItems()).isNull();
        assertThat(heard.getCustomerDetails().getEmail()).isEqualTo("jeanne@exemple.fr");
        assertThat(heard.getCustomerDetails().getName()).isEqualTo("Jeanne <b>Dupont</b>");
        assertThat(heard.getCustomFields().getFirst().getNumeric().getValue()).isEqualTo("2024");
        assertThat(heard.getMetadata()).containsEntry("partner", "gererseul");

        Session read =
                stripe.v1()
                        .checkout()
                        .sessions()
                        .retrieve(
                                session.getId(),
                                SessionRetrieveParams.builder()
                                        .addExpand("line_items.data.price.product")
                                        .addExpand("line_items.data.taxes")
                                        .addExpand("payment_intent.latest_charge")
                                        .build());
        var line = read.getLineItems().getData().getFirst();
        assertThat(line.getAmountTotal()).isEqualTo(23_800);
        assertThat(line.getPrice().getProductObject().getMetadata())
                .containsEntry("partner", "gererseul");
        PaymentIntent intent = read.getPaymentIntentObject();
        assertThat(intent.getStatus()).isEqualTo("succeeded");
        assertThat(intent.getMetadata()).containsEntry("dossier", "d-1");
        Charge charge = intent.getLatestChargeObject();
        assertThat(charge.getPaymentMethodDetails().getCard().getLast4()).isEqualTo("4242");
        StripeSchemas.validate(read.getLastResponse().body());
    }

    @Test
    void everything_the_shop_is_told_has_exactly_the_fields_of_stripe() throws StripeException {
        Session session = newSession();
        browser.post(session.getUrl(), withAnswer("4000000000000002"));
        browser.post(session.getUrl(), withAnswer("5555555555554444"));

        completedEvents();
        assertThat(shop.received())
                .extracting(Received::type)
                .contains(
                        "payment_intent.created",
                        "charge.failed",
                        "payment_intent.payment_failed",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "checkout.session.completed");
        for (Received event : shop.received()) {
            verified(event);
            StripeSchemas.validate(event.body());
        }
        assertThat(shop.received().getFirst().body()).startsWith("{\n  \"id\": \"evt_");
        StripeSchemas.validate(stripe.v1().paymentIntents().list().getLastResponse().body());
        StripeSchemas.validate(stripe.v1().charges().list().getLastResponse().body());
        StripeSchemas.validate(stripe.v1().events().list().getLastResponse().body());
        assertThat(stripe.v1().paymentIntents().list().getData()).hasSize(1);
        assertThat(stripe.v1().charges().list().getData()).hasSize(2);
    }

    @Test
    void an_endpoint_of_the_newest_version_is_told_in_that_versions_fields() throws Exception {
        try (WebhookReceiver newest = new WebhookReceiver()) {
            browser.send(
                    api("/v1/webhook_endpoints")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(
                                    BodyPublishers.ofString(
                                            "enabled_events[]=*&api_version=2026-10-28.endive&url="
                                                    + newest.url()))
                            .build());
            Session session = newSession();
            browser.post(session.getUrl(), withAnswer("378282246310005"));
            newProduct();

            newest.awaitAtLeast(1, e -> e.type().equals("product.created"));
            newest.awaitAtLeast(1, e -> e.type().equals("checkout.session.completed"));
            for (Received event : newest.received()) {
                assertThat(event.json().path("api_version").asString())
                        .isEqualTo("2026-10-28.endive");
                StripeSchemas.validate(event.body(), "2026-10-28.endive");
            }
            String read =
                    browser.send(
                                    api("/v1/checkout/sessions/"
                                                    + session.getId()
                                                    + "?expand%5B%5D=line_items.data.price.product"
                                                    + "&expand%5B%5D=payment_intent.latest_charge")
                                            .header("Stripe-Version", "2026-10-28.endive")
                                            .build())
                            .body();
            StripeSchemas.validate(read, "2026-10-28.endive");
            assertThat(read).contains("\"brand\": \"amex\"", "tax_details");
        }
    }

    @Test
    void a_declined_card_leaves_the_session_open_and_the_buyers_words_in_the_form()
            throws StripeException {
        Session session = newSession();

        var answer = browser.post(session.getUrl(), withAnswer("4000 0000 0000 0002"));

        assertThat(answer.statusCode()).isEqualTo(402);
        assertThat(answer.body())
                .contains("refusée", "Jeanne &lt;b&gt;Dupont&lt;/b&gt;", "1 rue de la Paix")
                .doesNotContain("<b>Dupont", "value=\"4000");
        Session read = stripe.v1().checkout().sessions().retrieve(session.getId());
        assertThat(read.getStatus()).isEqualTo("open");
        assertThat(read.getPaymentStatus()).isEqualTo("unpaid");
    }

    @Test
    void a_number_that_may_be_a_real_card_is_refused_and_nowhere_repeated() throws StripeException {
        Session session = newSession();
        String looksReal = "4539578763621486";

        var answer = browser.post(session.getUrl(), withAnswer(looksReal));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("Ne saisissez jamais une vraie carte ici")
                .doesNotContain(looksReal);
        assertThat(stripe.v1().charges().list().getData()).isEmpty();
        assertThat(stripe.v1().events().list().getLastResponse().body()).doesNotContain(looksReal);
    }

    @Test
    void what_is_missing_is_said_at_its_field() throws StripeException {
        Session session = newSession();

        var answer = browser.post(session.getUrl(), Map.of("email", "nobody", "card_number", ""));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains(
                        "id=\"email-error\"",
                        "id=\"card_number-error\"",
                        "id=\"custom_annee-error\"");
        var bad = withAnswer("4242424242424242");
        bad.put("custom_annee", "deux mille");
        bad.put("card_expiry", "01/20");
        assertThat(browser.post(session.getUrl(), bad).body())
                .contains("id=\"custom_annee-error\"", "id=\"card_expiry-error\"");
    }

    @Test
    void the_page_speaks_english_when_the_session_does() throws StripeException {
        Session session =
                stripe.v1()
                        .checkout()
                        .sessions()
                        .create(params().setLocale(SessionCreateParams.Locale.EN).build());
        assertThat(browser.get(session.getUrl()).body()).contains("lang=\"en\"", "Card number");
    }

    @Test
    void an_expired_session_says_so_and_takes_no_money() throws StripeException {
        Session session = newSession();
        stripe.v1().checkout().sessions().expire(session.getId());

        assertThat(browser.get(session.getUrl()).body()).contains("a expiré");
        assertThat(browser.post(session.getUrl(), withAnswer("4242424242424242")).statusCode())
                .isEqualTo(410);
        assertThat(stripe.v1().paymentIntents().list().getData()).isEmpty();
        shop.awaitAtLeast(1, e -> e.type().equals("checkout.session.expired"));
    }

    @Test
    void two_clicks_on_pay_charge_once() throws Exception {
        Session session = newSession();
        try (var clicks = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                clicks.submit(() -> browser.post(session.getUrl(), withAnswer("4242424242424242")));
            }
        }
        assertThat(stripe.v1().charges().list().getData()).hasSize(1);
        assertThat(completedEvents()).hasSize(1);
    }

    @Test
    void an_event_that_is_not_acknowledged_comes_again_with_its_id_and_a_fresh_signature()
            throws Exception {
        shop.answerNext(500);
        newProduct();

        List<Received> calls = shop.awaitAtLeast(2, e -> e.type().equals("product.created"));

        assertThat(calls).extracting(Received::id).containsOnly(anyEvent());
        assertThat(calls).extracting(Received::signature).doesNotHaveDuplicates();
        for (Received call : calls) {
            verified(call);
        }
        sandbox.redeliver(anyEvent()).join();
        assertThat(shop.received()).hasSize(3);
    }

    @Test
    void a_lost_call_is_made_again_and_a_duplicated_one_comes_twice() throws Exception {
        sandbox.faults().dropNext(1);
        sandbox.faults().duplicateNext(1);
        newProduct();

        List<Received> calls = shop.awaitAtLeast(2, e -> e.type().equals("product.created"));

        assertThat(calls).extracting(Received::id).containsOnly(calls.getFirst().id());
    }

    @Test
    void a_line_item_list_is_read_alone_with_its_products() throws StripeException {
        Session session = newSession();
        var items =
                stripe.v1()
                        .checkout()
                        .sessions()
                        .lineItems()
                        .list(
                                session.getId(),
                                SessionLineItemListParams.builder()
                                        .setLimit(100L)
                                        .addExpand("data.price.product")
                                        .addExpand("data.taxes")
                                        .build());
        StripeSchemas.validate(items.getLastResponse().body());
        assertThat(items.getData().getFirst().getPrice().getProductObject().getName())
                .isEqualTo("Dossier LMNP <2025>");
        assertThat(items.getData().getFirst().getQuantity()).isEqualTo(2);
        assertThat(items.getHasMore()).isFalse();
    }

    private HttpRequest.Builder api(String path) {
        return HttpRequest.newBuilder(URI.create(sandbox.url() + path))
                .header("Authorization", "Bearer " + sandbox.apiKey());
    }

    private String anyEvent() {
        try {
            return stripe.v1().events().list().getData().getLast().getId();
        } catch (StripeException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Received> completedEvents() {
        return shop.awaitAtLeast(1, e -> e.type().equals("checkout.session.completed"));
    }

    private Event verified(Received received) {
        try {
            return Webhook.constructEvent(received.body(), received.signature(), secret);
        } catch (StripeException e) {
            throw new AssertionError("not signed as Stripe does", e);
        }
    }

    private Map<String, String> withAnswer(String card) {
        var fields = Browser.typed(card);
        fields.put("custom_annee", "2024");
        return fields;
    }

    private void newProduct() throws StripeException {
        stripe.v1()
                .products()
                .create(com.stripe.param.ProductCreateParams.builder().setName("Dossier").build());
    }

    private Session newSession() throws StripeException {
        Session session = stripe.v1().checkout().sessions().create(params().build());
        StripeSchemas.validate(session.getLastResponse().body());
        return session;
    }

    private static SessionCreateParams.Builder params() {
        return SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setSuccessUrl("https://shop.example/merci?s={CHECKOUT_SESSION_ID}")
                .setCancelUrl("https://shop.example/panier")
                .putMetadata("partner", "gererseul")
                .setPaymentIntentData(
                        SessionCreateParams.PaymentIntentData.builder()
                                .putMetadata("dossier", "d-1")
                                .build())
                .addCustomField(
                        SessionCreateParams.CustomField.builder()
                                .setKey("annee")
                                .setType(SessionCreateParams.CustomField.Type.NUMERIC)
                                .setLabel(
                                        SessionCreateParams.CustomField.Label.builder()
                                                .setType(
                                                        SessionCreateParams.CustomField.Label.Type
                                                                .CUSTOM)
                                                .setCustom("Année de la déclaration")
                                                .build())
                                .build())
                .addLineItem(
                        SessionCreateParams.LineItem.builder()
                                .setQuantity(2L)
                                .setPriceData(
                                        SessionCreateParams.LineItem.PriceData.builder()
                                                .setCurrency("eur")
                                                .setUnitAmount(11_900L)
                                                .setProductData(
                                                        SessionCreateParams.LineItem.PriceData
                                                                .ProductData.builder()
                                                                .setName("Dossier LMNP <2025>")
                                                                .putMetadata("partner", "gererseul")
                                                                .build())
                                                .build())
                                .build());
    }
}
