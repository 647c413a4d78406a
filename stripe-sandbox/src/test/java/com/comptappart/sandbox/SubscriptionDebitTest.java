package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscriptionDebitTest {

    private static final String PAID_LATER = "FR3020041010050500013M02609";
    private static final String REFUSED_LATER = "FR7920041010050500013M02600";

    private final BillingShop shop = new BillingShop();
    private final Browser browser = new Browser();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void a_debit_begins_a_subscription_whose_invoice_is_paid_when_the_bank_answers()
            throws StripeException {
        Session session = subscribeBy(PAID_LATER);

        assertThat(session.getStatus()).isEqualTo("complete");
        assertThat(session.getPaymentStatus()).isEqualTo("unpaid");
        assertThat(session.getSubscriptionObject().getStatus()).isEqualTo("active");
        assertThat(session.getInvoiceObject().getStatus()).isEqualTo("open");
        assertThat(shop.eventsSince(0)).doesNotContain("invoice.paid");
        int mark = shop.eventCount();

        shop.sandbox.settleNow();

        assertThat(shop.eventsSince(mark))
                .containsExactly(
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "invoice_payment.paid",
                        "invoice.paid",
                        "invoice.payment_succeeded",
                        "checkout.session.async_payment_succeeded");
        Session paid = read(session);
        assertThat(paid.getPaymentStatus()).isEqualTo("paid");
        assertThat(paid.getInvoiceObject().getStatus()).isEqualTo("paid");
    }

    @Test
    void the_same_account_is_debited_again_a_year_later() throws StripeException {
        Session session = subscribeBy(PAID_LATER);
        shop.sandbox.settleNow();

        shop.after(Duration.ofDays(366));
        shop.sandbox.settleNow();

        assertThat(shop.invoices()).extracting(Invoice::getStatus).containsExactly("paid", "paid");
        PaymentIntent renewal = shop.stripe.v1().paymentIntents().list().getData().getFirst();
        assertThat(renewal.getPaymentMethodTypes()).contains("sepa_debit");
        assertThat(renewal.getPaymentMethod())
                .isEqualTo(session.getSubscriptionObject().getDefaultPaymentMethod());
    }

    @Test
    void a_debit_that_the_bank_refuses_leaves_the_invoice_open_and_the_subscription_past_due()
            throws StripeException {
        Session session = subscribeBy(REFUSED_LATER);
        int mark = shop.eventCount();

        shop.sandbox.settleNow();

        assertThat(shop.eventsSince(mark))
                .contains(
                        "invoice.payment_failed",
                        "customer.subscription.updated",
                        "checkout.session.async_payment_failed")
                .doesNotContain("invoice.paid");
        Session failed = read(session);
        assertThat(failed.getPaymentStatus()).isEqualTo("unpaid");
        assertThat(failed.getInvoiceObject().getStatus()).isEqualTo("open");
        assertThat(failed.getSubscriptionObject().getStatus()).isEqualTo("past_due");
    }

    @Test
    void a_kept_account_pays_a_subscription_by_api_without_waiting_for_the_bank()
            throws StripeException {
        Subscription subscription =
                shop.subscribe(
                        BillingShop.of(
                                shop.customer("pm_sepaDebit_successDelayed_fr"),
                                shop.yearly(12_000)));

        assertThat(subscription.getStatus()).isEqualTo("active");
        assertThat(shop.latestInvoice(subscription).getStatus()).isEqualTo("open");
        shop.sandbox.settleNow();
        assertThat(shop.latestInvoice(subscription).getStatus()).isEqualTo("paid");
    }

    private Session subscribeBy(String iban) throws StripeException {
        Session session =
                shop.stripe
                        .v1()
                        .checkout()
                        .sessions()
                        .create(
                                SessionCreateParams.builder()
                                        .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                                        .setSuccessUrl("https://shop.example/merci")
                                        .addLineItem(
                                                SessionCreateParams.LineItem.builder()
                                                        .setPrice(shop.yearly(12_000).getId())
                                                        .setQuantity(1L)
                                                        .build())
                                        .build());
        Map<String, String> fields = Browser.typed("");
        fields.put("method", "sepa_debit");
        fields.put("iban", iban);
        assertThat(browser.post(session.getUrl(), fields).statusCode()).isEqualTo(303);
        return read(session);
    }

    private Session read(Session session) throws StripeException {
        Session read =
                shop.stripe
                        .v1()
                        .checkout()
                        .sessions()
                        .retrieve(
                                session.getId(),
                                SessionRetrieveParams.builder()
                                        .addExpand("subscription")
                                        .addExpand("invoice")
                                        .build());
        StripeSchemas.validate(read.getLastResponse().body());
        return read;
    }
}
