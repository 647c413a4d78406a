package com.comptappart.order;

/**
 * Something happened to a subscription.
 *
 * @param state what it is according to the event that tells of it
 * @param eventId the Stripe event
 * @param key makes it one fact, however many events tell of it: what the subscription is after an
 *     update, the invoice and attempt of a failed payment; empty where it happens only once
 */
public record SubscriptionFact(Kind kind, SubscriptionState state, String eventId, String key) {

    /** What partners are told of. */
    public enum Kind {
        CREATED,
        UPDATED,
        CANCELED,
        PAYMENT_FAILED
    }
}
