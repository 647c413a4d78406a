package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import java.time.Instant;

/**
 * Whose objects one event's reading asks Stripe for, and until when it may ask.
 *
 * @param account the connected account, empty for our own
 * @param asker for whom it is asked: a partner, an event, a task of ours
 */
record Source(Environment environment, String account, Instant until, String asker) {

    /** The same, for what is asked only if Stripe has room for it now. */
    Source briefly(Instant now) {
        return new Source(environment, account, now.plusMillis(100), asker);
    }
}
