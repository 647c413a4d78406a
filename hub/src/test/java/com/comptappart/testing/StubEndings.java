package com.comptappart.testing;

import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What a Stripe of the tests does with a subscription that is to end. */
final class StubEndings {

    private StubEndings() {}

    /** As {@code cancel_at_period_end} and an empty {@code cancel_at} of a POST say. */
    static ObjectNode change(ObjectNode subscription, Map<String, String> form) {
        String atPeriodEnd = form.get("cancel_at_period_end");
        if ("true".equals(atPeriodEnd)) {
            subscription.put("cancel_at_period_end", true);
            subscription.put("cancel_at", periodEnd(subscription));
            subscription.put("canceled_at", Instant.now().getEpochSecond());
        }
        if ("false".equals(atPeriodEnd) || "".equals(form.get("cancel_at"))) {
            subscription.put("cancel_at_period_end", false);
            subscription.putNull("cancel_at").putNull("canceled_at");
        }
        return subscription.deepCopy();
    }

    /** False where it has ended before: Stripe knows no such subscription any more. */
    static boolean end(ObjectNode subscription) {
        if (subscription.path("status").asString("").equals("canceled")) {
            return false;
        }
        long now = Instant.now().getEpochSecond();
        subscription.put("status", "canceled").put("ended_at", now).put("canceled_at", now);
        return true;
    }

    private static long periodEnd(ObjectNode subscription) {
        var item = subscription.path("items").path("data").path(0);
        return item.path("current_period_end")
                .asLong(subscription.path("current_period_end").asLong(0));
    }
}
