package com.comptappart.webhook;

import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of probes against a test endpoint.
 *
 * @param id {@code cert_…}
 * @param url where the endpoint was then
 * @param scenario {@link #ALL_PROBES}, or the event type of the one body that is sent
 * @param passed whether every probe of a run that is DONE did
 * @param askedBy who asked, the id of a key or a person
 * @param probes made so far
 */
public record Certification(
        String id,
        PartnerId partner,
        String endpointId,
        String url,
        String scenario,
        State state,
        boolean passed,
        String askedBy,
        int probes,
        Instant createdAt,
        @Nullable Instant endedAt) {

    /** The scenario of a certification. */
    static final String ALL_PROBES = "certification";

    /** INTERRUPTED: the hub stopped, or lost its node, in the middle; it can be started again. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        INTERRUPTED
    }

    /** Whether it is a certification, and no single sample. */
    public boolean whole() {
        return scenario.equals(ALL_PROBES);
    }

    public boolean ended() {
        return state == State.DONE || state == State.INTERRUPTED;
    }
}
