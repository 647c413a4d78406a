package com.comptappart.order;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which orders to list; null asks nothing. The partner comes first: a partner's own list never
 * leaves it null.
 */
public record OrderFilter(
        @Nullable PartnerId partner,
        @Nullable Environment environment,
        @Nullable String email,
        @Nullable String eventId,
        @Nullable OrderId order,
        @Nullable Instant createdAfter,
        @Nullable Instant createdBefore) {

    public static OrderFilter of(@Nullable PartnerId partner, @Nullable Environment environment) {
        return new OrderFilter(partner, environment, null, null, null, null, null);
    }
}
