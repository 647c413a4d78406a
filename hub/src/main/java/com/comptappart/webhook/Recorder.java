package com.comptappart.webhook;

import com.comptappart.queue.Wake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Records what lanes have done in batches: while one is written, the next one gathers. */
@Component
class Recorder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final int BATCH = 500;
    private static final int MAX_WAITING = 20_000;
    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final FinishedDeliveries rows;
    private final Wake wake;
    private final BlockingQueue<Finished> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final Thread thread;
    private volatile boolean stopping;

    Recorder(FinishedDeliveries rows, Wake wake) {
        this.rows = rows;
        this.wake = wake;
        thread = Thread.ofPlatform().daemon().name("webhook-recorder").start(this::run);
    }

    /** Waits while too much is unrecorded: a slow database slows the sending down. */
    void add(Finished finished) {
        boolean interrupted = false;
        while (true) {
            try {
                waiting.put(finished);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var batch = new ArrayList<Finished>();
        while (!stopping || !waiting.isEmpty()) {
            try {
                var first = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                waiting.drainTo(batch, BATCH - 1);
                record(batch);
                batch.clear();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void record(List<Finished> batch) throws InterruptedException {
        for (int i = 1; i <= TRIES; i++) {
            try {
                rows.record(batch);
                wake.here(DeliveryWork.NAME);
                return;
            } catch (RuntimeException e) {
                // Whatever it is: this thread is the only one that records.
                LOG.error(
                        "{} deliveries could not be recorded, try {} of {}; again in {}",
                        batch.size(),
                        i,
                        TRIES,
                        PAUSE,
                        e);
                Thread.sleep(PAUSE);
            }
        }
        for (Finished each : batch) {
            recordAlone(each);
        }
    }

    private void recordAlone(Finished finished) {
        try {
            rows.record(List.of(finished));
        } catch (RuntimeException e) {
            LOG.error(
                    "the delivery of notification {} could not be recorded; it comes back when its lease ends",
                    finished.delivery().id(),
                    e);
        }
    }

    /** Records what waits, then ends. */
    void stop() throws InterruptedException {
        stopping = true;
        thread.join(STOP_WITHIN);
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
