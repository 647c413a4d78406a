package com.comptappart.webhook;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one call went.
 *
 * @param at when it began
 * @param status the answer's status, 0 where none came whole in time
 * @param error what went wrong instead of an answer; empty where nothing did
 * @param body the first 4 KiB of the answer
 * @param retryAfter the answer's {@code Retry-After}, null where it has none
 */
record Answer(
        Instant at,
        Duration latency,
        int status,
        String error,
        String body,
        @Nullable Duration retryAfter) {}
