package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Says why a partner's program refuses a call; no secret of an endpoint leaves it. */
@Component
public class SignatureDebugger {

    /** More than any notification has. */
    public static final int MOST_BYTES = 256 * 1024;

    /** Attempts of one notification whose timestamps are tried. */
    private static final int MOST_ATTEMPTS = 20;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * What is to be examined.
     *
     * @param endpointId whose secrets are tried; that of the notification where it is null
     * @param secret that somebody's program verifies with, null for none
     * @param receivedAt what that program's clock said when the call came, null where nobody knows
     */
    public record Asked(
            SignedCall call,
            @Nullable String endpointId,
            @Nullable String secret,
            @Nullable Instant receivedAt) {

        /** Without the secret, since it may be logged. */
        @Override
        public String toString() {
            return "Asked[" + call.id() + "]";
        }
    }

    private final Secrets secrets;
    private final EndpointRows endpoints;
    private final NotificationRows notifications;
    private final AttemptRows attempts;
    private final Clock clock;

    SignatureDebugger(
            Secrets secrets,
            EndpointRows endpoints,
            NotificationRows notifications,
            AttemptRows attempts,
            Clock clock) {
        this.secrets = secrets;
        this.endpoints = endpoints;
        this.notifications = notifications;
        this.attempts = attempts;
        this.clock = clock;
    }

    /**
     * @param partner null for the operator, who sees all
     * @throws Refused where the endpoint is not there, or the body is none of a notification
     */
    public SignatureReport examine(
            @Nullable PartnerId partner, @Nullable Environment environment, Asked asked) {
        if (asked.call().body().length > MOST_BYTES) {
            throw Refused.invalid("body_too_large", "body: at most 256 KiB");
        }
        var named = notifications.find(partner, environment, asked.call().id().strip());
        var endpoint = endpoint(partner, environment, asked, named);
        var known = new ArrayList<SigningSecret>();
        endpoint.ifPresent(each -> known.addAll(secrets.known(each)));
        String pasted = asked.secret();
        if (pasted != null && !pasted.isBlank()) {
            known.add(new SigningSecret(pasted.strip(), SigningSecret.Kind.PASTED, null));
        }
        return SignatureExamination.of(
                new SignatureEvidence(
                        asked.call(),
                        known,
                        messages(named, endpoint, asked.call()),
                        clock.instant(),
                        asked.receivedAt()));
    }

    private Optional<Endpoint> endpoint(
            @Nullable PartnerId partner,
            @Nullable Environment environment,
            Asked asked,
            Optional<Notification> named) {
        String id = asked.endpointId();
        if (id == null || id.isBlank()) {
            return named.flatMap(
                    each -> endpoints.find(each.partner(), each.environment(), each.endpointId()));
        }
        var found = endpoints.find(partner, environment, id);
        if (found.isEmpty()) {
            throw Refused.notFound("endpoint_not_found", "there is no endpoint " + id);
        }
        return found;
    }

    /** The one that the id names, and those that tell of the event that the body names. */
    private List<SignatureEvidence.Message> messages(
            Optional<Notification> named, Optional<Endpoint> endpoint, SignedCall call) {
        Map<String, Notification> found = new LinkedHashMap<>();
        named.ifPresent(each -> found.put(each.id(), each));
        var event = eventId(call.body());
        if (endpoint.isPresent() && event.isPresent()) {
            notifications
                    .ofEvent(endpoint.get(), event.get())
                    .forEach(each -> found.put(each.id(), each));
        }
        return found.values().stream().map(this::message).toList();
    }

    private SignatureEvidence.Message message(Notification notification) {
        return new SignatureEvidence.Message(
                notification.id(),
                notification.body().getBytes(StandardCharsets.UTF_8),
                attempts.of(notification).reversed().stream()
                        .limit(MOST_ATTEMPTS)
                        .map(each -> each.at().getEpochSecond())
                        .distinct()
                        .toList());
    }

    private static Optional<String> eventId(byte[] body) {
        try {
            var id = JSON.readTree(body).path("event_id");
            return id.isString() ? Optional.of(id.asString()) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
