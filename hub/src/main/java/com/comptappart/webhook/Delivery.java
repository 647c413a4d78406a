package com.comptappart.webhook;

import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notification that a worker holds until its lease ends.
 *
 * @param attempts made so far, over all schedules
 * @param step attempts of the present schedule made so far
 * @param place when it is sent, null where its endpoint has no rate limit
 */
record Delivery(
        PartnerId partner,
        String id,
        @Nullable OrderId order,
        String body,
        int attempts,
        int step,
        UUID lease,
        @Nullable Instant place) {

    Delivery at(Instant taken) {
        return new Delivery(partner, id, order, body, attempts, step, lease, taken);
    }
}
