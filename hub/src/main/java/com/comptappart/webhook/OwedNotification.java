package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact that a partner must be told; unique by (partner, eventId, eventType, order, subject).
 *
 * @param order null for {@code ping} and {@code subscription.*}
 * @param eventType {@code order.created}, …
 * @param eventId the Stripe event that caused it
 * @param subject the refund of {@code order.refunded}, since one event may tell of several; the
 *     subscription of {@code subscription.*}, whose notifications are sent in their order; else
 *     empty
 * @param body the exact JSON that every attempt sends
 */
public record OwedNotification(
        PartnerId partner,
        Environment environment,
        @Nullable OrderId order,
        String eventType,
        String eventId,
        String subject,
        String body,
        Instant occurredAt) {

    /** One that its event and order tell from all others. */
    public OwedNotification(
            PartnerId partner,
            Environment environment,
            @Nullable OrderId order,
            String eventType,
            String eventId,
            String body,
            Instant occurredAt) {
        this(partner, environment, order, eventType, eventId, "", body, occurredAt);
    }
}
