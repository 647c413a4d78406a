package com.comptappart.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What happens later by the sandbox's clock, as with banks: done at the first request or tick after
 * its time, in the order of the times. Used under the store's lock.
 */
final class Timeline {

    private static final int MOST_WAITING = 100_000;

    private record Due(long atSecond, long order, Runnable work) {}

    private final Store store;
    private final PriorityQueue<Due> waiting =
            new PriorityQueue<>(
                    Comparator.comparingLong(Due::atSecond).thenComparingLong(Due::order));
    private long order;

    Timeline(Store store) {
        this.store = store;
    }

    void in(Duration delay, Runnable work) {
        at(store.now() + delay.toSeconds(), work);
    }

    void at(long second, Runnable work) {
        if (waiting.size() >= MOST_WAITING) {
            throw new IllegalStateException(
                    "more than %d things wait for the sandbox's clock".formatted(MOST_WAITING));
        }
        waiting.add(new Due(second, order++, work));
    }

    /** What becomes due while this runs is done, too, when its time has come. */
    void runDue() {
        long now = store.now();
        while (!waiting.isEmpty() && waiting.peek().atSecond() <= now) {
            waiting.remove().work().run();
        }
    }

    /** All that waits now, whatever its time; what that brings about waits for its own. */
    void runAll() {
        List<Due> all = new ArrayList<>();
        while (!waiting.isEmpty()) {
            all.add(waiting.remove());
        }
        all.forEach(due -> due.work().run());
    }
}
