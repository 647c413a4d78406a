package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact that a partner must be told; unique by (partner, eventId, eventType).
 *
 * @param order null for {@code ping} and {@code subscription.*}
 * @param eventType {@code order.created}, …
 * @param eventId the Stripe event that caused it
 * @param body the exact JSON that every attempt sends
 */
public record OwedNotification(
        PartnerId partner,
        Environment environment,
        @Nullable OrderId order,
        String eventType,
        String eventId,
        String body,
        Instant occurredAt) {}
