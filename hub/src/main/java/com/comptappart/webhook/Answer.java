package com.comptappart.webhook;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one call went.
 *
 * @param at when it began
 * @param status the answer's status, 0 where none came whole in time
 * @param error what went wrong instead of an answer, or with it; empty where nothing did
 * @param diagnosis the usual cause, null where nothing is wrong
 * @param retryAfter the answer's {@code Retry-After}, null where it has none
 */
record Answer(
        Instant at,
        int status,
        String error,
        @Nullable Diagnosis diagnosis,
        Transcript transcript,
        @Nullable Duration retryAfter) {

    /** Empty where nothing is wrong. */
    String diagnosisCode() {
        return diagnosis == null ? "" : diagnosis.code();
    }
}
