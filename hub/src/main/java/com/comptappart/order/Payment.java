package com.comptappart.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the money came.
 *
 * @param method Stripe's payment method type ({@code card}, {@code sepa_debit}, …), {@code unknown}
 *     where Stripe does not say
 * @param last4 last digits of the card or account
 * @param reference the PaymentIntent, or the session where there is none
 * @param balanceMinor what of the order the customer's credit balance paid or was not asked for,
 *     minor units; negative where a debt of theirs was charged on top; null for nothing
 */
public record Payment(
        Instant paidAt,
        String method,
        @Nullable String last4,
        String reference,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long balanceMinor) {

    /** Without anything from a balance. */
    public Payment(Instant paidAt, String method, @Nullable String last4, String reference) {
        this(paidAt, method, last4, reference, null);
    }

    public Payment withBalance(long minor) {
        return new Payment(paidAt, method, last4, reference, minor == 0 ? null : minor);
    }
}
