package com.comptappart.invoice;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the invoice was paid before it was issued.
 *
 * @param method Stripe's payment method type
 * @param reference Stripe's id of the payment (BT-83)
 */
public record Payment(Instant paidAt, String method, @Nullable String last4, String reference) {}
