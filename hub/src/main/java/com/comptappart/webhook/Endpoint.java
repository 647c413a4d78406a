package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a partner wants to be told.
 *
 * @param id {@code we_…}
 * @param hasApiKey whether calls carry the partner's own {@code X-API-KEY}
 * @param eventTypes what is sent to it; {@code order.created} and {@code order.renewed} unless
 *     chosen
 * @param timeoutSeconds 1 to 30, the whole call
 * @param state whether calls go out
 * @param disabledReason why nothing is sent, empty unless DISABLED
 * @param oldSecretUntil until when the last of the replaced secrets signs, null where none does
 * @param signatureSchemes the signatures that calls carry: {@code v1}, perhaps {@code v1a} too
 * @param publicKey {@code whpk_…}, which verifies {@code v1a}; null without it
 * @param rateLimitPerSecond calls a second at most, over all nodes; null for no limit
 * @param circuit whether calls are withheld because it keeps failing
 * @param nextProbeAt when one call is tried, null while the circuit is CLOSED
 * @param slowedUntil until when it asked to be left alone ({@code Retry-After}), null where it did
 *     not
 */
public record Endpoint(
        String id,
        PartnerId partner,
        Environment environment,
        String url,
        boolean hasApiKey,
        List<String> eventTypes,
        String description,
        int timeoutSeconds,
        State state,
        String disabledReason,
        @Nullable Instant oldSecretUntil,
        List<String> signatureSchemes,
        @Nullable String publicKey,
        @Nullable Integer rateLimitPerSecond,
        Circuit circuit,
        @Nullable Instant nextProbeAt,
        @Nullable Instant slowedUntil,
        Instant createdAt) {

    /** PAUSED by its partner, DISABLED by the hub; what is owed meanwhile is held. */
    public enum State {
        ENABLED,
        PAUSED,
        DISABLED
    }

    /** OPEN withholds everything; HALF_OPEN lets one call go, which closes or opens it. */
    public enum Circuit {
        CLOSED,
        OPEN,
        HALF_OPEN;

        static Circuit of(@Nullable Instant openUntil, Instant now) {
            if (openUntil == null) {
                return CLOSED;
            }
            return openUntil.isAfter(now) ? OPEN : HALF_OPEN;
        }
    }

    public Endpoint {
        signatureSchemes = List.copyOf(signatureSchemes);
        eventTypes = List.copyOf(eventTypes);
    }

    public boolean enabled() {
        return state == State.ENABLED;
    }

    /**
     * @throws Refused where nothing is sent to it now
     */
    Endpoint sending() {
        return switch (state) {
            case ENABLED -> this;
            case PAUSED ->
                    throw Refused.conflict(
                            "endpoint_paused", "the endpoint is paused: resume it first");
            case DISABLED ->
                    throw Refused.conflict(
                            "endpoint_disabled", "the endpoint is disabled: enable it first");
        };
    }
}
