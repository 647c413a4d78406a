package com.comptappart.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody must be told of an endpoint; published inside the transaction that remembers that it was
 * said, so that whoever listens owes it there, once.
 *
 * @param key names the cause among all alerts
 * @param at since when, or, for a certificate, when it ends
 * @param causes why notifications failed for good since the last alert, as far as nobody took them
 *     meanwhile; the most frequent first, and empty where the kind tells of no such failures
 * @param reason of the last failure, as it was stored; empty where nothing is wrong
 * @param waiting what did not arrive and can be had
 * @param recoverSince what a recovery of it would begin with
 */
public record EndpointAlert(
        Kind kind,
        String key,
        Endpoint endpoint,
        Instant at,
        List<Cause> causes,
        String reason,
        @Nullable Diagnosis diagnosis,
        Waiting waiting,
        Instant recoverSince) {

    public EndpointAlert {
        causes = List.copyOf(causes);
    }

    /**
     * What failed for the same reason at the same address.
     *
     * @param count of notifications
     * @param reason as it was stored
     */
    public record Cause(long count, String url, String reason, @Nullable Diagnosis diagnosis) {}

    /** How many notifications the causes are of. */
    public long failed() {
        return causes.stream().mapToLong(Cause::count).sum();
    }

    /** In the order in which they are said where several are to be; the first says it all. */
    public enum Kind {
        DISABLED,
        FIRST_FAILURE,
        ADDRESS_REFUSED,
        FAILED,
        STALLED,
        CERTIFICATE,
        RECOVERED
    }
}
