package com.comptappart.sandbox;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Switches that make the delivery of events as unreliable as a network can: they act on the next
 * deliveries.
 */
public final class Faults {

    private static final Duration LATE = Duration.ofSeconds(2);

    private final AtomicInteger duplicates = new AtomicInteger();
    private final AtomicInteger drops = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();

    Faults() {}

    /** The next event is sent this many times more than once. */
    public void duplicateNext(int times) {
        duplicates.addAndGet(times);
    }

    /**
     * The next calls are lost on the way; the events are sent again later, as after any failure.
     */
    public void dropNext(int calls) {
        drops.addAndGet(calls);
    }

    /** The next events set out two seconds late, so that younger ones overtake them. */
    public void delayNext(int events) {
        late.addAndGet(events);
    }

    int takeDuplicates() {
        return duplicates.getAndSet(0);
    }

    boolean takeDrop() {
        return takeOne(drops);
    }

    Duration nextDelay() {
        return takeOne(late) ? LATE : Duration.ZERO;
    }

    private static boolean takeOne(AtomicInteger left) {
        return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
}
