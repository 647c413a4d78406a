package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.param.SubscriptionUpdateParams;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscriptionWholeLifeTest {

    private final BillingShop shop = new BillingShop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void a_yearly_subscription_lives_from_its_trial_to_its_cancellation() throws StripeException {
        Customer customer = shop.customer("pm_card_visa");
        var price = shop.yearly(12_000);
        int mark = shop.eventCount();

        Subscription subscription =
                shop.subscribe(BillingShop.of(customer, price).setTrialPeriodDays(30L));
        assertThat(subscription.getStatus()).isEqualTo("trialing");
        assertThat(shop.eventsSince(mark))
                .containsExactly(
                        "customer.subscription.created",
                        "invoice.created",
                        "customer.updated",
                        "invoice.finalized",
                        "invoice.paid",
                        "invoice.payment_succeeded");
        Invoice zero = shop.latestInvoice(subscription);
        assertThat(zero.getTotal()).isZero();
        assertThat(zero.getStatus()).isEqualTo("paid");
        assertThat(zero.getBillingReason()).isEqualTo("subscription_create");
        assertThat(zero.getParent().getSubscriptionDetails().getMetadata())
                .containsEntry("partner", "gererseul");

        mark = shop.eventCount();
        shop.after(Duration.ofDays(31));
        assertThat(shop.eventsSince(mark))
                .containsExactly(
                        "invoice.upcoming",
                        "customer.subscription.trial_will_end",
                        "customer.subscription.updated",
                        "invoice.created",
                        "customer.updated",
                        "invoice.finalized",
                        "payment_intent.created",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "invoice_payment.paid",
                        "invoice.paid",
                        "invoice.payment_succeeded");
        Invoice first = shop.latestInvoice(subscription);
        assertThat(first.getTotal()).isEqualTo(12_000);
        assertThat(first.getBillingReason()).isEqualTo("subscription_cycle");

        mark = shop.eventCount();
        shop.after(Duration.ofDays(182));
        subscription =
                shop.setQuantity(
                        subscription, 2, SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE);
        assertThat(shop.eventsSince(mark))
                .containsExactly(
                        "invoiceitem.created",
                        "invoiceitem.created",
                        "customer.subscription.updated",
                        "invoice.created",
                        "customer.updated",
                        "invoice.finalized",
                        "payment_intent.created",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "invoice_payment.paid",
                        "invoice.paid",
                        "invoice.payment_succeeded");
        Invoice changed = shop.latestInvoice(subscription);
        assertThat(changed.getBillingReason()).isEqualTo("subscription_update");
        assertThat(changed.getLines().getData()).hasSize(2);
        long credit = changed.getLines().getData().get(0).getAmount();
        long debit = changed.getLines().getData().get(1).getAmount();
        assertThat(credit).isNegative();
        assertThat(debit + 2 * credit).isBetween(-1L, 1L);
        assertThat(changed.getTotal()).isEqualTo(credit + debit);

        shop.giveCard(customer.getId(), "pm_card_chargeCustomerFail");
        mark = shop.eventCount();
        shop.after(Duration.ofDays(183));
        assertThat(shop.eventsSince(mark))
                .containsExactly(
                        "invoice.upcoming",
                        "customer.subscription.updated",
                        "invoice.created",
                        "customer.updated",
                        "invoice.finalized",
                        "payment_intent.created",
                        "charge.failed",
                        "payment_intent.payment_failed",
                        "invoice.updated",
                        "invoice.payment_failed",
                        "customer.subscription.updated");
        assertThat(shop.read(subscription).getStatus()).isEqualTo("past_due");
        Invoice failed = shop.latestInvoice(subscription);
        assertThat(failed.getAttemptCount()).isEqualTo(1);
        assertThat(failed.getNextPaymentAttempt()).isNotNull();
        assertThat(failed.getTotal()).isEqualTo(24_000);

        shop.giveCard(customer.getId(), "pm_card_mastercard");
        mark = shop.eventCount();
        shop.after(Duration.ofDays(4));
        assertThat(shop.eventsSince(mark))
                .containsExactly(
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "invoice_payment.paid",
                        "invoice.paid",
                        "invoice.payment_succeeded",
                        "customer.subscription.updated");
        assertThat(shop.read(subscription).getStatus()).isEqualTo("active");

        var _ =
                shop.stripe
                        .v1()
                        .subscriptions()
                        .update(
                                subscription.getId(),
                                SubscriptionUpdateParams.builder()
                                        .setCancelAtPeriodEnd(true)
                                        .build());
        mark = shop.eventCount();
        shop.after(Duration.ofDays(366));
        assertThat(shop.eventsSince(mark)).containsExactly("customer.subscription.deleted");
        Subscription over = shop.read(subscription);
        assertThat(over.getStatus()).isEqualTo("canceled");
        assertThat(over.getEndedAt())
                .isEqualTo(over.getItems().getData().getFirst().getCurrentPeriodEnd());
    }
}
