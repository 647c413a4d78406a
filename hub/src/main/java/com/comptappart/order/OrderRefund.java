package com.comptappart.order;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one order takes of a refund.
 *
 * @param amountMinor the order's part, minor units; an estimate until the refund succeeds
 * @param status where the refund stands now
 * @param succeeded whether it ever succeeded: it is owed a credit note, also when it failed later,
 *     unless it covers
 * @param full nothing of the order is left after it
 * @param reason Stripe's, empty where none was given
 * @param failureReason Stripe's, empty unless it failed
 * @param eventId the Stripe event that told of its success
 * @param at when the refund was made
 * @param covers the refund whose credit note it stands behind, in place of that one's money; empty
 *     where it has a credit note of its own
 * @param unfundedMinor what of its credit note has no money behind it, minor units: it failed after
 *     it had succeeded, and no refund took its place so far
 * @param means how a credit reaches the buyer; null where Stripe refunds
 * @param of what the whole refund is for; lines only where it names this order
 */
public record OrderRefund(
        PartnerId partner,
        OrderId order,
        Environment environment,
        String refundId,
        long amountMinor,
        Currency currency,
        Refund.Status status,
        boolean succeeded,
        boolean full,
        String reason,
        String failureReason,
        String eventId,
        Instant at,
        String covers,
        long unfundedMinor,
        Credit.@Nullable Means means,
        GivenBack of) {

    /** The refund whose credit note tells of this money. */
    public String credited() {
        return covers.isEmpty() ? refundId : covers;
    }

    /** The money came back after it had been refunded. */
    public boolean isReturned() {
        return succeeded && (status == Refund.Status.FAILED || status == Refund.Status.CANCELED);
    }
}
