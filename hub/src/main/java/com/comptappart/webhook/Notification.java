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
 * @param stage where a PENDING one is: not tried yet, being sent, or to be tried again
 * @param reason why it waits, failed or is held, in words; empty where nothing is wrong
 * @param lastStatus what the last attempt was answered, 0 where that was nothing
 * @param dueAt when it is tried (again), while PENDING; when its lease ends, while IN_FLIGHT
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
        Stage stage,
        String reason,
        int attempts,
        int lastStatus,
        String body,
        Instant createdAt,
        Instant dueAt,
        @Nullable Instant endedAt) {

    Notification waiting(String why, Instant until) {
        return new Notification(
                id,
                partner,
                environment,
                endpointId,
                order,
                eventType,
                eventId,
                state,
                stage,
                why,
                attempts,
                lastStatus,
                body,
                createdAt,
                until,
                endedAt);
    }

    /** Every notification ends DELIVERED or visibly FAILED; HELD waits for an endpoint. */
    public enum State {
        PENDING,
        DELIVERED,
        FAILED,
        HELD
    }

    /** The same in more detail: PENDING, IN_FLIGHT and RETRYING are PENDING. */
    public enum Stage {
        PENDING,
        IN_FLIGHT,
        RETRYING,
        DELIVERED,
        FAILED,
        HELD;

        /** The state that it is a part of. */
        State state() {
            return isDetail() ? State.PENDING : State.valueOf(name());
        }

        boolean isDetail() {
            return this == IN_FLIGHT || this == RETRYING;
        }
    }

    /**
     * One HTTP try; kept for 90 days.
     *
     * @param address what the call was connected to, with its port, or the addresses that it tried
     * @param status the answer's status, 0 where none came
     * @param error what went wrong instead of an answer, or with it; empty where nothing did
     * @param diagnosis the usual cause, null where nothing is wrong
     * @param requestHeaders one to a line, the partner's key masked; empty where none were sent
     * @param answerHeaders one to a line, the first 8 KiB of them
     * @param answer the answer's first 16 KiB, or what came of it
     * @param askedBy who had it sent again, the id of an API key; empty where the schedule did
     */
    public record Attempt(
            int number,
            Instant at,
            String url,
            String address,
            int status,
            String error,
            @Nullable Diagnosis diagnosis,
            String requestHeaders,
            String answerHeaders,
            String answer,
            CallTimes times,
            String askedBy) {}
}
