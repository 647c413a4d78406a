package com.comptappart.webhook;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the attempts of a day are spread over the buckets of {@code webhook_tally}: bucket b is from
 * 10^(b/10) to 10^((b+1)/10) milliseconds, bucket 0 all that is shorter. What is between two bounds
 * is taken as evenly spread, so that a percentile is within 26 % of the exact one.
 */
final class LatencySpread {

    private final Map<Integer, Long> taken = new TreeMap<>();
    private long attempts;
    private long delivered;

    void add(boolean wasDelivered, int bucket, long count) {
        attempts += count;
        if (wasDelivered) {
            delivered += count;
            taken.merge(bucket, count, Long::sum);
        }
    }

    DeliveryFigures.Day of(LocalDate day) {
        return new DeliveryFigures.Day(day, attempts, delivered, percentile(50), percentile(95));
    }

    /** Of the attempts that delivered; null where none did. */
    @Nullable Duration percentile(int percent) {
        if (delivered == 0) {
            return null;
        }
        double wanted = delivered * percent / 100.0;
        double before = 0;
        for (var bucket : taken.entrySet()) {
            if (before + bucket.getValue() >= wanted) {
                double part = (wanted - before) / bucket.getValue();
                double from = from(bucket.getKey());
                double millis = from + part * (from(bucket.getKey() + 1) - from);
                return Duration.ofNanos(Math.round(millis * 1_000_000));
            }
            before += bucket.getValue();
        }
        throw new IllegalStateException("the buckets hold fewer attempts than were added");
    }

    private static double from(int bucket) {
        return bucket == 0 ? 0 : Math.pow(10, bucket / 10.0);
    }
}
