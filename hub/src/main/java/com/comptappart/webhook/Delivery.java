package com.comptappart.webhook;

import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notification that a worker holds until its lease ends.
 *
 * @param attempts made so far, over all schedules
 * @param step attempts of the present schedule made so far
 */
record Delivery(
        PartnerId partner,
        String id,
        @Nullable OrderId order,
        String body,
        int attempts,
        int step,
        UUID lease) {}
