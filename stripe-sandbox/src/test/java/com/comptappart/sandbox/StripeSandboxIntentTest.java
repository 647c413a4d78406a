package com.comptappart.sandbox;

import static com.comptappart.sandbox.Merchant.refused;
import static com.comptappart.sandbox.Merchant.valid;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.ChargeListParams;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentUpdateParams;
import com.stripe.param.PaymentMethodCreateParams;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StripeSandboxIntentTest {

    private final Merchant shop = new Merchant();

    @AfterEach
    void close() throws Exception {
        shop.verifyAll();
        shop.close();
    }

    @Test
    void an_intent_is_made_changed_confirmed_and_read() throws StripeException {
        PaymentIntent made = create(params().build());
        assertThat(made.getStatus()).isEqualTo("requires_payment_method");
        assertThat(made.getClientSecret()).startsWith(made.getId() + "_secret_");
        var token =
                valid(
                        shop.stripe
                                .v1()
                                .paymentMethods()
                                .create(
                                        PaymentMethodCreateParams.builder()
                                                .setType(PaymentMethodCreateParams.Type.CARD)
                                                .putExtraParam("card[token]", "tok_mastercard")
                                                .build()));

        PaymentIntent changed =
                shop.stripe
                        .v1()
                        .paymentIntents()
                        .update(
                                made.getId(),
                                PaymentIntentUpdateParams.builder()
                                        .setAmount(500L)
                                        .setPaymentMethod(token.getId())
                                        .build());
        assertThat(changed.getStatus()).isEqualTo("requires_confirmation");
        PaymentIntent paid = valid(shop.stripe.v1().paymentIntents().confirm(made.getId()));

        assertThat(paid.getStatus()).isEqualTo("succeeded");
        assertThat(paid.getAmountReceived()).isEqualTo(500);
        var charges =
                shop.stripe
                        .v1()
                        .charges()
                        .list(ChargeListParams.builder().setPaymentIntent(paid.getId()).build());
        assertThat(charges.getData())
                .extracting(Charge::getId)
                .containsExactly(paid.getLatestCharge());
        refused(
                InvalidRequestException.class,
                () -> shop.stripe.v1().paymentIntents().confirm(made.getId()));
    }

    @Test
    void each_declining_card_says_why_and_the_intent_may_be_paid_by_another()
            throws StripeException {
        Map<String, String> reasons =
                Map.of(
                        "pm_card_visa_chargeDeclined", "generic_decline",
                        "pm_card_visa_chargeDeclinedInsufficientFunds", "insufficient_funds",
                        "pm_card_visa_chargeDeclinedLostCard", "lost_card",
                        "pm_card_visa_chargeDeclinedStolenCard", "stolen_card",
                        "pm_card_chargeDeclinedExpiredCard", "expired_card",
                        "pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc",
                        "pm_card_chargeDeclinedProcessingError", "processing_error",
                        "pm_card_chargeCustomerFail", "generic_decline");
        for (var reason : reasons.entrySet()) {
            var declined = refused(CardException.class, () -> shop.pay(reason.getKey(), 2_000));
            assertThat(declined.getStatusCode()).isEqualTo(402);
            assertThat(declined.getDeclineCode()).isEqualTo(reason.getValue());
            assertThat(declined.getCharge()).startsWith("ch_");
        }
        var last = refused(CardException.class, () -> shop.pay("pm_card_chargeDeclined", 2_000));
        PaymentIntent open = last.getStripeError().getPaymentIntent();
        assertThat(open.getStatus()).isEqualTo("requires_payment_method");
        assertThat(open.getLastPaymentError().getDeclineCode()).isEqualTo("generic_decline");
        assertThat(confirm(open, "pm_card_visa").getStatus()).isEqualTo("succeeded");
    }

    @Test
    void a_decline_that_is_asked_again_under_its_key_is_not_tried_again() throws StripeException {
        var key = RequestOptions.builder().setIdempotencyKey("once").build();
        var params = params().setPaymentMethod("pm_card_chargeDeclined").setConfirm(true).build();
        for (int i = 0; i < 2; i++) {
            var declined =
                    refused(
                            CardException.class,
                            () -> shop.stripe.v1().paymentIntents().create(params, key));
            assertThat(declined.getDeclineCode()).isEqualTo("generic_decline");
        }
        assertThat(shop.stripe.v1().charges().list().getData()).hasSize(1);
    }

    @Test
    void an_authorization_is_captured_in_part_or_given_up() throws StripeException {
        PaymentIntent held = authorize();
        assertThat(held.getStatus()).isEqualTo("requires_capture");
        assertThat(held.getAmountCapturable()).isEqualTo(2_000);

        PaymentIntent captured =
                valid(
                        shop.stripe
                                .v1()
                                .paymentIntents()
                                .capture(
                                        held.getId(),
                                        PaymentIntentCaptureParams.builder()
                                                .setAmountToCapture(1_500L)
                                                .build()));
        assertThat(captured.getAmountReceived()).isEqualTo(1_500);

        PaymentIntent canceled =
                valid(
                        shop.stripe
                                .v1()
                                .paymentIntents()
                                .cancel(
                                        authorize().getId(),
                                        PaymentIntentCancelParams.builder()
                                                .setCancellationReason(
                                                        PaymentIntentCancelParams.CancellationReason
                                                                .ABANDONED)
                                                .build()));
        assertThat(canceled.getStatus()).isEqualTo("canceled");
        assertThat(canceled.getCancellationReason()).isEqualTo("abandoned");
        refused(
                InvalidRequestException.class,
                () -> shop.stripe.v1().paymentIntents().cancel(captured.getId()));
        shop.told("payment_intent.canceled");
        assertThat(shop.webhook.received())
                .extracting(event -> event.type())
                .contains("payment_intent.amount_capturable_updated", "charge.captured");
    }

    @Test
    void three_d_secure_sends_the_buyer_to_the_bank_and_back() throws StripeException {
        PaymentIntent asked =
                create(
                        params().setPaymentMethod("pm_card_authenticationRequired")
                                .setConfirm(true)
                                .setReturnUrl("https://shop.example/back?cart=7")
                                .build());
        assertThat(asked.getStatus()).isEqualTo("requires_action");
        String bank = asked.getNextAction().getRedirectToUrl().getUrl();
        assertThat(shop.browser.get(bank).body()).contains("Réussir", "Échouer");

        var back = shop.browser.post(bank, Map.of("result", "passed"));

        assertThat(back.headers().firstValue("Location").orElseThrow())
                .startsWith("https://shop.example/back?cart=7&payment_intent=" + asked.getId())
                .endsWith("&redirect_status=succeeded");
        PaymentIntent paid = valid(shop.stripe.v1().paymentIntents().retrieve(asked.getId()));
        assertThat(paid.getStatus()).isEqualTo("succeeded");
        assertThat(
                        valid(shop.stripe.v1().charges().retrieve(paid.getLatestCharge()))
                                .getPaymentMethodDetails()
                                .getCard()
                                .getThreeDSecure()
                                .getResult())
                .isEqualTo("authenticated");
        assertThat(shop.browser.post(bank, Map.of("result", "passed")).statusCode()).isEqualTo(404);
        shop.told("payment_intent.requires_action");
    }

    @Test
    void two_clicks_at_the_bank_charge_once() throws StripeException {
        PaymentIntent asked =
                create(
                        params().setPaymentMethod("pm_card_authenticationRequired")
                                .setConfirm(true)
                                .setReturnUrl("https://shop.example/back")
                                .build());
        String bank = asked.getNextAction().getRedirectToUrl().getUrl();
        try (var clicks = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                clicks.submit(() -> shop.browser.post(bank, Map.of("result", "passed")));
            }
        }
        assertThat(shop.stripe.v1().charges().list().getData()).hasSize(1);
    }

    @Test
    void without_the_buyer_a_card_that_needs_him_is_declined() throws StripeException {
        var declined =
                refused(
                        CardException.class,
                        () ->
                                create(
                                        params().setPaymentMethod("pm_card_authenticationRequired")
                                                .setConfirm(true)
                                                .setOffSession(true)
                                                .build()));
        assertThat(declined.getCode()).isEqualTo("authentication_required");
    }

    @Test
    void a_session_waits_for_the_bank_and_completes_only_when_it_says_yes() throws StripeException {
        for (String number : new String[] {"4000002500003155", "4000002760003184"}) {
            Session session = newSession();
            String bank = challengeOf(session, number);
            assertThat(read(session).getStatus()).isEqualTo("open");

            var refusal = shop.browser.post(bank, Map.of("result", "failed"));
            assertThat(refusal.statusCode()).isEqualTo(402);
            assertThat(refusal.body()).contains(session.getUrl());
            assertThat(read(session).getStatus()).isEqualTo("open");

            var accepted =
                    shop.browser.post(challengeOf(session, number), Map.of("result", "passed"));
            assertThat(accepted.statusCode()).isEqualTo(303);
            assertThat(accepted.headers().firstValue("Location"))
                    .hasValue("https://shop.example/merci?s=" + session.getId());
            assertThat(read(session).getPaymentStatus()).isEqualTo("paid");
        }
        assertThat(shop.stripe.v1().charges().list().getData()).hasSize(2);
    }

    @Test
    void a_card_may_be_declined_after_its_challenge() throws StripeException {
        Session session = newSession();
        var answer =
                shop.browser.post(
                        challengeOf(session, "4000008400001629"), Map.of("result", "passed"));
        assertThat(answer.statusCode()).isEqualTo(402);
        assertThat(read(session).getStatus()).isEqualTo("open");
        shop.told("charge.failed");
    }

    private String challengeOf(Session session, String number) {
        var answer = shop.browser.post(session.getUrl(), Browser.typed(number));
        assertThat(answer.statusCode()).isEqualTo(303);
        String bank = answer.headers().firstValue("Location").orElseThrow();
        assertThat(bank).contains("/c/3ds/pi_");
        return bank;
    }

    private PaymentIntent authorize() throws StripeException {
        return create(
                params().setPaymentMethod("pm_card_visa")
                        .setCaptureMethod(PaymentIntentCreateParams.CaptureMethod.MANUAL)
                        .setConfirm(true)
                        .build());
    }

    private PaymentIntent confirm(PaymentIntent intent, String method) throws StripeException {
        return shop.stripe
                .v1()
                .paymentIntents()
                .confirm(
                        intent.getId(),
                        PaymentIntentConfirmParams.builder().setPaymentMethod(method).build());
    }

    private PaymentIntent create(PaymentIntentCreateParams params) throws StripeException {
        return valid(shop.stripe.v1().paymentIntents().create(params));
    }

    private Session read(Session session) throws StripeException {
        return valid(shop.stripe.v1().checkout().sessions().retrieve(session.getId()));
    }

    private Session newSession() throws StripeException {
        return shop.stripe
                .v1()
                .checkout()
                .sessions()
                .create(StripeSandboxDebitTest.params("eur").build());
    }

    private static PaymentIntentCreateParams.Builder params() {
        return PaymentIntentCreateParams.builder().setAmount(2_000L).setCurrency("eur");
    }
}
