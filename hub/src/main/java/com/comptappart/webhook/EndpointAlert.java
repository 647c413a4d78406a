package com.comptappart.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody must be told of an endpoint; published inside the transaction that remembers that it was
 * said, so that whoever listens owes it there, once.
 *
 * @param key names the cause among all alerts
 * @param at since when, or, for a certificate, when it ends
 * @param failed how many notifications failed for good since the last alert
 * @param reason as it was stored; empty where nothing is wrong
 * @param waiting what did not arrive and can be had
 * @param recoverSince what a recovery of it would begin with
 */
public record EndpointAlert(
        Kind kind,
        String key,
        Endpoint endpoint,
        Instant at,
        int failed,
        String reason,
        @Nullable Diagnosis diagnosis,
        Waiting waiting,
        Instant recoverSince) {

    /** In the order in which they are said where several are to be; the first says it all. */
    public enum Kind {
        DISABLED,
        FIRST_FAILURE,
        FAILED,
        STALLED,
        CERTIFICATE,
        RECOVERED
    }
}
