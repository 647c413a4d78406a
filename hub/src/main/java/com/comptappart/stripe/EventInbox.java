package com.comptappart.stripe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * Makes events durable. Requests that come at the same time share one statement and one commit;
 * each is answered only after the commit that holds its event.
 */
@Component
class EventInbox implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EventInbox.class);
    private static final int MAX_BATCH = 256;
    private static final int MAX_WAITING = 4_096;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(8);

    private record Waiting(ReceivedEvent event, CompletableFuture<Boolean> durable) {}

    private final StripeEventRows rows;
    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final List<Thread> writers = new ArrayList<>();
    private volatile boolean running;

    EventInbox(StripeEventRows rows) {
        this.rows = rows;
    }

    /**
     * Returns once the event is durable; false where it could not be stored in time, and Stripe
     * must send it again.
     */
    boolean store(ReceivedEvent event) throws InterruptedException {
        var entry = new Waiting(event, new CompletableFuture<>());
        if (!running || !waiting.offer(entry)) {
            return false;
        }
        try {
            return entry.durable().get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.error(
                    "event {} could not be stored in time; Stripe is told to send it again",
                    event.id(),
                    e);
            return false;
        }
    }

    /** Below the web server's, so that it starts before requests come and ends after the last. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void start() {
        running = true;
        for (int i = 1; i <= 2; i++) {
            writers.add(Thread.ofPlatform().name("stripe-inbox-" + i).start(this::write));
        }
    }

    @Override
    public void stop() {
        running = false;
        for (Thread writer : writers) {
            try {
                writer.join(ANSWER_WITHIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        writers.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void write() {
        var batch = new ArrayList<Waiting>(MAX_BATCH);
        while (running || !waiting.isEmpty()) {
            try {
                var first = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                waiting.drainTo(batch, MAX_BATCH - 1);
                insert(batch);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                batch.clear();
            }
        }
    }

    private void insert(List<Waiting> batch) {
        try {
            rows.insert(batch.stream().map(Waiting::event).toList());
            batch.forEach(each -> each.durable().complete(true));
        } catch (RuntimeException e) {
            if (batch.size() > 1 && !(e instanceof DataAccessResourceFailureException)) {
                LOG.warn(
                        "{} events are now stored one by one: {}",
                        batch.size(),
                        e.getClass().getSimpleName());
                batch.forEach(each -> insert(List.of(each)));
                return;
            }
            LOG.error(
                    "{} events could not be stored; Stripe is told to send them again",
                    batch.size(),
                    e);
            batch.forEach(each -> each.durable().complete(false));
        }
    }
}
