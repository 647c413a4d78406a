package com.comptappart.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the money came.
 *
 * @param method Stripe's payment method type ({@code card}, {@code sepa_debit}, …), {@code unknown}
 *     where Stripe does not say
 * @param last4 last digits of the card or account
 * @param reference the PaymentIntent, or the session where there is none
 */
public record Payment(Instant paidAt, String method, @Nullable String last4, String reference) {}
