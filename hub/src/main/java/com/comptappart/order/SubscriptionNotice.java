package com.comptappart.order;

import java.time.Instant;

/**
 * What a partner must be told of a subscription.
 *
 * @param state the newest that is known, which may be newer than the event
 * @param eventId the Stripe event that caused it
 * @param at when it happened, as that event says
 */
public record SubscriptionNotice(
        SubscriptionFact.Kind kind, SubscriptionState state, String eventId, Instant at) {}
