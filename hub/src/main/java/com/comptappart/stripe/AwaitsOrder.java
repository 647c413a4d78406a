package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import java.time.Duration;
import java.time.Instant;

/**
 * An event concerns a payment whose order is not there yet: Stripe's events come in any order. It
 * waits, and is read again as soon as the order is there.
 */
final class AwaitsOrder extends RuntimeException {

    /** Stripe itself repeats events for three days. */
    private static final Duration WAIT = Duration.ofDays(3);

    private final String payment;

    /**
     * @param payment the payment intent, or the invoice
     */
    AwaitsOrder(String payment) {
        super(Reason.EVENT_AWAITS_ORDER.text(payment));
        this.payment = payment;
    }

    /** Whether the order that an event is about may still come. */
    static boolean mayStillCome(ReceivedEvent event, Instant now) {
        return !now.isAfter(event.created().plus(WAIT));
    }

    String payment() {
        return payment;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
