package com.comptappart.order;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A fact: Stripe told this of a refund, or of a credit that is none of Stripe's refunds. The key is
 * (account, environment, refundId).
 *
 * @param account the connected account, empty for our own
 * @param refundId {@code re_…}; of a credit the Stripe invoice or credit note that gave it
 * @param paymentReference {@link Payment#reference} of the orders that the payment made; a credit
 *     may name the subscription of its orders instead
 * @param amountMinor minor units
 * @param reason Stripe's, such as {@code requested_by_customer}; empty where none was given
 * @param failureReason Stripe's, such as {@code lost_or_stolen_card}; empty unless it failed
 * @param order the order that the refund's own metadata names; null where it names none
 * @param eventId the Stripe event that told of it
 * @param at when the refund was made
 * @param credit null where Stripe sends the money back
 * @param of for what, where it is known
 */
public record Refund(
        String account,
        Environment environment,
        String refundId,
        String paymentReference,
        @Nullable String chargeId,
        long amountMinor,
        Currency currency,
        Status status,
        String reason,
        String failureReason,
        @Nullable OrderId order,
        String eventId,
        Instant at,
        @Nullable Credit credit,
        GivenBack of) {

    /**
     * Where a refund stands, in the order in which it moves: a later one never goes back. PENDING
     * also stands for what waits for the buyer ({@code requires_action}).
     */
    public enum Status {
        PENDING,
        SUCCEEDED,
        FAILED,
        CANCELED;

        /** As Stripe writes it. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    public Refund with(GivenBack known) {
        return new Refund(
                account,
                environment,
                refundId,
                paymentReference,
                chargeId,
                amountMinor,
                currency,
                status,
                reason,
                failureReason,
                order,
                eventId,
                at,
                credit,
                known);
    }

    /** One of Stripe's refunds. */
    public Refund(
            String account,
            Environment environment,
            String refundId,
            String paymentReference,
            @Nullable String chargeId,
            long amountMinor,
            Currency currency,
            Status status,
            String reason,
            String failureReason,
            @Nullable OrderId order,
            String eventId,
            Instant at) {
        this(
                account,
                environment,
                refundId,
                paymentReference,
                chargeId,
                amountMinor,
                currency,
                status,
                reason,
                failureReason,
                order,
                eventId,
                at,
                null,
                GivenBack.OF_ALL);
    }

    public Refund {
        if (refundId.isBlank() || paymentReference.isBlank()) {
            throw new IllegalArgumentException("a refund has an id and names its payment");
        }
        if (amountMinor < 0) {
            throw new IllegalArgumentException("a refund is of 0 or more, not " + amountMinor);
        }
    }
}
