package com.comptappart.invoice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Remembers for a minute what takes long to find out; of some thousand keys at most. */
final class Minute<V> {

    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final int MOST = 5_000;

    private record Known<V>(V value, Instant until) {}

    private final Clock clock;
    private final Map<String, Known<V>> known = new ConcurrentHashMap<>();

    Minute(Clock clock) {
        this.clock = clock;
    }

    /** What was found less than a minute ago, or is now. */
    V of(String key, Function<Instant, V> find) {
        Instant now = clock.instant();
        if (known.size() >= MOST) {
            known.clear();
        }
        return known.compute(
                        key,
                        (_, former) ->
                                former != null && now.isBefore(former.until())
                                        ? former
                                        : new Known<>(find.apply(now), now.plus(FRESH)))
                .value();
    }
}
