package com.comptappart.order;

/**
 * Something happened to a subscription.
 *
 * @param state what it is according to the event that tells of it
 * @param eventId the Stripe event
 * @param key makes it one fact, however many events tell of it: empty where the change of state
 *     itself does
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
