package com.comptappart.queue;

import java.time.Duration;

/**
 * Work that waits in a table. A round claims a batch of due rows under a lease, does the work
 * outside any transaction, and records it. Rounds of one work may run at the same time, on any
 * number of nodes.
 */
public interface Work {

    /**
     * Names the work, its threads and its wake channel: {@code stripe}, {@code invoice}, {@code
     * mail}, {@code webhook}.
     */
    String name();

    /** How many loops run it on this node. */
    default int loops() {
        return 1;
    }

    /** How long it waits for a signal before it looks anyway. */
    default Duration poll() {
        return Duration.ofSeconds(2);
    }

    /**
     * Does one round.
     *
     * @return how many rows it claimed; 0 lets the loop wait for a signal
     */
    int round() throws InterruptedException;
}
