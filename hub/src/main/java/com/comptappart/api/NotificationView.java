package com.comptappart.api;

import com.comptappart.webhook.CallTimes;
import com.comptappart.webhook.Diagnosis;
import com.comptappart.webhook.Notification;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
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
        @Schema(
                        description =
                                "The status in more detail: in_flight (being sent now) and retrying (tried, to be"
                                        + " tried again) are pending",
                        allowableValues = {
                            "pending",
                            "in_flight",
                            "retrying",
                            "delivered",
                            "failed",
                            "held"
                        })
                String state,
        @Schema(description = "Why it waits, failed or is held; null where nothing is wrong")
                @Nullable String reason,
        int attemptCount,
        Instant createdAt,
        @Schema(description = "When it is tried (again), while pending and not in_flight")
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
    @Schema(name = "Attempt", description = "One HTTP try; kept for 90 days")
    record AttemptView(
            int number,
            Instant time,
            String url,
            @Schema(
                            description =
                                    "What the call was connected to, or the addresses that it tried",
                            example = "192.0.2.10:443")
                    String address,
            @Schema(description = "The answer's HTTP status; null where none came")
                    @Nullable Integer status,
            @Schema(description = "The whole call, in milliseconds") long latencyMs,
            TimingsView timings,
            @Schema(description = "What went wrong; null where nothing did") @Nullable String error,
            @Schema(description = "The usual cause and what to do; null where nothing is wrong")
                    @Nullable DiagnosisView diagnosis,
            @Schema(description = "As sent, one to a line, your API key masked")
                    String requestHeaders,
            @Schema(description = "One to a line, the first 8 KiB of them") String answerHeaders,
            @Schema(description = "The answer's first 16 KiB") String answer,
            @Schema(
                            description =
                                    "The API key that had it sent again; null where the schedule did",
                            example = "key_4eC39HqLyjWDarjtT1zdp7dc")
                    @Nullable String replayedBy) {

        static AttemptView of(Notification.Attempt attempt) {
            var diagnosis = attempt.diagnosis();
            return new AttemptView(
                    attempt.number(),
                    attempt.at(),
                    attempt.url(),
                    attempt.address(),
                    attempt.status() == 0 ? null : attempt.status(),
                    attempt.times().total().toMillis(),
                    TimingsView.of(attempt.times()),
                    attempt.error().isEmpty() ? null : attempt.error(),
                    diagnosis == null ? null : DiagnosisView.of(diagnosis),
                    attempt.requestHeaders(),
                    attempt.answerHeaders(),
                    attempt.answer(),
                    attempt.askedBy().isEmpty() ? null : attempt.askedBy());
        }
    }

    /** Where the time of an attempt went. */
    @Schema(
            name = "Timings",
            description =
                    "Microseconds. DNS, connect and TLS are 0 where a kept connection was used again")
    record TimingsView(
            long dnsUs,
            long connectUs,
            long tlsUs,
            @Schema(description = "From the request until the answer began") long firstByteUs,
            long totalUs) {

        static TimingsView of(CallTimes times) {
            return new TimingsView(
                    micros(times.resolving()),
                    micros(times.connecting()),
                    micros(times.tls()),
                    micros(times.firstByte()),
                    micros(times.total()));
        }

        private static long micros(Duration time) {
            return time.toNanos() / 1_000;
        }
    }

    /** Why an attempt failed, in plain words. */
    @Schema(name = "Diagnosis")
    record DiagnosisView(
            @Schema(description = "Stable", example = "tls_chain") String code,
            @Schema(description = "In French") String fr,
            @Schema(description = "In English") String en) {

        static DiagnosisView of(Diagnosis diagnosis) {
            return new DiagnosisView(diagnosis.code(), diagnosis.french(), diagnosis.english());
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
                notification.stage().name().toLowerCase(Locale.ROOT),
                notification.reason().isEmpty() ? null : notification.reason(),
                notification.attempts(),
                notification.createdAt(),
                isWaiting(notification) ? notification.dueAt() : null,
                notification.endedAt(),
                notification.body(),
                attempts);
    }

    private static boolean isWaiting(Notification notification) {
        return notification.state() == Notification.State.PENDING
                && notification.stage() != Notification.Stage.IN_FLIGHT;
    }

    static String status(Notification notification) {
        return notification.state().name().toLowerCase(Locale.ROOT);
    }
}
