package com.comptappart.sandbox;

import static com.comptappart.sandbox.Merchant.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Quote;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionSchedule;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.QuoteCreateParams;
import com.stripe.param.SubscriptionScheduleCreateParams;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What begins or changes a subscription without a buyer at a page: schedules and quotes. */
class SubscriptionScheduleTest {

    private final BillingShop shop = new BillingShop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void each_phase_of_a_schedule_is_invoiced_at_its_own_quantity_and_the_end_cancels()
            throws StripeException {
        SubscriptionSchedule schedule = schedule(1, 3);
        assertThat(schedule.getStatus()).isEqualTo("active");

        shop.after(Duration.ofDays(63));

        assertThat(shop.invoices()).extracting(Invoice::getTotal).containsExactly(2_700L, 900L);
        assertThat(shop.invoices()).extracting(Invoice::getStatus).containsExactly("paid", "paid");
        SubscriptionSchedule over =
                shop.stripe.v1().subscriptionSchedules().retrieve(schedule.getId());
        assertThat(over.getStatus()).isEqualTo("completed");
        assertThat(subscription(schedule.getSubscription()).getStatus()).isEqualTo("canceled");
        assertThat(shop.eventsSince(0))
                .containsSubsequence(
                        "subscription_schedule.created",
                        "subscription_schedule.updated",
                        "subscription_schedule.expiring",
                        "subscription_schedule.completed",
                        "customer.subscription.deleted");
    }

    @Test
    void a_released_schedule_leaves_the_subscription_as_it_is() throws StripeException {
        SubscriptionSchedule schedule = schedule(1, 3);

        SubscriptionSchedule released =
                shop.stripe.v1().subscriptionSchedules().release(schedule.getId());

        assertThat(released.getStatus()).isEqualTo("released");
        shop.after(Duration.ofDays(63));
        assertThat(subscription(schedule.getSubscription()).getStatus()).isEqualTo("active");
        assertThat(shop.invoices()).extracting(Invoice::getTotal).containsOnly(900L);
        refused(
                InvalidRequestException.class,
                () -> shop.stripe.v1().subscriptionSchedules().cancel(schedule.getId()));
    }

    @Test
    void an_accepted_quote_begins_its_subscription_once() throws StripeException {
        Quote quote = quote(shop.customer("pm_card_visa"), shop.monthly(900));
        assertThat(quote.getAmountTotal()).isEqualTo(1_800);
        refused(
                InvalidRequestException.class,
                () -> shop.stripe.v1().quotes().accept(quote.getId()));
        var _ = shop.stripe.v1().quotes().finalizeQuote(quote.getId());

        Quote accepted = shop.stripe.v1().quotes().accept(quote.getId());

        assertThat(accepted.getStatus()).isEqualTo("accepted");
        shop.after(Duration.ofHours(2));
        Subscription begun = subscription(accepted.getSubscription());
        assertThat(begun.getStatus()).isEqualTo("active");
        assertThat(shop.latestInvoice(begun).getAmountPaid()).isEqualTo(1_800);
        refused(
                InvalidRequestException.class,
                () -> shop.stripe.v1().quotes().accept(quote.getId()));
    }

    @Test
    void an_open_quote_that_nobody_accepts_is_canceled_after_thirty_days() throws StripeException {
        Quote quote = quote(shop.customer("pm_card_visa"), shop.monthly(900));
        var _ = shop.stripe.v1().quotes().finalizeQuote(quote.getId());

        shop.after(Duration.ofDays(31));

        assertThat(shop.stripe.v1().quotes().retrieve(quote.getId()).getStatus())
                .isEqualTo("canceled");
        assertThat(shop.eventsSince(0)).endsWith("quote.finalized", "quote.canceled");
        assertThat(shop.invoices()).isEmpty();
    }

    @Test
    void a_customers_discount_is_on_their_invoices_until_it_is_deleted() throws StripeException {
        Customer customer = shop.customer("pm_card_visa");
        var coupon =
                shop.stripe
                        .v1()
                        .coupons()
                        .create(
                                CouponCreateParams.builder()
                                        .setPercentOff(BigDecimal.TEN)
                                        .setDuration(CouponCreateParams.Duration.FOREVER)
                                        .build());
        var _ =
                shop.stripe
                        .v1()
                        .customers()
                        .update(
                                customer.getId(),
                                CustomerUpdateParams.builder()
                                        .putExtraParam("coupon", coupon.getId())
                                        .build());
        Subscription subscription = shop.subscribe(BillingShop.of(customer, shop.monthly(900)));
        assertThat(shop.latestInvoice(subscription).getTotal()).isEqualTo(810);

        var _ = shop.stripe.v1().customers().deleteDiscount(customer.getId());

        shop.after(Duration.ofDays(32));
        assertThat(shop.latestInvoice(subscription).getTotal()).isEqualTo(900);
        assertThat(shop.eventsSince(0))
                .containsSubsequence("customer.discount.created", "customer.discount.deleted");
    }

    private SubscriptionSchedule schedule(long... quantities) throws StripeException {
        Price price = shop.monthly(900);
        var params =
                SubscriptionScheduleCreateParams.builder()
                        .setCustomer(shop.customer("pm_card_visa").getId())
                        .setStartDate(SubscriptionScheduleCreateParams.StartDate.NOW)
                        .setEndBehavior(SubscriptionScheduleCreateParams.EndBehavior.CANCEL);
        for (long quantity : quantities) {
            params.addPhase(
                    SubscriptionScheduleCreateParams.Phase.builder()
                            .setDuration(
                                    SubscriptionScheduleCreateParams.Phase.Duration.builder()
                                            .setInterval(
                                                    SubscriptionScheduleCreateParams.Phase.Duration
                                                            .Interval.MONTH)
                                            .setIntervalCount(1L)
                                            .build())
                            .addItem(
                                    SubscriptionScheduleCreateParams.Phase.Item.builder()
                                            .setPrice(price.getId())
                                            .setQuantity(quantity)
                                            .build())
                            .build());
        }
        return shop.stripe.v1().subscriptionSchedules().create(params.build());
    }

    private Quote quote(Customer customer, Price price) throws StripeException {
        return shop.stripe
                .v1()
                .quotes()
                .create(
                        QuoteCreateParams.builder()
                                .setCustomer(customer.getId())
                                .addLineItem(
                                        QuoteCreateParams.LineItem.builder()
                                                .setPrice(price.getId())
                                                .setQuantity(2L)
                                                .build())
                                .build());
    }

    private Subscription subscription(String id) throws StripeException {
        return shop.stripe.v1().subscriptions().retrieve(id);
    }
}
