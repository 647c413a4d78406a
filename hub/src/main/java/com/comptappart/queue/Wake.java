package com.comptappart.queue;

import com.comptappart.kernel.SoleNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells workers that rows wait: of this node at once after the commit, those of other nodes by
 * {@code NOTIFY}. A lost signal costs a poll's time, never work.
 */
@Component
public class Wake {

    static final String CHANNEL = "comptappart";

    private final Map<String, Semaphore> signals = new ConcurrentHashMap<>();
    private final JdbcClient jdbc;
    private final boolean sole;

    Wake(JdbcClient jdbc, ObjectProvider<SoleNode> sole) {
        this.jdbc = jdbc;
        this.sole = sole.getIfAvailable() != null;
    }

    /** Whether there may be other nodes to tell and to listen to. */
    boolean hasOthers() {
        return !sole;
    }

    /**
     * Wakes the work of that name once the current transaction has committed; at once where there
     * is none.
     */
    public void afterCommit(String work) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            tellOthers(work);
            signal(work);
            return;
        }
        var pending = Pending.of(this);
        pending.works.add(work);
    }

    /** Wakes this node's loops of that name, and no other node's. */
    public void here(String work) {
        signal(work);
    }

    void signal(String work) {
        var signal = of(work);
        if (signal.availablePermits() < 64) {
            signal.release();
        }
    }

    /** Waits for a signal, at most so long; takes all signals that wait. */
    void await(String work, Duration atMost) throws InterruptedException {
        var signal = of(work);
        if (signal.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            signal.drainPermits();
        }
    }

    private Semaphore of(String work) {
        return signals.computeIfAbsent(work, name -> new Semaphore(0));
    }

    void tellOthers(String work) {
        if (sole) {
            return;
        }
        jdbc.sql("select pg_notify(:channel, :work)")
                .param("channel", CHANNEL)
                .param("work", work)
                .query((row, number) -> true)
                .list();
    }

    /**
     * The works that the current transaction will wake; one NOTIFY each, whatever the number of
     * rows.
     */
    private static final class Pending implements TransactionSynchronization {

        private final Wake wake;
        private final Set<String> works = new HashSet<>();

        private Pending(Wake wake) {
            this.wake = wake;
        }

        static Pending of(Wake wake) {
            for (TransactionSynchronization each :
                    TransactionSynchronizationManager.getSynchronizations()) {
                if (each instanceof Pending pending) {
                    return pending;
                }
            }
            var pending = new Pending(wake);
            TransactionSynchronizationManager.registerSynchronization(pending);
            return pending;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            works.forEach(wake::tellOthers);
        }

        @Override
        public void afterCommit() {
            works.forEach(wake::signal);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
