package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Stripe could not be asked now; an event waits and is tried again, an API call may be repeated.
 */
public final class StripeUnavailable extends RuntimeException {

    private final transient @Nullable Duration retryAfter;

    private final boolean unconfigured;

    StripeUnavailable(String reason, @Nullable Duration retryAfter) {
        this(reason, retryAfter, false);
    }

    private StripeUnavailable(String reason, @Nullable Duration retryAfter, boolean unconfigured) {
        super(reason);
        this.retryAfter = retryAfter;
        this.unconfigured = unconfigured;
    }

    /** There is no key to ask with. */
    static StripeUnavailable unconfigured(String reason, Duration retryAfter) {
        return new StripeUnavailable(reason, retryAfter, true);
    }

    /** Whether it lasts until the operator sets a key. */
    public boolean isUnconfigured() {
        return unconfigured;
    }

    /** After how long it is worth asking again; null where that isn't known. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    String reason() {
        String message = getMessage();
        return message == null ? Reason.STRIPE_AWAY.text() : message;
    }
}
