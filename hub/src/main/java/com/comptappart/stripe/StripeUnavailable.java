package com.comptappart.stripe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Stripe could not be asked now; an event waits and is tried again, an API call may be repeated.
 */
public final class StripeUnavailable extends RuntimeException {

    private final transient @Nullable Duration retryAfter;

    StripeUnavailable(String reason, @Nullable Duration retryAfter) {
        super(reason);
        this.retryAfter = retryAfter;
    }

    /** After how long it is worth asking again; null where that isn't known. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    String reason() {
        String message = getMessage();
        return message == null ? "Stripe is not available" : message;
    }
}
