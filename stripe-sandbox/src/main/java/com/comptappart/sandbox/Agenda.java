package com.comptappart.sandbox;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What time will bring: work that waits for its second, on the sandbox's own time or on a test
 * clock. Each piece of work looks again whether it is still wanted.
 */
final class Agenda {

    private static final String OWN_TIME = "";

    private record Due(long atSecond, long order, Runnable work) {}

    private static final Comparator<Due> SOONEST =
            Comparator.comparingLong(Due::atSecond).thenComparingLong(Due::order);

    private final Store store;
    private final Map<String, PriorityQueue<Due>> queues = new HashMap<>();
    private long lastOrder;
    private long lastOfFirst = Long.MIN_VALUE;

    Agenda(Store store) {
        this.store = store;
    }

    /** Plans work in the time of an object, which a test clock may hold. */
    void plan(ObjectNode bound, long atSecond, Runnable work) {
        queues.computeIfAbsent(clockOf(bound), _ -> new PriorityQueue<>(SOONEST))
                .add(new Due(atSecond, lastOrder++, work));
    }

    /** The same, before anything else that is planned for that second. */
    void planFirst(ObjectNode bound, long atSecond, Runnable work) {
        queues.computeIfAbsent(clockOf(bound), _ -> new PriorityQueue<>(SOONEST))
                .add(new Due(atSecond, lastOfFirst++, work));
    }

    /** Does something in the time of an object, unless a moment is being played already. */
    <T> T inTimeOf(ObjectNode bound, Supplier<T> work) {
        String clock = clockOf(bound);
        if (clock.equals(OWN_TIME) || store.isPlayingAMoment()) {
            return work.get();
        }
        long frozen = store.get(Kind.TEST_CLOCK, clock).path("frozen_time").asLong();
        return store.at(frozen, work);
    }

    /** Does all that is due in the sandbox's own time, each piece at its own second. */
    void runDue() {
        run(OWN_TIME, store.now());
    }

    void run(String clock, long untilSecond) {
        PriorityQueue<Due> queue = queues.computeIfAbsent(clock, _ -> new PriorityQueue<>(SOONEST));
        while (!queue.isEmpty() && queue.peek().atSecond() <= untilSecond) {
            Due due = queue.remove();
            var _ = store.at(due.atSecond(), () -> done(due));
        }
    }

    void forget(String clock) {
        queues.remove(clock);
    }

    private static boolean done(Due due) {
        due.work().run();
        return true;
    }

    private static String clockOf(JsonNode bound) {
        return bound.path("test_clock").asString(OWN_TIME);
    }
}
