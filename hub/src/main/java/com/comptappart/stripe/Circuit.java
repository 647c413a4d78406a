package com.comptappart.stripe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether Stripe is worth asking now. After failures for three askers in a row nobody asks for a
 * while, so that an outage costs one time-out and not one for each event.
 */
final class Circuit {

    private static final int FAILURES = 3;
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final int MAX_DOUBLINGS = 4;

    private final Clock clock;
    private final Set<Object> failed = new HashSet<>();
    private int doublings;
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
        failed.clear();
        doublings = 0;
    }

    /**
     * Stripe did not answer, or was at fault.
     *
     * @param asker whose call it was: one that fails again says nothing about the others
     */
    synchronized void failed(Object asker, String why) {
        if (clock.instant().isBefore(closedUntil)) {
            return;
        }
        if (failed.size() < FAILURES) {
            failed.add(asker);
        }
        if (failed.size() == FAILURES) {
            pause(FIRST.multipliedBy(1L << doublings), why);
            doublings = Math.min(doublings + 1, MAX_DOUBLINGS);
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
