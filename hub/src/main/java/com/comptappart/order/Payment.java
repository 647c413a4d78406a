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
 * @param balanceMinor what of the order the customer's credit balance paid, minor units; negative
 *     where a debt of theirs was charged on top; null for nothing
 * @param reducedMinor what of the order was not asked for, since a credit had taken it off before,
 *     minor units; null for nothing
 */
public record Payment(
        Instant paidAt,
        String method,
        @Nullable String last4,
        String reference,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long balanceMinor,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long reducedMinor) {

    /** Without anything from a balance. */
    public Payment(Instant paidAt, String method, @Nullable String last4, String reference) {
        this(paidAt, method, last4, reference, null, null);
    }

    public Payment with(long balance, long reduced) {
        return new Payment(
                paidAt,
                method,
                last4,
                reference,
                balance == 0 ? null : balance,
                reduced == 0 ? null : reduced);
    }

    /** What of the order was not paid in money, minor units. */
    public long withoutMoney() {
        long balance = balanceMinor == null ? 0 : Math.max(0, balanceMinor);
        return balance + (reducedMinor == null ? 0 : reducedMinor);
    }
}
