package com.comptappart.api;

import com.comptappart.kernel.Refused;
import com.comptappart.partner.Caller;
import com.comptappart.partner.KeyScope;
import com.comptappart.webhook.Endpoint;
import com.comptappart.webhook.Endpoints;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/webhook-endpoints/{id}/…}: what can be asked of one. */
@RestController
@Tag(name = "Webhook endpoints")
class EndpointCommandsApi {

    private static final int DEFAULT_OVERLAP_HOURS = 24;
    private static final int MAX_OVERLAP_HOURS = 24 * 30;

    @Schema(name = "RotateSecret")
    record Rotation(
            @Schema(
                            description = "How long the old secret signs beside the new one",
                            minimum = "0",
                            maximum = "720",
                            defaultValue = "24",
                            example = "48")
                    @Nullable Integer overlapHours) {}

    @Schema(name = "WebhookPublicKey")
    record PublicKey(
            @Schema(example = "we_4eC39HqLyjWDarjtT1zdp7dc") String endpoint,
            @Schema(allowableValues = SCHEME) String scheme,
            @Schema(allowableValues = ALGORITHM) String algorithm,
            @Schema(example = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=")
                    String publicKey) {}

    private static final String SCHEME = "v1a";
    private static final String ALGORITHM = "ed25519";
    private final Endpoints endpoints;
    private final Deeds deeds;

    EndpointCommandsApi(Endpoints endpoints, Deeds deeds) {
        this.deeds = deeds;
        this.endpoints = endpoints;
    }

    @PostMapping("/v1/webhook-endpoints/{id}/ping")
    @Needs(KeyScope.WEBHOOK_ENDPOINTS_WRITE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "pingWebhookEndpoint",
            summary = "Send a ping",
            description =
                    "Owes a \"ping\" to this endpoint alone. Get the notification to see how it went.")
    NotificationView ping(Caller caller, @PathVariable("id") String id) {
        var endpoint = WebhookEndpointsApi.find(endpoints, caller, id);
        return NotificationView.of(
                deeds.of(caller, "endpoint.pinged", endpoint).done(() -> endpoints.ping(endpoint)));
    }

    @PostMapping("/v1/webhook-endpoints/{id}/rotate-secret")
    @Needs(KeyScope.WEBHOOK_ENDPOINTS_WRITE)
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Make a new signing secret",
            description =
                    "The answer shows it this once. The secret that it replaces signs beside it for overlap_hours, and"
                            + " those before until their own dates, so that no call is refused meanwhile; 0 ends them all."
                            + " Five older ones at most (409 too_many_secrets). Send an Idempotency-Key: where the answer is"
                            + " lost, the same key shows the same secret again.")
    EndpointView rotate(
            Caller caller,
            @PathVariable("id") String id,
            @RequestBody(required = false) @Nullable Rotation rotation) {
        int hours =
                rotation == null || rotation.overlapHours() == null
                        ? DEFAULT_OVERLAP_HOURS
                        : rotation.overlapHours();
        if (hours < 0 || hours > MAX_OVERLAP_HOURS) {
            throw Refused.invalid(
                    "overlap_hours_invalid",
                    "overlap_hours must be between 0 and " + MAX_OVERLAP_HOURS);
        }
        var endpoint = WebhookEndpointsApi.find(endpoints, caller, id);
        return EndpointView.of(
                deeds.of(caller, "endpoint.secret-rotated", endpoint)
                        .with("overlap-hours", Integer.toString(hours))
                        .done(() -> endpoints.rotateSecret(endpoint, Duration.ofHours(hours))));
    }

    @PostMapping("/v1/webhook-endpoints/{id}/revoke-old-secret")
    @Needs(KeyScope.WEBHOOK_ENDPOINTS_WRITE)
    @Operation(
            operationId = "revokeOldWebhookSecret",
            summary = "End the overlap of a rotation now",
            description =
                    "For a secret that leaked: from a second later only the newest secret signs."
                            + " Nothing happens where none rotates.")
    EndpointView revokeOldSecret(Caller caller, @PathVariable("id") String id) {
        var endpoint = WebhookEndpointsApi.find(endpoints, caller, id);
        return EndpointView.of(
                deeds.of(caller, "endpoint.old-secret-revoked", endpoint)
                        .done(() -> endpoints.revokeOldSecret(endpoint)));
    }

    @GetMapping("/v1/webhook-endpoints/{id}/public-key")
    @NeedsNoKey
    @Operation(
            operationId = "getWebhookPublicKey",
            summary = "Get the public key that verifies v1a",
            description =
                    "Pin what it answers: the key of an endpoint never changes. 404 unless the endpoint"
                            + " has v1a among its signature_schemes.")
    PublicKey publicKey(@PathVariable("id") String id) {
        return endpoints
                .publicKey(id)
                .map(key -> new PublicKey(id, SCHEME, ALGORITHM, key))
                .orElseThrow(() ->
                        Refused.notFound(
                                "public_key_not_found",
                                "there is no webhook endpoint "
                                        + id
                                        + " that signs with a private key; add v1a to its signature_schemes"));
    }

    @PostMapping("/v1/webhook-endpoints/{id}/pause")
    @Needs(KeyScope.WEBHOOK_ENDPOINTS_WRITE)
    @Operation(
            operationId = "pauseWebhookEndpoint",
            summary = "Pause an endpoint",
            description =
                    "Nothing is sent to it from a second later; what is owed is held, and goes out on resume.")
    EndpointView pause(Caller caller, @PathVariable("id") String id) {
        return changed(caller, id, "endpoint.paused", endpoints::pause);
    }

    @PostMapping("/v1/webhook-endpoints/{id}/resume")
    @Needs(KeyScope.WEBHOOK_ENDPOINTS_WRITE)
    @Operation(
            operationId = "resumeWebhookEndpoint",
            summary = "Resume a paused endpoint",
            description = "What was held goes out. A disabled endpoint is not resumed but enabled.")
    EndpointView resume(Caller caller, @PathVariable("id") String id) {
        return changed(caller, id, "endpoint.resumed", endpoints::resume);
    }

    @PostMapping("/v1/webhook-endpoints/{id}/enable")
    @Needs(KeyScope.WEBHOOK_ENDPOINTS_WRITE)
    @Operation(
            operationId = "enableWebhookEndpoint",
            summary = "Enable a disabled endpoint",
            description =
                    "A paused one is resumed by it too. Follow it with recover to get what failed meanwhile.")
    EndpointView enable(Caller caller, @PathVariable("id") String id) {
        return changed(caller, id, "endpoint.enabled", endpoints::enable);
    }

    private EndpointView changed(
            Caller caller, String id, String act, UnaryOperator<Endpoint> change) {
        var endpoint = WebhookEndpointsApi.find(endpoints, caller, id);
        return EndpointView.of(deeds.of(caller, act, endpoint).done(() -> change.apply(endpoint)));
    }
}
