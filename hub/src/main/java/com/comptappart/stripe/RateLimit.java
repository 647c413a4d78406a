package com.comptappart.stripe;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Lets so many calls a second begin for each endpoint and account, in the order in which they came.
 * Stripe allows 25 a second and endpoint (its documentation, "Rate limits").
 *
 * <p>The window is a little over a second, because calls that left evenly may arrive bunched.
 */
final class RateLimit {

    /** Sleeps; another one in tests. */
    interface Pause {
        void of(long nanos) throws InterruptedException;
    }

    private static final long WINDOW_NANOS = Duration.ofMillis(1_050).toNanos();
    private static final int MAX_ENDPOINTS = 10_000;

    /** The begins of the last calls of one endpoint, as a ring; its lock is the queue. */
    private static final class Endpoint {
        private final ReentrantLock turn = new ReentrantLock(true);
        private final long[] begins;
        private int count;

        private Endpoint(int calls) {
            begins = new long[calls];
        }

        /** How long the next call must wait. */
        private long untilTurn(long now) {
            if (count < begins.length) {
                return 0;
            }
            return Math.max(0, begins[count % begins.length] + WINDOW_NANOS - now);
        }

        private void begin(long now) {
            begins[count % begins.length] = now;
            // Never back to "too few to wait for".
            count = count + 1 == 2 * begins.length ? begins.length : count + 1;
        }

        private boolean isIdle(long now) {
            return !turn.isLocked()
                    && !turn.hasQueuedThreads()
                    && (count == 0 || now - begins[(count - 1) % begins.length] > WINDOW_NANOS);
        }
    }

    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
    private final int calls;
    private final LongSupplier nanoTime;
    private final Pause pause;

    RateLimit(int callsPerSecond) {
        this(callsPerSecond, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
    }

    RateLimit(int callsPerSecond, LongSupplier nanoTime, Pause pause) {
        this.calls = callsPerSecond;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /**
     * Waits for the turn of a call and for room among all that run; who was let in releases the
     * room. The call begins when it has both, so that none are saved up while there was no room.
     *
     * @return false where the turn does not come within the time
     */
    boolean enter(String endpoint, Duration atMost, Semaphore room) throws InterruptedException {
        long end = nanoTime.getAsLong() + Math.max(0, atMost.toNanos());
        var of = endpoint(endpoint);
        if (!of.turn.tryLock(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            long now = nanoTime.getAsLong();
            long wait = of.untilTurn(now);
            if (now + wait - end > 0) {
                return false;
            }
            if (wait > 0) {
                pause.of(wait);
            }
            long left = Math.max(0, end - nanoTime.getAsLong());
            if (!room.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                return false;
            }
            of.begin(nanoTime.getAsLong());
            return true;
        } finally {
            of.turn.unlock();
        }
    }

    private Endpoint endpoint(String name) {
        if (endpoints.size() > MAX_ENDPOINTS) {
            long now = nanoTime.getAsLong();
            endpoints.values().removeIf(each -> each.isIdle(now));
        }
        return endpoints.computeIfAbsent(name, _ -> new Endpoint(calls));
    }
}
