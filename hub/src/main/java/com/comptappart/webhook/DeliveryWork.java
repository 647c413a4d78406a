package com.comptappart.webhook;

import com.comptappart.queue.Wake;
import com.comptappart.queue.Work;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Claims lanes and lets each run on a thread of its own. A round never waits for a call: what hangs
 * holds its own lane and nothing else.
 */
@Component
class DeliveryWork implements Work {

    static final String NAME = "webhook";

    /** Calls in flight of this node. */
    static final int MAX_LANES = 1024;

    private static final int LANES_PER_ROUND = 128;
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    private final DueDeliveries due;
    private final HeldNotifications held;
    private final LaneRunner runner;
    private final Recorder recorder;
    private final Wake wake;
    private final Semaphore free = new Semaphore(MAX_LANES);
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("webhook-lane-", 1).factory());
    private volatile boolean stopping;
    private volatile long nextSweep = System.nanoTime();

    DeliveryWork(
            DueDeliveries due,
            HeldNotifications held,
            LaneRunner runner,
            Recorder recorder,
            Wake wake) {
        this.due = due;
        this.held = held;
        this.runner = runner;
        this.recorder = recorder;
        this.wake = wake;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Short, since retries become due without a signal. */
    @Override
    public Duration poll() {
        return Duration.ofMillis(500);
    }

    @Override
    public int round() throws InterruptedException {
        sweepNowAndThen();
        // Waits where every lane is taken: each gives its place back within its time limit.
        if (!free.tryAcquire(poll().toMillis(), TimeUnit.MILLISECONDS)) {
            return 0;
        }
        int permits = 1 + more(LANES_PER_ROUND - 1);
        int used = 0;
        try {
            var lanes = due.claim(permits);
            for (Lane lane : lanes) {
                threads.execute(() -> run(lane));
                used++;
            }
            return lanes.size();
        } finally {
            free.release(permits - used);
        }
    }

    private int more(int wanted) {
        int taken = Math.min(wanted, free.availablePermits());
        return taken > 0 && free.tryAcquire(taken) ? taken : 0;
    }

    private void run(Lane lane) {
        try {
            runner.run(lane, () -> stopping, recorder::add);
        } finally {
            free.release();
        }
    }

    private void sweepNowAndThen() {
        if (System.nanoTime() - nextSweep < 0) {
            return;
        }
        int moved = held.sweep();
        nextSweep = System.nanoTime() + (moved > 0 ? 0 : SWEEP_EVERY.toNanos());
        if (moved > 0) {
            wake.afterCommit(NAME);
        }
    }

    /** Ends calls in flight; what they were sending is given back and recorded so. */
    @PreDestroy
    void stop() throws InterruptedException {
        stopping = true;
        threads.shutdown();
        if (!threads.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
            threads.shutdownNow();
            if (!threads.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        recorder.stop();
    }
}
