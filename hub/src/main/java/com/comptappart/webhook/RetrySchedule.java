package com.comptappart.webhook;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** When a failed attempt is repeated. */
@Component
class RetrySchedule {

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);
    private static final double JITTER = 0.1;

    private final WebhookProperties properties;
    private final DoubleSupplier random;

    @Autowired
    RetrySchedule(WebhookProperties properties) {
        this(properties, () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * @param random from 0 to 1
     */
    RetrySchedule(WebhookProperties properties, DoubleSupplier random) {
        this.properties = properties;
        this.random = random;
    }

    /** All attempts of one schedule. */
    int attempts() {
        return properties.retryDelays().size() + 1;
    }

    /**
     * How long to wait after an attempt failed.
     *
     * @param step how many attempts of this schedule have been made, 1 after the first
     * @return empty after the last
     */
    Optional<Duration> delay(int step, @Nullable Duration retryAfter) {
        if (step > properties.retryDelays().size()) {
            return Optional.empty();
        }
        double factor = 1 - JITTER + 2 * JITTER * random.getAsDouble();
        long millis = Math.round(properties.retryDelays().get(step - 1).toMillis() * factor);
        var delay = Duration.ofMillis(millis);
        if (retryAfter == null || retryAfter.compareTo(delay) <= 0) {
            return Optional.of(delay);
        }
        return Optional.of(
                retryAfter.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : retryAfter);
    }
}
