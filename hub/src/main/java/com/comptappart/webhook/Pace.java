package com.comptappart.webhook;

import java.time.Duration;
import java.time.Instant;

/**
 * The places in time that an endpoint's rate limit leaves free. A claim takes the next ones under
 * the lock of the endpoint's row, and each call waits for its own: so many a second, over all
 * nodes.
 *
 * @param next the first place that nobody has taken
 */
record Pace(int perSecond, Instant next) {

    /** How far ahead places are taken: longer than a worker waits before it looks again. */
    static final Duration AHEAD = Duration.ofSeconds(1);

    /**
     * A call that missed its place by more gives it up, so that late ones never come in a crowd.
     */
    static final Duration PATIENCE = Duration.ofMillis(250);

    private static final long NANOS = Duration.ofSeconds(1).toNanos();
    private static final int PER_SECOND_AND_CALL = 100;

    private Instant first(Instant now) {
        return next.isAfter(now) ? next : now;
    }

    /** How many places may be taken now. */
    int places(Instant now) {
        long nanos = Duration.between(first(now), now.plus(AHEAD)).toNanos();
        return nanos <= 0 ? 0 : (int) Math.ceilDiv(nanos * perSecond, NANOS);
    }

    /** Calls of one lane: at a slow pace each has its own, lest one that hangs delays the next. */
    int depth(Instant now) {
        int most =
                Math.min(places(now) / DueDeliveries.LANES_PER_ENDPOINT, DueDeliveries.LANE_LENGTH);
        return Math.max(1, Math.min(most, perSecond / PER_SECOND_AND_CALL));
    }

    /** The place after so many others. */
    Instant place(int others, Instant now) {
        return first(now).plusNanos(others * NANOS / perSecond);
    }
}
