package com.comptappart.console;

import com.comptappart.people.Act;
import com.comptappart.webhook.NotificationPulse;
import com.comptappart.webhook.Recoveries;
import com.comptappart.webhook.Recovery;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Looks once a second for all who look at deliveries on this node, however many they are; not at
 * all while nobody does.
 */
@Component
class LiveDeliveries implements SmartLifecycle {

    static final int MOST_VIEWERS = 40;

    private static final Logger LOG = LoggerFactory.getLogger(LiveDeliveries.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final NotificationPulse pulse;
    private final Recoveries recoveries;
    private final Visitors visitors;
    private final Sessions sessions;
    private final Set<LiveViewer> viewers = ConcurrentHashMap.newKeySet();
    private final Object arrival = new Object();
    private volatile boolean running;

    LiveDeliveries(
            NotificationPulse pulse, Recoveries recoveries, Visitors visitors, Sessions sessions) {
        this.pulse = pulse;
        this.recoveries = recoveries;
        this.visitors = visitors;
        this.sessions = sessions;
    }

    /** False where there are too many already, or the hub is stopping. */
    boolean add(LiveViewer viewer) {
        synchronized (arrival) {
            if (!running || viewers.size() >= MOST_VIEWERS) {
                return false;
            }
            viewers.add(viewer);
            arrival.notifyAll();
            return true;
        }
    }

    void remove(LiveViewer viewer) {
        viewers.remove(viewer);
    }

    int viewers() {
        return viewers.size();
    }

    @Override
    public void start() {
        running = true;
        Thread.ofPlatform().daemon().name("console-live").start(this::run);
    }

    /** Before the web server, which waits for requests to end. */
    @Override
    public void stop() {
        synchronized (arrival) {
            running = false;
            arrival.notifyAll();
        }
        viewers.forEach(LiveViewer::end);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        try {
            while (awaitViewers()) {
                watch();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitViewers() throws InterruptedException {
        synchronized (arrival) {
            while (running && viewers.isEmpty()) {
                arrival.wait();
            }
            return running;
        }
    }

    /** Until nobody looks any more. */
    private void watch() throws InterruptedException {
        long position = viewers.stream().mapToLong(LiveViewer::position).min().orElse(0);
        while (running && !viewers.isEmpty()) {
            try {
                // It may go back, as a transaction begins: nobody is told twice.
                long settled = Math.max(position, pulse.settled());
                tell(position, settled);
                position = settled;
            } catch (DataAccessException e) {
                LOG.warn(
                        "pages of deliveries are not brought up to date; again in {}: {}",
                        PAUSE,
                        e.toString());
            }
            Thread.sleep(PAUSE);
        }
    }

    private void tell(long after, long settled) {
        var seats = new HashMap<LiveViewer.Seat, Boolean>();
        var ids = new HashSet<String>();
        Map<String, Recovery> followed = new HashMap<>();
        for (LiveViewer each : viewers) {
            seats.computeIfAbsent(each.seat(), this::mayLook);
            ids.addAll(each.notifications());
            String recovery = each.recovery();
            if (recovery != null && !followed.containsKey(recovery)) {
                recoveries
                        .find(null, null, recovery)
                        .ifPresent(found -> followed.put(recovery, found));
            }
        }
        var beats = new HashMap<String, NotificationPulse.Beat>();
        pulse.of(null, null, ids).forEach(beat -> beats.put(beat.id(), beat));
        var snapshot = new LiveSnapshot(beats, followed, pulse.between(after, settled));
        for (LiveViewer each : viewers) {
            if (seats.getOrDefault(each.seat(), true)) {
                each.tell(snapshot);
            } else {
                each.end();
            }
        }
    }

    /** A session that was ended, a role that was taken away, end their tabs too. */
    private boolean mayLook(LiveViewer.Seat seat) {
        return sessions.isLive(seat.session())
                && visitors.named(seat.visitor())
                        .filter(visitor -> visitor.may(Act.READ, seat.place()))
                        .isPresent();
    }
}
