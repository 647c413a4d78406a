package com.comptappart.order;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import java.time.Instant;

/**
 * A buyer contests a payment with the bank. No credit note follows by itself: whether one is due is
 * a decision of the seller's.
 *
 * @param paymentReference the payment intent that is contested
 * @param amountMinor what is contested, which may differ from what was paid
 * @param reason Stripe's: {@code fraudulent}, {@code product_not_received}, …
 * @param status Stripe's: {@code needs_response}, {@code under_review}, {@code won}, {@code lost},
 *     …
 * @param stage what the event tells of
 * @param at when Stripe said so
 */
public record Dispute(
        String account,
        Environment environment,
        String disputeId,
        String paymentReference,
        long amountMinor,
        Currency currency,
        String reason,
        String status,
        Stage stage,
        String eventId,
        Instant at) {

    /** Its two ends are told to the partner; what happens between them only changes the status. */
    public enum Stage {
        OPENED,
        GOES_ON,
        CLOSED
    }
}
