package com.comptappart.sandbox;

import static com.comptappart.sandbox.Merchant.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.sandbox.WebhookReceiver.Received;
import com.stripe.StripeClient;
import com.stripe.exception.ApiException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Product;
import com.stripe.net.Webhook;
import com.stripe.param.ProductCreateParams;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StripeSandboxFaultsTest {

    private final Merchant shop = new Merchant();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void one_change_may_be_told_by_two_events() throws StripeException {
        shop.sandbox.faults().secondEventNext(1);
        newProduct("Dossier");

        List<Received> told = shop.webhook.awaitAtLeast(2, any("product.created"));

        assertThat(told.get(0).id()).isNotEqualTo(told.get(1).id());
        assertThat(told.get(0).json().path("data")).isEqualTo(told.get(1).json().path("data"));
        assertThat(shop.stripe.v1().events().list().getData()).hasSize(2);
    }

    @Test
    void events_may_arrive_in_reverse_order() throws StripeException {
        shop.sandbox.faults().reorderNext(3);
        shop.pay("pm_card_visa", 1_000);

        shop.webhook.awaitAtLeast(1, any("payment_intent.created"));
        assertThat(shop.webhook.received().subList(0, 4))
                .extracting(Received::type)
                .containsExactly(
                        "charge.updated",
                        "payment_intent.succeeded",
                        "charge.succeeded",
                        "payment_intent.created");
    }

    @Test
    void a_call_may_be_signed_wrongly_or_long_ago_and_comes_again_right() throws Exception {
        shop.webhook.answerNext(400);
        shop.sandbox.faults().wrongSignatureNext(1);
        newProduct("Dossier");
        List<Received> calls = shop.webhook.awaitAtLeast(2, any("product.created"));
        assertThatThrownBy(() -> verify(calls.get(0), 0))
                .isInstanceOf(SignatureVerificationException.class);
        verify(calls.get(1), 0);

        shop.sandbox.faults().oldTimestampNext(1);
        shop.sandbox.redeliver(calls.get(0).id()).join();
        Received old = shop.webhook.awaitAtLeast(3, any("product.created")).getLast();
        verify(old, 0);
        long signed = Long.parseLong(old.signature().replaceAll("t=([0-9]+),.*", "$1"));
        assertThat(Instant.ofEpochSecond(signed))
                .isEqualTo(shop.time.instant().minus(Duration.ofMinutes(10)));
    }

    @Test
    void the_api_may_fail_or_ask_for_patience_without_doing_anything() throws StripeException {
        shop.sandbox.faults().failNext(1);
        assertThat(refused(ApiException.class, () -> newProduct("Dossier")).getStatusCode())
                .isEqualTo(500);
        shop.sandbox.faults().limitNext(1, Duration.ofSeconds(7));
        var limited = refused(RateLimitException.class, () -> newProduct("Dossier"));
        assertThat(limited.getStatusCode()).isEqualTo(429);

        newProduct("Dossier");

        assertThat(shop.stripe.v1().products().list().getData()).hasSize(1);
        post("/_sandbox/faults", "rate_limit=1&retry_after=7");
        assertThat(
                        shop.browser
                                .send(shop.request("/v1/products").build())
                                .headers()
                                .firstValue("Retry-After"))
                .hasValue("7");
    }

    @Test
    void a_request_whose_answer_is_lost_is_done_once_when_it_is_repeated() throws StripeException {
        var patient =
                StripeClient.builder()
                        .setApiKey(shop.sandbox.apiKey())
                        .setApiBase(shop.sandbox.url())
                        .setMaxNetworkRetries(3)
                        .build();
        shop.sandbox.faults().loseAnswerNext(1);

        Product made =
                patient.v1()
                        .products()
                        .create(ProductCreateParams.builder().setName("Dossier").build());

        assertThat(shop.stripe.v1().products().list().getData())
                .extracting(Product::getId)
                .containsExactly(made.getId());
    }

    @Test
    void all_of_it_is_there_over_http_for_tests_in_other_languages() throws StripeException {
        var set = post("/_sandbox/faults", "drop=2&second_event=1&wrong_signature=3");
        assertThat(set.statusCode()).isEqualTo(200);
        assertThat(set.body())
                .contains("\"drop\": 2", "\"second_event\": 1", "\"wrong_signature\": 3");
        assertThat(post("/_sandbox/faults", "dorp=2").body()).contains("parameter_unknown");
        assertThat(post("/_sandbox/faults", "drop=-1").statusCode()).isEqualTo(400);
        assertThat(shop.browser.send(shop.request("/_sandbox/faults").DELETE().build()).body())
                .contains("\"drop\": 0");

        PaymentIntent debit = shop.pay("pm_sepaDebit_successDelayed_fr", 1_000);
        post("/_sandbox/settle", "");
        assertThat(shop.stripe.v1().paymentIntents().retrieve(debit.getId()).getStatus())
                .isEqualTo("succeeded");
        String dispute = "/_sandbox/charges/" + debit.getLatestCharge() + "/dispute";
        assertThat(post(dispute, "reason=duplicate").body()).contains("\"reason\": \"duplicate\"");
        String event = shop.told("charge.dispute.created").id();
        assertThat(post("/_sandbox/events/" + event + "/redeliver", "").statusCode())
                .isEqualTo(200);
        shop.webhook.awaitAtLeast(2, any("charge.dispute.created"));
        assertThat(post("/_sandbox/advance", "seconds=86400").body()).contains("\"now\": ");
        assertThat(post("/_sandbox/advance", "seconds=0").statusCode()).isEqualTo(400);
    }

    private void verify(Received call, long tolerance) throws SignatureVerificationException {
        Webhook.Signature.verifyHeader(call.body(), call.signature(), shop.secret, tolerance);
    }

    private HttpResponse<String> post(String path, String form) {
        return shop.browser.send(
                shop.request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build());
    }

    private Product newProduct(String name) throws StripeException {
        return shop.stripe
                .v1()
                .products()
                .create(ProductCreateParams.builder().setName(name).build());
    }

    private static Predicate<Received> any(String type) {
        return event -> event.type().equals(type);
    }
}
