package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message owed to one endpoint.
 *
 * @param id {@code msg_…}, the webhook-id of every attempt
 * @param endpointId empty while HELD because the partner has no endpoint for it
 * @param order null for {@code ping} and {@code subscription.*}
 * @param reason why it waits, failed or is held, in words; empty where nothing is wrong
 * @param dueAt when it is tried (again), while PENDING
 */
public record Notification(
        String id,
        PartnerId partner,
        Environment environment,
        String endpointId,
        @Nullable OrderId order,
        String eventType,
        String eventId,
        State state,
        String reason,
        int attempts,
        String body,
        Instant createdAt,
        Instant dueAt,
        @Nullable Instant endedAt) {

    /** Every notification ends DELIVERED or visibly FAILED; HELD waits for an endpoint. */
    public enum State {
        PENDING,
        DELIVERED,
        FAILED,
        HELD
    }

    /**
     * One HTTP try.
     *
     * @param status the answer's status, 0 where none came
     * @param error what went wrong instead of an answer, or with it; empty where nothing did
     * @param answer the answer's first 4 KiB
     */
    public record Attempt(
            int number,
            Instant at,
            String url,
            int status,
            long latencyMillis,
            String error,
            String answer) {}
}
