package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import java.time.Instant;

/**
 * Whose objects one event's reading asks Stripe for, and until when it may ask.
 *
 * @param account the connected account, empty for our own
 */
record Source(Environment environment, String account, Instant until) {}
