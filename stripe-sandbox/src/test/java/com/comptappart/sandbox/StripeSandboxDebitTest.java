package com.comptappart.sandbox;

import static com.comptappart.sandbox.Merchant.refused;
import static com.comptappart.sandbox.Merchant.valid;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import com.stripe.param.PaymentMethodCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StripeSandboxDebitTest {

    private final Merchant shop = new Merchant();

    @AfterEach
    void close() throws Exception {
        shop.verifyAll();
        shop.close();
    }

    @Test
    void a_debit_completes_the_session_unpaid_and_pays_it_when_the_bank_answers()
            throws StripeException {
        Session session = newSession();
        assertThat(shop.browser.get(session.getUrl()).body())
                .contains("value=\"sepa_debit\"", "IBAN", "Prélèvement SEPA");

        var answer = payBy(session, "FR30 2004 1010 0505 0001 3M02 609");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).contains(session.getId());
        assertThat(shop.toldUpTo("checkout.session.completed"))
                .containsExactly(
                        "payment_intent.created",
                        "payment_intent.processing",
                        "charge.pending",
                        "checkout.session.completed");
        assertThat(read(session).getStatus()).isEqualTo("complete");
        assertThat(read(session).getPaymentStatus()).isEqualTo("unpaid");
        assertThat(intent(session).getStatus()).isEqualTo("processing");

        shop.time.pass(Duration.ofSeconds(179));
        assertThat(read(session).getPaymentStatus()).isEqualTo("unpaid");
        shop.time.pass(Duration.ofSeconds(1));

        assertThat(read(session).getPaymentStatus()).isEqualTo("paid");
        assertThat(intent(session).getStatus()).isEqualTo("succeeded");
        assertThat(shop.toldUpTo("checkout.session.async_payment_succeeded"))
                .endsWith(
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "checkout.session.async_payment_succeeded");
    }

    @Test
    void an_account_that_pays_at_once_needs_no_clock() throws StripeException {
        Session session = newSession();
        payBy(session, "FR1420041010050500013M02606");

        shop.told("checkout.session.async_payment_succeeded");
        assertThat(read(session).getPaymentStatus()).isEqualTo("paid");
        String charge = intent(session).getLatestCharge();
        assertThat(
                        shop.stripe
                                .v1()
                                .charges()
                                .retrieve(charge)
                                .getPaymentMethodDetails()
                                .getSepaDebit()
                                .getLast4())
                .isEqualTo("2606");
    }

    @Test
    void a_debit_that_the_bank_refuses_leaves_the_order_unpaid() throws StripeException {
        Session atOnce = newSession();
        Session later = newSession();
        Session limit = newSession();
        payBy(atOnce, "FR8420041010050500013M02607");
        payBy(later, "FR7920041010050500013M02600");
        payBy(limit, "FR5920041010050000000121212");
        shop.time.pass(Duration.ofMinutes(3));

        shop.webhook.awaitAtLeast(
                3, event -> event.type().equals("checkout.session.async_payment_failed"));

        for (Session session : new Session[] {atOnce, later, limit}) {
            assertThat(read(session).getPaymentStatus()).isEqualTo("unpaid");
            assertThat(intent(session).getStatus()).isEqualTo("requires_payment_method");
        }
        String charge = intent(limit).getLatestCharge();
        assertThat(shop.stripe.v1().charges().retrieve(charge).getFailureCode())
                .isEqualTo("charge_exceeds_weekly_limit");
        assertThat(shop.webhook.received())
                .extracting(event -> event.type())
                .contains("charge.failed", "payment_intent.payment_failed")
                .doesNotContain("checkout.session.async_payment_succeeded");
    }

    @Test
    void one_account_pays_and_contests_it_afterwards() throws StripeException {
        Session session = newSession();
        payBy(session, "FR5720041010050500013M02608");

        shop.told("charge.dispute.closed");

        assertThat(shop.toldUpTo("charge.dispute.closed"))
                .endsWith(
                        "checkout.session.async_payment_succeeded",
                        "charge.dispute.created",
                        "charge.dispute.funds_withdrawn",
                        "charge.dispute.closed");
        assertThat(read(session).getPaymentStatus()).isEqualTo("paid");
    }

    @Test
    void any_other_iban_is_refused_and_nowhere_repeated() throws StripeException {
        Session session = newSession();
        String looksReal = "FR7630006000011234567890189";

        var answer = payBy(session, looksReal);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("id=\"iban-error\"", "Ne saisissez jamais un vrai IBAN ici")
                .doesNotContain(looksReal);
        var byApi = refused(InvalidRequestException.class, () -> account(looksReal));
        assertThat(byApi.getCode()).isEqualTo("invalid_bank_account_iban");
        assertThat(byApi.getMessage()).doesNotContain(looksReal);
        assertThat(shop.stripe.v1().charges().list().getData()).isEmpty();
    }

    @Test
    void a_debit_by_api_is_processing_until_the_bank_answers() throws StripeException {
        String method = valid(account("AT321904300235473204")).getId();

        PaymentIntent processing = valid(shop.pay(method, 10_000));

        assertThat(processing.getStatus()).isEqualTo("processing");
        assertThat(processing.getPaymentMethodTypes()).contains("sepa_debit");
        shop.sandbox.settleNow();
        assertThat(shop.stripe.v1().paymentIntents().retrieve(processing.getId()).getStatus())
                .isEqualTo("succeeded");
    }

    @Test
    void a_session_offers_only_what_it_was_asked_to() throws StripeException {
        Session cardOnly =
                shop.stripe
                        .v1()
                        .checkout()
                        .sessions()
                        .create(
                                params("eur")
                                        .addPaymentMethodType(
                                                SessionCreateParams.PaymentMethodType.CARD)
                                        .build());
        assertThat(shop.browser.get(cardOnly.getUrl()).body()).doesNotContain("IBAN");
        assertThat(payBy(cardOnly, "FR1420041010050500013M02606").body())
                .contains("id=\"card_number-error\"");
        Session dollars = shop.stripe.v1().checkout().sessions().create(params("usd").build());
        assertThat(dollars.getPaymentMethodTypes()).containsExactly("card");
    }

    private com.stripe.model.PaymentMethod account(String iban) throws StripeException {
        return shop.stripe
                .v1()
                .paymentMethods()
                .create(
                        PaymentMethodCreateParams.builder()
                                .setType(PaymentMethodCreateParams.Type.SEPA_DEBIT)
                                .setSepaDebit(
                                        PaymentMethodCreateParams.SepaDebit.builder()
                                                .setIban(iban)
                                                .build())
                                .setBillingDetails(
                                        PaymentMethodCreateParams.BillingDetails.builder()
                                                .setName("Jeanne")
                                                .setEmail("jeanne@exemple.fr")
                                                .build())
                                .build());
    }

    private java.net.http.HttpResponse<String> payBy(Session session, String iban) {
        Map<String, String> fields = Browser.typed("");
        fields.put("card_expiry", "");
        fields.put("card_cvc", "");
        fields.put("method", "sepa_debit");
        fields.put("iban", iban);
        return shop.browser.post(session.getUrl(), fields);
    }

    private Session read(Session session) throws StripeException {
        return valid(shop.stripe.v1().checkout().sessions().retrieve(session.getId()));
    }

    private PaymentIntent intent(Session session) throws StripeException {
        return valid(shop.stripe.v1().paymentIntents().retrieve(read(session).getPaymentIntent()));
    }

    private Session newSession() throws StripeException {
        return valid(shop.stripe.v1().checkout().sessions().create(params("eur").build()));
    }

    static SessionCreateParams.Builder params(String currency) {
        return SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setSuccessUrl("https://shop.example/merci?s={CHECKOUT_SESSION_ID}")
                .addLineItem(
                        SessionCreateParams.LineItem.builder()
                                .setQuantity(1L)
                                .setPriceData(
                                        SessionCreateParams.LineItem.PriceData.builder()
                                                .setCurrency(currency)
                                                .setUnitAmount(11_900L)
                                                .setProductData(
                                                        SessionCreateParams.LineItem.PriceData
                                                                .ProductData.builder()
                                                                .setName("Dossier LMNP")
                                                                .build())
                                                .build())
                                .build());
    }
}
