package com.comptappart.order;

import java.util.List;

/** Subscriptions changed; published inside the transaction that records it. */
public record SubscriptionsChanged(List<SubscriptionNotice> notices) {
    public SubscriptionsChanged {
        notices = List.copyOf(notices);
    }
}
