package com.comptappart.stripe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether Stripe is worth asking now. After three failures in a row nobody asks for a while, so
 * that an outage costs one time-out and not one for each event.
 */
final class Circuit {

    private static final int FAILURES = 3;
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final int MAX_DOUBLINGS = 4;

    private final Clock clock;
    private int failures;
    private Instant closedUntil = Instant.EPOCH;
    private String reason = "";

    Circuit(Clock clock) {
        this.clock = clock;
    }

    /**
     * @throws StripeUnavailable at once, while nobody should ask
     */
    synchronized void check() {
        var now = clock.instant();
        if (now.isBefore(closedUntil)) {
            throw new StripeUnavailable(reason, Duration.between(now, closedUntil));
        }
    }

    synchronized void succeeded() {
        failures = 0;
    }

    /** Stripe did not answer, or was at fault. */
    synchronized void failed(String why) {
        if (clock.instant().isBefore(closedUntil)) {
            return;
        }
        failures++;
        if (failures >= FAILURES) {
            int doublings = Math.min(failures - FAILURES, MAX_DOUBLINGS);
            pause(FIRST.multipliedBy(1L << doublings), why);
        }
    }

    /** Stripe said that it wants no call for so long. */
    synchronized void pause(Duration pause, String why) {
        var until = clock.instant().plus(pause);
        if (until.isAfter(closedUntil)) {
            closedUntil = until;
            reason = why;
        }
    }
}
