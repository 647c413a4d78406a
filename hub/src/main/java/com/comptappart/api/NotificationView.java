package com.comptappart.api;

import com.comptappart.webhook.Notification;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A notification as the API shows it. */
@Schema(name = "Notification")
record NotificationView(
        @Schema(
                        description = "The webhook-id of every attempt",
                        example = "msg_4eC39HqLyjWDarjtT1zdp7dc")
                String id,
        String object,
        @Schema(description = "The partner's id") String partner,
        String environment,
        @Schema(description = "Null while it is held for want of an endpoint")
                @Nullable String webhookEndpoint,
        @Nullable Long orderId,
        @Schema(example = "order.created") String eventType,
        @Schema(description = "What caused it, the same on every attempt") String eventId,
        @Schema(allowableValues = {"pending", "delivered", "failed", "held"}) String status,
        @Schema(description = "Why it waits, failed or is held; null where nothing is wrong")
                @Nullable String reason,
        int attemptCount,
        Instant createdAt,
        @Schema(description = "When it is tried (again), while pending")
                @Nullable Instant nextAttemptAt,
        @Nullable Instant endedAt,
        @JsonRawValue
                @Schema(
                        description = "The body that every attempt sends",
                        implementation = Object.class)
                String payload,
        @JsonInclude(JsonInclude.Include.NON_NULL)
                @Schema(
                        description =
                                "Every attempt, oldest first; only where one notification is asked for")
                @Nullable List<AttemptView> attempts) {

    /** One HTTP try. */
    @Schema(name = "Attempt")
    record AttemptView(
            int number,
            Instant time,
            String url,
            @Schema(description = "The answer's HTTP status; null where none came")
                    @Nullable Integer status,
            long latencyMs,
            @Schema(description = "What went wrong; null where nothing did") @Nullable String error,
            @Schema(description = "The answer's first 4 KiB") String answer) {

        static AttemptView of(Notification.Attempt attempt) {
            return new AttemptView(
                    attempt.number(),
                    attempt.at(),
                    attempt.url(),
                    attempt.status() == 0 ? null : attempt.status(),
                    attempt.latencyMillis(),
                    attempt.error().isEmpty() ? null : attempt.error(),
                    attempt.answer());
        }
    }

    static NotificationView of(Notification notification) {
        return of(notification, null);
    }

    static NotificationView of(Notification notification, @Nullable List<AttemptView> attempts) {
        var order = notification.order();
        return new NotificationView(
                notification.id(),
                "notification",
                notification.partner().value(),
                notification.environment().code(),
                notification.endpointId().isEmpty() ? null : notification.endpointId(),
                order == null ? null : order.value(),
                notification.eventType(),
                notification.eventId(),
                status(notification),
                notification.reason().isEmpty() ? null : notification.reason(),
                notification.attempts(),
                notification.createdAt(),
                notification.state() == Notification.State.PENDING ? notification.dueAt() : null,
                notification.endedAt(),
                notification.body(),
                attempts);
    }

    static String status(Notification notification) {
        return notification.state().name().toLowerCase(Locale.ROOT);
    }
}
