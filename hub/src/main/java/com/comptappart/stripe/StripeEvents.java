package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import java.time.Instant;
import org.springframework.stereotype.Repository;

/** Stripe's events that a person must look at. */
@Repository
public class StripeEvents {

    /** An event that could not be read, and why. */
    public record Event(
            String account,
            Environment environment,
            String id,
            String type,
            String apiVersion,
            Instant receivedAt,
            String reason,
            int attempts) {}

    /** Newest first. */
    public Page<Event> needingAttention(Environment environment, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    /** Reads it once more. */
    public void readAgain(Environment environment, String account, String eventId) {
        throw new UnsupportedOperationException();
    }
}
