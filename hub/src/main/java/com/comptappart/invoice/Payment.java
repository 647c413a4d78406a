package com.comptappart.invoice;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the invoice was paid before it was issued, or what a credit note gives was given back.
 *
 * @param method Stripe's payment method type, or one of ours
 * @param reference Stripe's id of the payment (BT-83)
 * @param balanceMinor what of an invoice the customer's credit balance paid, minor units; negative
 *     where a debt of theirs was charged on top; null for nothing
 * @param reducedMinor what of an invoice was not asked for, since credit notes of before the
 *     payment had taken it off, minor units; null for nothing
 */
public record Payment(
        Instant paidAt,
        String method,
        @Nullable String last4,
        String reference,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long balanceMinor,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long reducedMinor) {

    /** The customer's credit balance: it paid all of the invoice, or took the credit. */
    public static final String BALANCE = "customer_credit";

    /** Outside of Stripe. */
    public static final String ELSEWHERE = "out_of_band";

    /** A credit that was taken off what was due. */
    public static final String REDUCTION = "reduction";

    /** Nothing of it from a balance. */
    public Payment(Instant paidAt, String method, @Nullable String last4, String reference) {
        this(paidAt, method, last4, reference, null, null);
    }

    /** Minor units. */
    public long reduced() {
        return reducedMinor == null ? 0 : reducedMinor;
    }

    /** Minor units; negative where a debt was charged on top. */
    public long fromBalance() {
        return balanceMinor == null ? 0 : balanceMinor;
    }
}
