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
        @Schema(allowableValues = "notification") String object,
        @Schema(description = "The partner's id") String partner,
        String environment,
        @Schema(
                        description = "Null while it is held for want of an endpoint",
                        example = "we_4eC39HqLyjWDarjtT1zdp7dc")
                @Nullable String webhookEndpoint,
        @Schema(description = "Null of a ping and of subscription.*", example = "156")
                @Nullable Long orderId,
        @Schema(example = "order.created") String eventType,
        @Schema(
                        description = "What caused it, the same on every attempt",
                        example = "evt_3QMqH82eZvKYlo2C0xzQjKVp")
                String eventId,
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
                        },
                        example = "retrying")
                String state,
        @Schema(
                        description =
                                "Why it waits, failed or is held; null where nothing is wrong",
                        example = "the partner's server answered 503")
                @Nullable String reason,
        @Schema(example = "1") int attemptCount,
        Instant createdAt,
        @Schema(
                        description = "When it is tried (again), while pending and not in_flight",
                        example = "2026-11-23T14:32:49Z")
                @Nullable Instant nextAttemptAt,
        @Nullable Instant endedAt,
        @JsonRawValue
                @Schema(
                        description = "The body that every attempt sends",
                        types = "object",
                        implementation = Object.class,
                        example = PAYLOAD)
                String payload,
        @JsonInclude(JsonInclude.Include.NON_NULL)
                @Schema(
                        description =
                                "Every attempt, oldest first; only where one notification is asked for")
                @Nullable List<AttemptView> attempts) {

    private static final String PAYLOAD =
            """
            {"event_type": "order.created", "event_id": "evt_3QMqH82eZvKYlo2C0xzQjKVp", "order_id": 156,
             "timestamp": "2026-11-23T14:32:18Z", "environment": "production"}
            """;

    /** One HTTP try. */
    @Schema(name = "Attempt", description = "One HTTP try; kept for 90 days")
    record AttemptView(
            @Schema(example = "1") int number,
            Instant time,
            @Schema(example = "https://declarons.example/webhooks/comptappart") String url,
            @Schema(
                            description =
                                    "What the call was connected to, or the addresses that it tried",
                            example = "192.0.2.10:443")
                    String address,
            @Schema(description = "The answer's HTTP status; null where none came", example = "503")
                    @Nullable Integer status,
            @Schema(description = "The whole call, in milliseconds", example = "182")
                    long latencyMs,
            TimingsView timings,
            @Schema(
                            description =
                                    "What went wrong, also where an answer came (one that does not end); null where nothing did",
                            example = "the partner's server answered 503")
                    @Nullable String error,
            @Schema(description = "The usual cause and what to do; null where nothing is wrong")
                    @Nullable DiagnosisView diagnosis,
            @Schema(
                            description =
                                    "As sent, one to a line, your API key masked; empty where the request was never sent, such as to a refused address",
                            example =
                                    "Content-Type: application/json\nUser-Agent: ComptAppart-Webhook/1.0\nwebhook-id: msg_4eC39HqLyjWDarjtT1zdp7dc")
                    String requestHeaders,
            @Schema(
                            description = "One to a line, the first 8 KiB of them",
                            example = "Content-Type: text/html\nRetry-After: 30")
                    String answerHeaders,
            @Schema(
                            description = "The answer's first 16 KiB, or what came of it",
                            example = "<h1>Service Unavailable</h1>")
                    String answer,
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
            @Schema(example = "1800") long dnsUs,
            @Schema(example = "21000") long connectUs,
            @Schema(example = "44000") long tlsUs,
            @Schema(
                            description =
                                    "From the request until the answer began; null where not one byte of it came",
                            example = "110000")
                    @Nullable Long firstByteUs,
            @Schema(example = "182000") long totalUs) {

        static TimingsView of(CallTimes times) {
            return new TimingsView(
                    micros(times.resolving()),
                    micros(times.connecting()),
                    micros(times.tls()),
                    times.firstByte() == null ? null : micros(times.firstByte()),
                    micros(times.total()));
        }

        private static long micros(Duration time) {
            return time.toNanos() / 1_000;
        }
    }

    /** Why an attempt failed, in plain words. */
    @Schema(name = "Diagnosis")
    record DiagnosisView(
            @Schema(description = "Stable", example = "maintenance") String code,
            @Schema(
                            description = "In French",
                            example =
                                    "Le serveur est en maintenance ou saturé (503) : le hub réessaie.")
                    String fr,
            @Schema(
                            description = "In English",
                            example =
                                    "The server is under maintenance or overloaded (503): the hub tries again.")
                    String en) {

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
