package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import com.comptappart.queue.Work;
import com.comptappart.stripe.StripeEventRows.Claimed;
import com.comptappart.stripe.StripeEventRows.Ended;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads stored events in batches and records what they gave in one transaction each. A round waits
 * only a moment for slow answers of Stripe: those events are recorded by a later round.
 */
@Component
class StripeEventWork implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(StripeEventWork.class);
    private static final int BATCH = 200;
    private static final int MAX_READING = 400;
    private static final int MAX_RECORDED = 500;
    private static final int MAX_FAILURES = 3;
    private static final Duration GATHER = Duration.ofMillis(200);
    private static final Duration POLL_WHILE_READING = Duration.ofMillis(25);
    private static final Duration FINISH_WITHIN = Duration.ofSeconds(2);

    private final StripeEventRows rows;
    private final EventReader reader;
    private final FactRecorder recorder;
    private final SessionMemories memories;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ExecutorService readers =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("stripe-reader-", 0).factory());
    private final Set<Claimed> reading = ConcurrentHashMap.newKeySet();
    private final Queue<Read> finished = new ConcurrentLinkedQueue<>();

    StripeEventWork(
            StripeEventRows rows,
            EventReader reader,
            FactRecorder recorder,
            SessionMemories memories,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.rows = rows;
        this.reader = reader;
        this.recorder = recorder;
        this.memories = memories;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Override
    public String name() {
        return StripeEventRows.WORK;
    }

    /** Two, so that the calls of one batch overlap the commit of another. */
    @Override
    public int loops() {
        return 2;
    }

    @Override
    public Duration poll() {
        return reading.isEmpty() && finished.isEmpty() ? Work.super.poll() : POLL_WHILE_READING;
    }

    @Override
    public int round() throws InterruptedException {
        int room = MAX_READING - reading.size();
        var claimed = room <= 0 ? List.<Claimed>of() : rows.claim(Math.min(BATCH, room));
        var all = new CountDownLatch(claimed.size());
        claimed.forEach(each -> start(each, all));
        boolean _ = all.await(GATHER.toMillis(), TimeUnit.MILLISECONDS);
        var read = takeFinished();
        record(read);
        return claimed.size() + read.size();
    }

    private void start(Claimed claimed, CountDownLatch all) {
        reading.add(claimed);
        readers.execute(() -> {
            try {
                finished.add(reader.read(claimed));
            } finally {
                reading.remove(claimed);
                all.countDown();
            }
        });
    }

    private List<Read> takeFinished() {
        var taken = new ArrayList<Read>();
        for (var next = finished.poll(); next != null; next = finished.poll()) {
            taken.add(next);
            if (taken.size() == MAX_RECORDED) {
                break;
            }
        }
        return taken;
    }

    private void record(List<Read> read) {
        if (read.isEmpty()) {
            return;
        }
        tellOfWaiting(read);
        try {
            write(read);
        } catch (RuntimeException e) {
            if (isOutage(e)) {
                LOG.error(
                        "{} events could not be recorded; they come back when their lease ends",
                        read.size(),
                        e);
                return;
            }
            LOG.warn(
                    "{} events could not be recorded together; each is now recorded alone: {}",
                    read.size(),
                    e.getClass().getSimpleName());
            read.forEach(this::recordAlone);
        }
    }

    private void write(List<Read> read) {
        transaction.executeWithoutResult(_ -> {
            var ours = stillOurs(read);
            if (ours.isEmpty()) {
                return;
            }
            var recorded = recorder.record(ours.stream().map(Read::facts).toList());
            memories.keep(ours.stream().flatMap(each -> each.facts().memory().stream()).toList());
            if (!recorded.paid().isEmpty()) {
                rows.wake(recorded.paid());
            }
            rows.end(ours.stream().map(each -> ended(each, recorded)).toList());
        });
    }

    /**
     * What Stripe answered to a node that was frozen since may be old by now: another node has read
     * those events, or will.
     */
    private List<Read> stillOurs(List<Read> read) {
        var held = rows.keep(read.stream().map(each -> each.ended().claimed()).toList());
        if (held.size() < read.size()) {
            LOG.warn(
                    "{} of {} events had lost their lease; another worker records them",
                    read.size() - held.size(),
                    read.size());
        }
        return read.stream().filter(each -> held.contains(each.ended().claimed())).toList();
    }

    /** An event that only Stripe can put in order is read again, now: its reader asks. */
    private Ended ended(Read read, FactRecorder.Recorded recorded) {
        if (Collections.disjoint(recorded.tied(), read.facts().subscriptions())) {
            return read.ended();
        }
        return Read.later(read.ended().claimed(), Reason.EVENT_TIED.text(), clock.instant())
                .ended();
    }

    private void recordAlone(Read read) {
        var claimed = read.ended().claimed();
        try {
            write(List.of(read));
        } catch (RuntimeException e) {
            String id = claimed.event().id();
            if (isOutage(e)) {
                LOG.error("event {} is not recorded; it comes back when its lease ends", id, e);
                return;
            }
            if (e instanceof TransientDataAccessException) {
                var due = reader.due(claimed, null);
                LOG.info("event {} is recorded at {}: {}", id, due, e.getMessage());
                rows.end(
                        List.of(Read.later(claimed, Reason.EVENT_AWAITS_STEP.text(), due).ended()));
                return;
            }
            String reason = Reason.EVENT_NOT_RECORDED.text(e.getClass().getSimpleName());
            boolean again = claimed.attempts() < MAX_FAILURES;
            LOG.error(
                    "event {} could not be recorded, attempt {} of {}; {}",
                    id,
                    claimed.attempts(),
                    MAX_FAILURES,
                    again ? "it is read again soon" : "it needs attention",
                    e);
            var end =
                    again
                            ? Read.later(claimed, reason, reader.due(claimed, null))
                            : Read.attention(claimed, reason, clock.instant());
            rows.end(List.of(end.ended()));
        }
    }

    /** The database is away, rather than displeased with a row. */
    private static boolean isOutage(RuntimeException e) {
        return e instanceof DataAccessResourceFailureException
                || e instanceof RecoverableDataAccessException
                || e instanceof TransactionException;
    }

    private static void tellOfWaiting(List<Read> read) {
        var waiting = read.stream().filter(Read::waits).toList();
        if (!waiting.isEmpty()) {
            var first = waiting.getFirst().ended();
            LOG.warn(
                    "{} events wait for Stripe; event {}, attempt {}, goes on at {}: {}",
                    waiting.size(),
                    first.claimed().event().id(),
                    first.claimed().attempts(),
                    first.dueAt(),
                    first.reason());
        }
    }

    /** What is being read when the hub stops is recorded if it is quick, else given back. */
    @PreDestroy
    void stop() throws InterruptedException {
        readers.shutdown();
        boolean _ = readers.awaitTermination(FINISH_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        for (var read = takeFinished(); !read.isEmpty(); read = takeFinished()) {
            record(read);
        }
        var left =
                reading.stream()
                        .map(claimed -> Read.later(claimed, "", clock.instant()).ended())
                        .toList();
        rows.end(left);
        readers.shutdownNow();
    }
}
