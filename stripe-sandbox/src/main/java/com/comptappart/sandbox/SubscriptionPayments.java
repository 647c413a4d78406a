package com.comptappart.sandbox;

import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What the fate of its invoices does to a subscription. */
final class SubscriptionPayments implements InvoiceLife.Watcher {

    private static final Set<String> IN_TROUBLE = Set.of("past_due", "unpaid");

    private final Store store;
    private final Events events;
    private final SubscriptionLife life;

    SubscriptionPayments(Store store, Events events, SubscriptionLife life) {
        this.store = store;
        this.events = events;
        this.life = life;
    }

    @Override
    public void paid(ObjectNode invoice, Cause cause) {
        subscriptionOf(invoice)
                .filter(SubscriptionLife::isAlive)
                .filter(subscription ->
                        subscription.path("latest_invoice").equals(invoice.path("id")))
                .ifPresent(subscription -> becomeActive(subscription, cause));
    }

    /** A mandate was given and the first debit begun: Stripe doesn't wait for the bank. */
    @Override
    public void underWay(ObjectNode invoice, Cause cause) {
        subscriptionOf(invoice)
                .filter(subscription -> SubscriptionLife.is(subscription, "incomplete"))
                .ifPresent(subscription -> becomeActive(subscription, cause));
    }

    private void becomeActive(ObjectNode subscription, Cause cause) {
        boolean paused = SubscriptionLife.is(subscription, "paused");
        boolean inTrouble = IN_TROUBLE.contains(subscription.path("status").asString());
        if (!paused && !inTrouble && !SubscriptionLife.is(subscription, "incomplete")) {
            return;
        }
        ObjectNode before = subscription.deepCopy();
        subscription.put("status", "active");
        life.changed(before, subscription, cause);
        if (paused) {
            var _ = events.record("customer.subscription.resumed", subscription, cause);
        }
    }

    @Override
    public void failed(ObjectNode invoice, boolean forTheLastTime, Cause cause) {
        Optional<ObjectNode> found = subscriptionOf(invoice).filter(SubscriptionLife::isAlive);
        if (found.isEmpty()) {
            return;
        }
        ObjectNode subscription = found.get();
        if (forTheLastTime) {
            life.end(subscription, "payment_failed", cause);
            return;
        }
        if (SubscriptionLife.is(subscription, "active")) {
            ObjectNode before = subscription.deepCopy();
            subscription.put("status", "past_due");
            life.changed(before, subscription, cause);
        }
    }

    @Override
    public void voided(ObjectNode invoice, Cause cause) {
        subscriptionOf(invoice)
                .filter(subscription -> SubscriptionLife.is(subscription, "incomplete"))
                .ifPresent(subscription -> {
                    ObjectNode before = subscription.deepCopy();
                    subscription.put("status", "incomplete_expired");
                    subscription.put("ended_at", store.now());
                    life.changed(before, subscription, cause);
                });
    }

    private Optional<ObjectNode> subscriptionOf(ObjectNode invoice) {
        return store.find(Kind.SUBSCRIPTION, InvoiceDrafts.subscriptionOf(invoice));
    }
}
