package com.comptappart.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something happened to a subscription.
 *
 * @param state what it is according to the event that tells of it
 * @param eventId the Stripe event
 * @param at when it happened, as Stripe's event says
 * @param key makes it one fact, however many events tell of it: what the subscription is after an
 *     update, the invoice and attempt of a failed payment; empty where it happens only once
 * @param askedAt when Stripe was asked for the state, because the event's time says not whether it
 *     is the newest; null where the state is the event's own
 */
public record SubscriptionFact(
        Kind kind,
        SubscriptionState state,
        String eventId,
        Instant at,
        String key,
        @Nullable Instant askedAt) {

    /** What partners are told of, as it follows in a life: Stripe's times are whole seconds. */
    public enum Kind {
        CREATED,
        UPDATED,
        PAYMENT_FAILED,
        CANCELED
    }
}
