package com.comptappart.sandbox;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Switches that make the delivery of events and the API as unreliable as a network can: they act on
 * the next deliveries or requests, and are then used up. All counts may be added to while earlier
 * ones are still left.
 */
public final class Faults {

    private static final int MOST = 10_000;
    private static final Duration LATE = Duration.ofSeconds(2);
    private static final Duration BETWEEN_REVERSED = Duration.ofMillis(200);

    /** The switches by the names that {@code POST /_sandbox/faults} gives them. */
    enum Switch {
        DUPLICATE,
        DROP,
        DELAY,
        REORDER,
        SECOND_EVENT,
        WRONG_SIGNATURE,
        OLD_TIMESTAMP,
        API_ERROR,
        RATE_LIMIT,
        LOST_ANSWER;

        String param() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Switch, AtomicInteger> left = new EnumMap<>(Switch.class);
    private final AtomicInteger retryAfterSeconds = new AtomicInteger();

    Faults() {
        for (Switch each : Switch.values()) {
            left.put(each, new AtomicInteger());
        }
    }

    /** The next event is sent this many times more than once. */
    public void duplicateNext(int times) {
        add(Switch.DUPLICATE, times);
    }

    /**
     * The next calls are lost on the way; the events are sent again later, as after any failure.
     */
    public void dropNext(int calls) {
        add(Switch.DROP, calls);
    }

    /** The next events set out two seconds late, so that younger ones overtake them. */
    public void delayNext(int events) {
        add(Switch.DELAY, events);
    }

    /**
     * The next deliveries, as many as said, arrive in reverse order, if they come about within a
     * fifth of a second of each other.
     */
    public void reorderNext(int deliveries) {
        add(Switch.REORDER, deliveries);
    }

    /** The next changes are told by two events with different ids, as Stripe sometimes does. */
    public void secondEventNext(int changes) {
        add(Switch.SECOND_EVENT, changes);
    }

    /** The next calls are signed with another secret. */
    public void wrongSignatureNext(int calls) {
        add(Switch.WRONG_SIGNATURE, calls);
    }

    /** The next calls are signed well, but for a moment ten minutes ago. */
    public void oldTimestampNext(int calls) {
        add(Switch.OLD_TIMESTAMP, calls);
    }

    /** The next requests to {@code /v1} are answered with a 500, and nothing is done. */
    public void failNext(int requests) {
        add(Switch.API_ERROR, requests);
    }

    /**
     * The next requests to {@code /v1} are answered with a 429, and nothing is done.
     *
     * @param retryAfter what the header Retry-After says, in whole seconds
     */
    public void limitNext(int requests, Duration retryAfter) {
        retryAfterSeconds.set(Math.toIntExact(retryAfter.toSeconds()));
        add(Switch.RATE_LIMIT, requests);
    }

    /**
     * The next requests to {@code /v1} are carried out, but the connection breaks before the
     * answer: the same Idempotency-Key then brings it.
     */
    public void loseAnswerNext(int requests) {
        add(Switch.LOST_ANSWER, requests);
    }

    /** Everything works again. */
    public void clear() {
        left.values().forEach(count -> count.set(0));
    }

    void add(Switch which, int times) {
        if (times < 0 || times > MOST) {
            throw new IllegalArgumentException(
                    "a fault may happen 0 to %d times, not %d".formatted(MOST, times));
        }
        count(which).addAndGet(times);
    }

    int left(Switch which) {
        return count(which).get();
    }

    int takeDuplicates() {
        return count(Switch.DUPLICATE).getAndSet(0);
    }

    boolean take(Switch which) {
        return count(which).getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    /** How late the next delivery sets out; of reversed ones, the first is the latest. */
    Duration nextDelay() {
        int reversed = count(Switch.REORDER).getAndUpdate(n -> Math.max(0, n - 1));
        return BETWEEN_REVERSED
                .multipliedBy(reversed)
                .plus(take(Switch.DELAY) ? LATE : Duration.ZERO);
    }

    /** What the next request is refused with instead of being carried out. */
    Optional<Refusal> nextRefusal(String requestId) {
        if (take(Switch.API_ERROR)) {
            return Optional.of(Refusal.askedFault(requestId));
        }
        return take(Switch.RATE_LIMIT)
                ? Optional.of(Refusal.tooMany(retryAfterSeconds.get()))
                : Optional.empty();
    }

    private AtomicInteger count(Switch which) {
        AtomicInteger count = left.get(which);
        if (count == null) {
            throw new IllegalStateException("no count for " + which);
        }
        return count;
    }
}
