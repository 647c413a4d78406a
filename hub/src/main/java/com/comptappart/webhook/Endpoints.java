package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Ids;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.partner.Partners;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where endpoints are kept. A null partner or environment stands for the operator, who sees all.
 */
@Component
public class Endpoints {

    private static final int MOST_PER_PARTNER = 20;
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    private final EndpointRows rows;
    private final EndpointFields fields;
    private final Secrets secrets;
    private final EndpointNotifications notifications;
    private final Partners partners;
    private final Clock clock;

    Endpoints(
            EndpointRows rows,
            EndpointFields fields,
            Secrets secrets,
            EndpointNotifications notifications,
            Partners partners,
            Clock clock) {
        this.rows = rows;
        this.fields = fields;
        this.secrets = secrets;
        this.notifications = notifications;
        this.partners = partners;
        this.clock = clock;
    }

    /**
     * What a caller wants of an endpoint; null leaves a field as it is (update) or at its default
     * (create).
     *
     * @param rateLimitPerSecond 0 for no limit
     */
    public record Wish(
            @Nullable String url,
            @Nullable String apiKey,
            @Nullable List<String> eventTypes,
            @Nullable String description,
            @Nullable Integer timeoutSeconds,
            @Nullable List<String> signatureSchemes,
            @Nullable Integer rateLimitPerSecond) {

        /** What most want: signed with the secret alone, at any rate. */
        public Wish(
                @Nullable String url,
                @Nullable String apiKey,
                @Nullable List<String> eventTypes,
                @Nullable String description,
                @Nullable Integer timeoutSeconds) {
            this(url, apiKey, eventTypes, description, timeoutSeconds, null, null);
        }

        /** Without the key, since it may be logged. */
        @Override
        public String toString() {
            return "Wish[url=" + url + "]";
        }
    }

    /** A new endpoint, or one with a new secret; the secret is shown this once. */
    public record WithSecret(Endpoint endpoint, String secret) {

        /** Without the secret, since it may be logged. */
        @Override
        public String toString() {
            return "WithSecret[" + endpoint.id() + "]";
        }
    }

    /**
     * Adds an endpoint; what was held for want of one is owed to it from now.
     *
     * @throws Refused with a sentence that says what to do
     */
    @Transactional
    public WithSecret create(PartnerId partner, Environment environment, Wish wish) {
        if (wish.url() == null) {
            throw Refused.invalid("url_missing", "url: say where to call, such as https://…");
        }
        var checked = checked(wish);
        partners.get(partner);
        if (rows.count(partner, environment) >= MOST_PER_PARTNER) {
            throw Refused.conflict(
                    "too_many_endpoints",
                    "there are already 20 endpoints in this environment: delete one first");
        }
        String id = Ids.next("we");
        String secret = Signer.newSecret();
        rows.insert(partner, environment, id, checked, secret);
        secrets.sign(get(partner, id), checked.signatureSchemes());
        notifications.releaseFor(id);
        return new WithSecret(get(partner, id), secret);
    }

    /** Oldest first. */
    public Page<Endpoint> list(
            @Nullable PartnerId partner, @Nullable Environment environment, PageRequest page) {
        return rows.list(partner, environment, page);
    }

    public Optional<Endpoint> find(
            @Nullable PartnerId partner, @Nullable Environment environment, String id) {
        return rows.find(partner, environment, id);
    }

    /** Changes what is given; an empty {@code apiKey} takes the key away. */
    @Transactional
    public Endpoint update(Endpoint endpoint, Wish wish) {
        var checked = checked(wish);
        rows.update(endpoint, checked);
        secrets.sign(endpoint, checked.signatureSchemes());
        if (endpoint.enabled()) {
            notifications.releaseFor(endpoint.id());
        }
        if (checked.url() != null) {
            notifications.tryNow(endpoint);
        }
        return get(endpoint.partner(), endpoint.id());
    }

    /**
     * Nothing more is sent to it; what it was owed waits for the next endpoint that wants it,
     * unless another one was owed the same.
     */
    @Transactional
    public void delete(Endpoint endpoint) {
        notifications.keepEndpoints(endpoint);
        rows.delete(endpoint);
        notifications.leave(endpoint);
    }

    /**
     * Sends nothing more to it, from a second later: what is owed is held until it is resumed.
     *
     * @throws Refused when it is disabled
     */
    @Transactional
    public Endpoint pause(Endpoint endpoint) {
        if (rows.pause(endpoint)) {
            notifications.holdFor(endpoint.id());
        }
        return unlessDisabled(endpoint);
    }

    /**
     * Owes to it from now what was held while it was paused; nothing where it was not.
     *
     * @throws Refused when it is disabled
     */
    @Transactional
    public Endpoint resume(Endpoint endpoint) {
        var found = unlessDisabled(endpoint);
        return found.enabled() ? found : enable(found);
    }

    private Endpoint unlessDisabled(Endpoint endpoint) {
        var found = get(endpoint.partner(), endpoint.id());
        return found.state() == Endpoint.State.DISABLED ? found.sending() : found;
    }

    /** Owes to it from now what was held while it was disabled or paused: it ends both. */
    @Transactional
    public Endpoint enable(Endpoint endpoint) {
        rows.enable(endpoint);
        notifications.releaseFor(endpoint.id());
        return get(endpoint.partner(), endpoint.id());
    }

    /**
     * Makes a new secret; the one that it replaces signs beside it for the overlap, and those
     * before until their own dates. Zero: only the new one signs.
     *
     * @throws Refused when five old ones sign already
     */
    @Transactional
    public WithSecret rotateSecret(Endpoint endpoint, Duration overlap) {
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw Refused.invalid(
                    "overlap_hours_invalid", "overlap_hours: between 0 and 720 (30 days)");
        }
        String secret = Signer.newSecret();
        boolean rotated = secrets.rotate(endpoint, secret, clock.instant().plus(overlap));
        var found = get(endpoint.partner(), endpoint.id());
        if (!rotated) {
            throw Refused.conflict(
                    "too_many_secrets",
                    Secrets.MOST_OLD
                            + " older secrets of this endpoint sign already, the last until "
                            + found.oldSecretUntil()
                            + ": wait until one ends, or end them all with revoke-old-secret");
        }
        return new WithSecret(found, secret);
    }

    /** Ends the overlap of a rotation now; nothing where there is none. */
    @Transactional
    public Endpoint revokeOldSecret(Endpoint endpoint) {
        secrets.revokeOld(endpoint);
        return get(endpoint.partner(), endpoint.id());
    }

    /** The secret once more, for one who has just shown again who they are. */
    public String secret(Endpoint endpoint) {
        return secrets.newest(endpoint).orElseThrow();
    }

    /** Until when each replaced secret signs, the last replaced first. */
    public List<Instant> oldSecrets(Endpoint endpoint) {
        return secrets.oldUntil(endpoint);
    }

    /** What of that wish would be refused, by the name of the field. */
    public Map<String, Refused> problems(Wish wish) {
        return fields.problems(wish);
    }

    /** {@code whpk_…}, of an endpoint that asked for {@code v1a}, whoever asks for it. */
    public Optional<String> publicKey(String endpointId) {
        return secrets.publicKey(endpointId);
    }

    /**
     * Owes a {@code ping} to that endpoint alone; the notification tells how it went.
     *
     * @throws Refused when the endpoint is disabled or paused
     */
    @Transactional
    public Notification ping(Endpoint endpoint) {
        return notifications.ping(enabled(endpoint));
    }

    private Endpoint enabled(Endpoint endpoint) {
        return get(endpoint.partner(), endpoint.id()).sending();
    }

    private Endpoint get(PartnerId partner, String id) {
        return rows.find(partner, null, id)
                .orElseThrow(
                        () -> Refused.notFound("endpoint_not_found", "there is no endpoint " + id));
    }

    private Wish checked(Wish wish) {
        boolean takesKeyAway = "".equals(wish.apiKey());
        return new Wish(
                wish.url() == null ? null : fields.url(wish.url()),
                takesKeyAway ? "" : fields.apiKey(wish.apiKey()),
                fields.eventTypes(wish.eventTypes()),
                fields.description(wish.description()),
                fields.timeoutSeconds(wish.timeoutSeconds()),
                SignatureSchemes.checked(wish.signatureSchemes()),
                wish.rateLimitPerSecond());
    }
}
