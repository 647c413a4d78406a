package com.comptappart.demo;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.PaymentMethodCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import java.time.Instant;

/** A subscription that runs at Stripe, and what the partner does with it there. */
final class ShopSubscription {

    private final StripeClient stripe;
    private final String id;

    ShopSubscription(StripeClient stripe, String id) {
        this.stripe = stripe;
        this.id = id;
    }

    /** A call to Stripe's library. */
    private interface Call<T> {
        T make() throws StripeException;
    }

    String id() {
        return id;
    }

    Instant periodEnd() {
        return Instant.ofEpochSecond(read().getItems().getData().getFirst().getCurrentPeriodEnd());
    }

    /** What Stripe asked for with its last invoice, in cents, tax included. */
    long lastInvoiceCents() {
        String invoice = read().getLatestInvoice();
        return done(() -> stripe.v1().invoices().retrieve(invoice)).getTotal();
    }

    /** Another number of properties, from now on; the difference is invoiced at once. */
    void cover(long properties, String coverage) {
        var changed =
                SubscriptionUpdateParams.builder()
                        .setProrationBehavior(
                                SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                        .putMetadata("coverage", coverage)
                        .addItem(
                                SubscriptionUpdateParams.Item.builder()
                                        .setId(read().getItems().getData().getFirst().getId())
                                        .setQuantity(properties)
                                        .build())
                        .build();
        var _ = done(() -> stripe.v1().subscriptions().update(id, changed));
    }

    /**
     * Another card from now on.
     *
     * @param token one of Stripe's test tokens, such as {@code tok_visa}
     */
    void payWith(String token) {
        String customer = read().getCustomer();
        var card =
                PaymentMethodCreateParams.builder()
                        .setType(PaymentMethodCreateParams.Type.CARD)
                        .setCard(PaymentMethodCreateParams.Token.builder().setToken(token).build())
                        .build();
        String method = done(() -> stripe.v1().paymentMethods().create(card)).getId();
        var owner = PaymentMethodAttachParams.builder().setCustomer(customer).build();
        var _ = done(() -> stripe.v1().paymentMethods().attach(method, owner));
        var changed = SubscriptionUpdateParams.builder().setDefaultPaymentMethod(method).build();
        var _ = done(() -> stripe.v1().subscriptions().update(id, changed));
    }

    /** Ends it at once. */
    void cancel() {
        var _ = done(() -> stripe.v1().subscriptions().cancel(id));
    }

    private Subscription read() {
        return done(() -> stripe.v1().subscriptions().retrieve(id));
    }

    private static <T> T done(Call<T> call) {
        try {
            return call.make();
        } catch (StripeException refused) {
            throw new IllegalStateException(
                    "the sandbox refused what a partner does: " + refused.getMessage(), refused);
        }
    }
}
