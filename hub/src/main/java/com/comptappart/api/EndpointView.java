package com.comptappart.api;

import com.comptappart.webhook.Endpoint;
import com.comptappart.webhook.Endpoints;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A webhook endpoint as the API shows it. */
@Schema(name = "WebhookEndpoint")
record EndpointView(
        @Schema(example = "we_4eC39HqLyjWDarjtT1zdp7dc") String id,
        @Schema(allowableValues = "webhook_endpoint") String object,
        @Schema(description = "The partner's id") String partner,
        String environment,
        @Schema(format = "uri", example = "https://declarons.example/webhooks/comptappart")
                String url,
        @Schema(description = "Whether calls carry the partner's own X-API-KEY", example = "true")
                boolean hasApiKey,
        @Schema(example = "[\"order.created\", \"order.renewed\"]") List<String> eventTypes,
        @Schema(example = "CRM") String description,
        @Schema(description = "The whole call, 1 to 30", example = "10") int timeoutSeconds,
        @Schema(example = "true") boolean enabled,
        @Schema(allowableValues = {"enabled", "paused", "disabled"}) String status,
        @Schema(description = "Why the hub disabled it; null unless disabled")
                @Nullable String disabledReason,
        @Schema(
                        description =
                                "Until when the last of the secrets that were replaced signs beside the new one")
                @Nullable Instant oldSecretUntil,
        @Schema(
                        description =
                                "The Standard Webhooks signatures that calls carry: v1, and v1a where asked for",
                        example = "[\"v1\"]")
                List<String> signatureSchemes,
        @Schema(
                        description =
                                "whpk_…, the Ed25519 key that verifies v1a; null without it. It never"
                                        + " changes, and is public at …/public-key",
                        example = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=")
                @Nullable String publicKey,
        @Schema(
                        description =
                                "Calls a second at most, over all of the hub's nodes; null for no limit",
                        minimum = "1",
                        maximum = "1000")
                @Nullable Integer rateLimitPerSecond,
        @Schema(
                        description =
                                "closed: calls go out. open: it failed too often in a row, nothing is sent until"
                                        + " next_probe_at. half_open: one call is tried, which closes or opens it",
                        allowableValues = {"closed", "open", "half_open"})
                String circuit,
        @Schema(description = "When one call is tried; null while the circuit is closed")
                @Nullable Instant nextProbeAt,
        @Schema(
                        description =
                                "Until when nothing is sent because it answered 429 or 503 with Retry-After; null"
                                        + " where it did not")
                @Nullable Instant slowedUntil,
        Instant createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL)
                @Schema(
                        description =
                                "whsec_…, the Standard Webhooks secret: only in the answers to"
                                        + " creation and rotate-secret",
                        example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=")
                @Nullable String secret) {

    EndpointView {
        eventTypes = List.copyOf(eventTypes);
        signatureSchemes = List.copyOf(signatureSchemes);
    }

    static EndpointView of(Endpoint endpoint) {
        return of(endpoint, null);
    }

    static EndpointView of(Endpoints.WithSecret made) {
        return of(made.endpoint(), made.secret());
    }

    private static EndpointView of(Endpoint endpoint, @Nullable String secret) {
        return new EndpointView(
                endpoint.id(),
                "webhook_endpoint",
                endpoint.partner().value(),
                endpoint.environment().code(),
                endpoint.url(),
                endpoint.hasApiKey(),
                endpoint.eventTypes(),
                endpoint.description(),
                endpoint.timeoutSeconds(),
                endpoint.enabled(),
                endpoint.state().name().toLowerCase(Locale.ROOT),
                endpoint.disabledReason().isEmpty() ? null : endpoint.disabledReason(),
                endpoint.oldSecretUntil(),
                endpoint.signatureSchemes(),
                endpoint.publicKey(),
                endpoint.rateLimitPerSecond(),
                endpoint.circuit().name().toLowerCase(Locale.ROOT),
                endpoint.nextProbeAt(),
                endpoint.slowedUntil(),
                endpoint.createdAt(),
                secret);
    }
}
