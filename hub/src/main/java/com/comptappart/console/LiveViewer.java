package com.comptappart.console;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One open page that is kept up to date. */
final class LiveViewer {

    /** Seconds that a slow reader may be behind; after that its browser connects anew. */
    private static final int MOST_BEHIND = 8;

    /** Who looks, in which session, and where. */
    record Seat(String visitor, String session, Place place) {}

    private final Seat seat;
    private final List<String> notifications;
    private final @Nullable String recovery;
    private final long position;
    private final BlockingQueue<LiveSnapshot> inbox = new ArrayBlockingQueue<>(MOST_BEHIND);
    private volatile boolean ended;

    /**
     * @param notifications ids that were found in the viewer's own place
     * @param recovery an id that was found there, null for none
     * @param position up to where the viewer knows what is new
     */
    LiveViewer(
            Seat seat, Collection<String> notifications, @Nullable String recovery, long position) {
        this.seat = seat;
        this.notifications = List.copyOf(notifications);
        this.recovery = recovery;
        this.position = position;
    }

    Seat seat() {
        return seat;
    }

    List<String> notifications() {
        return notifications;
    }

    @Nullable String recovery() {
        return recovery;
    }

    long position() {
        return position;
    }

    /** Never waits: whoever reads slowly delays nobody. */
    void tell(LiveSnapshot snapshot) {
        if (!inbox.offer(snapshot)) {
            end();
        }
    }

    void end() {
        ended = true;
    }

    boolean ended() {
        return ended;
    }

    /** The next snapshot; null where none came in time. */
    @Nullable LiveSnapshot next(Duration atMost) throws InterruptedException {
        return inbox.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
}
