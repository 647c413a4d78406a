package com.comptappart.sandbox;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sets the periods of subscriptions, all items of one alike. Times are seconds. */
final class SubscriptionPeriods {

    private SubscriptionPeriods() {}

    /** The first, which is the trial where there is one; whether there is. */
    static boolean setFirst(ObjectNode subscription, long now) {
        long trialEnd = subscription.path("trial_end").asLong(0);
        boolean trial = trialEnd > now;
        subscription.put("billing_cycle_anchor", trial ? trialEnd : now);
        Period first =
                trial
                        ? new Period(now, trialEnd)
                        : Period.around(now, now, SubscriptionItems.recurringOf(subscription));
        SubscriptionItems.of(subscription).forEach(first::setOn);
        return trial;
    }

    /** The one of its cycle in which that second lies. */
    static void setAround(ObjectNode subscription, long second) {
        long anchor = subscription.path("billing_cycle_anchor").asLong();
        JsonNode recurring = SubscriptionItems.recurringOf(subscription);
        Period period = Period.around(second, anchor, recurring);
        SubscriptionItems.of(subscription).forEach(period::setOn);
    }

    /** A copy of the subscription as it will be after its period's end. */
    static ObjectNode next(ObjectNode subscription, long end) {
        ObjectNode copy = subscription.deepCopy();
        if (copy.path("trial_end").asLong(0) == end) {
            copy.put("billing_cycle_anchor", end);
        }
        setAround(copy, end);
        return copy;
    }

    /** A copy with a period that begins now. */
    static ObjectNode anew(ObjectNode subscription, long now) {
        ObjectNode copy = subscription.deepCopy();
        copy.put("billing_cycle_anchor", now);
        setAround(copy, now);
        return copy;
    }

    static boolean endsAt(JsonNode subscription, long end) {
        return SubscriptionItems.periodOf(subscription).end() == end;
    }
}
