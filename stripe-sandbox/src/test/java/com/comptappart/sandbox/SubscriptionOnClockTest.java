package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.testhelpers.TestClockAdvanceParams;
import com.stripe.param.testhelpers.TestClockCreateParams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscriptionOnClockTest {

    /** The 31st of January 2027. */
    private static final long START = 1_801_353_600L;

    private static final long DAY = 86_400;

    private final BillingShop shop = new BillingShop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void a_month_that_begins_on_the_31st_comes_back_to_it() throws StripeException {
        String clock = clock();
        Subscription subscription = subscribeOn(clock);
        assertThat(subscription.getCreated()).isEqualTo(START);

        advance(clock, START + 40 * DAY);

        var item = shop.read(subscription).getItems().getData().getFirst();
        assertThat(item.getCurrentPeriodStart()).isEqualTo(START + 28 * DAY);
        assertThat(item.getCurrentPeriodEnd()).isEqualTo(START + 59 * DAY);
        assertThat(shop.latestInvoice(subscription).getCreated()).isEqualTo(START + 28 * DAY);
        assertThat(shop.latestInvoice(subscription).getStatusTransitions().getPaidAt())
                .isEqualTo(START + 28 * DAY + 3_600);
    }

    @Test
    void a_trial_that_is_ended_early_is_invoiced_at_once_and_one_that_is_given_later_waits()
            throws StripeException {
        String clock = clock();
        Subscription subscription = subscribeOn(clock);
        Subscription trialing =
                update(
                        subscription,
                        SubscriptionUpdateParams.builder().setTrialEnd(START + 10 * DAY));
        assertThat(trialing.getStatus()).isEqualTo("trialing");

        Subscription active =
                update(
                        subscription,
                        SubscriptionUpdateParams.builder()
                                .setTrialEnd(SubscriptionUpdateParams.TrialEnd.NOW));

        assertThat(active.getStatus()).isEqualTo("active");
        assertThat(shop.latestInvoice(subscription).getTotal()).isEqualTo(900);
        assertThat(shop.invoices()).hasSize(2);
    }

    @Test
    void deleting_the_clock_takes_its_subscriptions_along() throws StripeException {
        String clock = clock();
        Subscription subscription = subscribeOn(clock);
        assertThat(
                        shop.stripe
                                .v1()
                                .subscriptions()
                                .list(SubscriptionListParams.builder().setTestClock(clock).build())
                                .getData())
                .hasSize(1);

        var _ = shop.stripe.v1().testHelpers().testClocks().delete(clock);

        assertThat(shop.read(subscription).getStatus()).isEqualTo("canceled");
    }

    private Subscription update(
            Subscription subscription, SubscriptionUpdateParams.Builder params)
            throws StripeException {
        Subscription changed =
                shop.stripe
                        .v1()
                        .subscriptions()
                        .update(
                                subscription.getId(),
                                params.setProrationBehavior(
                                                SubscriptionUpdateParams.ProrationBehavior.NONE)
                                        .build());
        StripeSchemas.validate(changed.getLastResponse().body());
        return changed;
    }

    private Subscription subscribeOn(String clock) throws StripeException {
        var customer =
                shop.stripe
                        .v1()
                        .customers()
                        .create(
                                CustomerCreateParams.builder()
                                        .setTestClock(clock)
                                        .setInvoiceSettings(
                                                CustomerCreateParams.InvoiceSettings.builder()
                                                        .setDefaultPaymentMethod("pm_card_visa")
                                                        .build())
                                        .build());
        return shop.subscribe(BillingShop.of(customer, shop.monthly(900)));
    }

    private String clock() throws StripeException {
        return shop.stripe
                .v1()
                .testHelpers()
                .testClocks()
                .create(TestClockCreateParams.builder().setFrozenTime(START).build())
                .getId();
    }

    private void advance(String clock, long to) throws StripeException {
        var _ =
                shop.stripe
                        .v1()
                        .testHelpers()
                        .testClocks()
                        .advance(clock, TestClockAdvanceParams.builder().setFrozenTime(to).build());
    }
}
