package com.comptappart.webhook;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Ends a call, whatever it waits for (resolver, connect, TLS, headers, body): interrupts its thread
 * and closes its connection. One-shot: after {@link #close} it never fires.
 */
final class Deadline implements AutoCloseable {

    private final Thread thread = Thread.currentThread();
    private final Cancellable call;
    private final Future<?> timer;
    private boolean expired;
    private boolean closed;

    Deadline(ScheduledExecutorService timers, long millis, Cancellable call) {
        this.call = call;
        timer = timers.schedule(this::fire, millis, TimeUnit.MILLISECONDS);
    }

    private synchronized void fire() {
        if (closed) {
            return;
        }
        expired = true;
        thread.interrupt();
        call.cancel();
    }

    synchronized boolean expired() {
        return expired;
    }

    @Override
    public void close() {
        timer.cancel(false);
        synchronized (this) {
            closed = true;
            if (expired) {
                // The interrupt was ours: it must not break what this thread does next.
                Thread.interrupted();
            }
        }
    }
}
