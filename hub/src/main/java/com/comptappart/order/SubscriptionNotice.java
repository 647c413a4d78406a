package com.comptappart.order;

/**
 * What a partner must be told of a subscription.
 *
 * @param state the newest that is known, which may be newer than the event
 * @param eventId the Stripe event that caused it
 */
public record SubscriptionNotice(
        SubscriptionFact.Kind kind, SubscriptionState state, String eventId) {}
