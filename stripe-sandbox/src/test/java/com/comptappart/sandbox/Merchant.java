package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.comptappart.sandbox.WebhookReceiver.Received;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeObjectInterface;
import com.stripe.net.Webhook;
import com.stripe.param.PaymentIntentCreateParams;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;

/** A shop with its own sandbox, whose clock it moves, its webhook, and Stripe's SDK. */
final class Merchant implements AutoCloseable {

    final TestTime time = new TestTime();
    final StripeSandbox sandbox = StripeSandbox.start(0, time);
    final WebhookReceiver webhook = new WebhookReceiver();
    final String secret = sandbox.addWebhookEndpoint(webhook.url());
    final Browser browser = new Browser();
    final StripeClient stripe =
            StripeClient.builder().setApiKey(sandbox.apiKey()).setApiBase(sandbox.url()).build();

    interface Calling {
        Object call() throws StripeException;
    }

    PaymentIntent pay(String method, long amount) throws StripeException {
        return stripe.v1()
                .paymentIntents()
                .create(
                        PaymentIntentCreateParams.builder()
                                .setAmount(amount)
                                .setCurrency("eur")
                                .setPaymentMethod(method)
                                .setConfirm(true)
                                .putMetadata("order", "o-1")
                                .build());
    }

    /** The types of what the webhook was told, in order, up to the first of the last one. */
    List<String> toldUpTo(String last) {
        Received until = webhook.awaitAtLeast(1, event -> event.type().equals(last)).getFirst();
        List<Received> all = webhook.received();
        return all.subList(0, all.indexOf(until) + 1).stream().map(Received::type).toList();
    }

    Received told(String type) {
        return webhook.awaitAtLeast(1, event -> event.type().equals(type)).getLast();
    }

    /** Every event so far is signed and has exactly Stripe's fields; so has the event list. */
    void verifyAll() throws Exception {
        for (Received event : webhook.received()) {
            Webhook.Signature.verifyHeader(event.body(), event.signature(), secret, 0);
            StripeSchemas.validate(event.body());
        }
        for (String version : List.of("2026-07-29.dahlia", "2026-10-28.endive")) {
            for (String path :
                    List.of(
                            "events",
                            "refunds",
                            "disputes",
                            "charges",
                            "payment_intents",
                            "balance_transactions")) {
                var answer =
                        browser.send(
                                request("/v1/" + path + "?limit=100")
                                        .header("Stripe-Version", version)
                                        .build());
                assertThat(answer.statusCode()).isEqualTo(200);
                StripeSchemas.validate(answer.body(), version);
            }
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(sandbox.url() + path))
                .header("Authorization", "Bearer " + sandbox.apiKey());
    }

    static <T extends StripeException> T refused(Class<T> type, Calling calling) {
        T refusal = catchThrowableOfType(type, calling::call);
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal;
    }

    static <T extends StripeObjectInterface> T valid(T resource) {
        StripeSchemas.validate(resource.getLastResponse().body());
        return resource;
    }

    @Override
    public void close() {
        SchemaAudit.of(sandbox);
        sandbox.close();
        webhook.close();
    }
}
