package com.comptappart.kernel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one kind of work. Numbers stop at {@link #MOST}: whoever has more waiting needs no
 * exact one.
 *
 * @param work its name: {@code stripe}, {@code invoice}, {@code mail}, {@code webhook}
 * @param due what could be done now
 * @param leased what a worker does now
 * @param failing what was tried and waits for its next try
 * @param oldestDue since when the oldest could be done; null where nothing is due
 */
public record Backlog(
        String work, long due, long leased, long failing, @Nullable Instant oldestDue) {

    public static final int MOST = 10_000;
}
