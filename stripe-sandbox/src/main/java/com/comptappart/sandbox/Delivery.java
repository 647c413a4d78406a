package com.comptappart.sandbox;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** One event on its way to one endpoint, due at a moment of the machine's own timer. */
record Delivery(String eventId, int attempt, long dueNanos, CompletableFuture<Void> answered)
        implements Delayed {

    static Delivery first(String eventId, Duration delay) {
        return new Delivery(
                eventId, 1, System.nanoTime() + delay.toNanos(), new CompletableFuture<>());
    }

    Optional<Duration> nextDelay() {
        return attempt > Deliveries.DELAYS.size()
                ? Optional.empty()
                : Optional.of(Deliveries.DELAYS.get(attempt - 1));
    }

    Delivery next() {
        long due = System.nanoTime() + nextDelay().orElseThrow().toNanos();
        return new Delivery(eventId, attempt + 1, due, answered);
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
