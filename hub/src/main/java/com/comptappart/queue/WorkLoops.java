package com.comptappart.queue;

import com.comptappart.kernel.SoleNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs every {@link Work} of the application in loops of its own, from start to shutdown. */
@Component
@ConditionalOnBooleanProperty(name = "comptappart.workers", matchIfMissing = true)
class WorkLoops implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(WorkLoops.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);
    private static final Duration WAKE_EVERY = Duration.ofMillis(10);

    private final List<Work> works;
    private final Wake wake;
    private final List<Leases> leases;
    private final boolean sole;
    private final List<Loop> loops = new ArrayList<>();
    private volatile boolean running;

    WorkLoops(List<Work> works, Wake wake, List<Leases> leases, ObjectProvider<SoleNode> sole) {
        this.works = works;
        this.wake = wake;
        this.leases = leases;
        this.sole = sole.getIfAvailable() != null;
    }

    @Override
    public void start() {
        running = true;
        if (sole) {
            leases.forEach(Leases::releaseAll);
        }
        for (Work work : works) {
            for (int i = 1; i <= work.loops(); i++) {
                var name = work.name() + "-" + i;
                loops.add(new Loop(work, Thread.ofPlatform().name(name).start(() -> loop(work))));
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        works.forEach(work -> wake.signal(work.name()));
        long end = System.nanoTime() + STOP_WITHIN.toNanos();
        for (Loop loop : loops) {
            join(loop, end);
        }
        loops.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void loop(Work work) {
        while (running) {
            try {
                if (work.round() == 0 && running) {
                    wake.await(work.name(), work.poll());
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                // Also an Error: a loop that ended would leave its work undone without a word.
                LOG.error(
                        "a round of {} failed; its rows come back when their lease ends, next round in {}",
                        work.name(),
                        PAUSE_AFTER_FAILURE,
                        e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    /**
     * Wakes the loop until it ends: one signal is taken by any one loop of its work, and another
     * would sleep on until its poll.
     */
    private void join(Loop loop, long end) {
        try {
            while (!loop.thread.join(WAKE_EVERY)) {
                if (System.nanoTime() > end) {
                    loop.thread.interrupt();
                    return;
                }
                wake.signal(loop.work.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Loop(Work work, Thread thread) {}
}
