package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/**
 * Where endpoints are kept. A null partner or environment stands for the operator, who sees all.
 */
@Repository
public class Endpoints {

    /**
     * What a caller wants of an endpoint; null leaves a field as it is (update) or at its default
     * (create).
     */
    public record Wish(
            @Nullable String url,
            @Nullable String apiKey,
            @Nullable List<String> eventTypes,
            @Nullable String description,
            @Nullable Integer timeoutSeconds) {}

    /** A new endpoint, or one with a new secret; the secret is shown this once. */
    public record WithSecret(Endpoint endpoint, String secret) {}

    /**
     * @throws com.comptappart.kernel.Refused with a sentence that says what to do
     */
    public WithSecret create(PartnerId partner, Environment environment, Wish wish) {
        throw new UnsupportedOperationException();
    }

    public Page<Endpoint> list(
            @Nullable PartnerId partner, @Nullable Environment environment, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    public Optional<Endpoint> find(
            @Nullable PartnerId partner, @Nullable Environment environment, String id) {
        throw new UnsupportedOperationException();
    }

    public Endpoint update(Endpoint endpoint, Wish wish) {
        throw new UnsupportedOperationException();
    }

    /** Nothing more is sent to it; its notifications that wait end as failed and stay visible. */
    public void delete(Endpoint endpoint) {
        throw new UnsupportedOperationException();
    }

    public Endpoint enable(Endpoint endpoint) {
        throw new UnsupportedOperationException();
    }

    /** Makes a new secret; the old one signs beside it for the overlap (zero: not at all). */
    public WithSecret rotateSecret(Endpoint endpoint, java.time.Duration overlap) {
        throw new UnsupportedOperationException();
    }

    /** Owes a {@code ping} to that endpoint alone; the notification tells how it went. */
    public Notification ping(Endpoint endpoint) {
        throw new UnsupportedOperationException();
    }

    /** Replays what that endpoint failed to get since then; how many. */
    public int recover(Endpoint endpoint, Instant since) {
        throw new UnsupportedOperationException();
    }
}
