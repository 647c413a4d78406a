package com.comptappart.stripe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Stripe answered something else than 2xx. */
final class StripeAnswer extends RuntimeException {

    private final int status;
    private final transient @Nullable Duration retryAfter;

    StripeAnswer(int status, @Nullable Duration retryAfter, String message) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** Whose fault it is, where it is ours: Stripe would give the same answer again. */
    boolean isRefusal() {
        return status >= 400 && status < 500 && status != 408 && status != 409 && status != 429;
    }
}
