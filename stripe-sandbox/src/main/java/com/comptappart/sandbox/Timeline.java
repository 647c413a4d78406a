package com.comptappart.sandbox;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A part of the agenda, in the sandbox's own time, whose work a test can also have done at once:
 * what banks do later, for instance. Used under the store's lock.
 */
final class Timeline {

    private static final int MOST_WAITING = 100_000;

    private record Due(long atSecond, long order, Runnable work) {}

    private final Store store;
    private final Agenda agenda;
    private final Set<Due> waiting = new LinkedHashSet<>();
    private long order;

    Timeline(Store store, Agenda agenda) {
        this.store = store;
        this.agenda = agenda;
    }

    void in(Duration delay, Runnable work) {
        at(store.now() + delay.toSeconds(), work);
    }

    void at(long second, Runnable work) {
        if (waiting.size() >= MOST_WAITING) {
            throw new IllegalStateException(
                    "more than %d things wait for the sandbox's clock".formatted(MOST_WAITING));
        }
        var due = new Due(second, order++, work);
        waiting.add(due);
        agenda.plan(Json.object(), second, () -> run(due));
    }

    /** All that waits now, whatever its time; what that brings about waits for its own. */
    void runAll() {
        List.copyOf(waiting).forEach(this::run);
    }

    private void run(Due due) {
        if (waiting.remove(due)) {
            due.work().run();
        }
    }
}
