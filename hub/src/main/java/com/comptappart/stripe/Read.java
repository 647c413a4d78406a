package com.comptappart.stripe;

import com.comptappart.stripe.StripeEventRows.Claimed;
import com.comptappart.stripe.StripeEventRows.Ended;
import java.time.Instant;

/** What reading an event gave, and what becomes of the event. */
record Read(Ended ended, Facts facts) {

    static Read of(Claimed claimed, Instant now, Told told) {
        return new Read(new Ended(claimed, told.state(), told.reason(), now, ""), told.facts());
    }

    static Read attention(Claimed claimed, String reason, Instant now) {
        return new Read(new Ended(claimed, "attention", reason, now, ""), Facts.NONE);
    }

    static Read later(Claimed claimed, String reason, Instant due) {
        return new Read(new Ended(claimed, "pending", reason, due, ""), Facts.NONE);
    }

    /** Read again when the order is there, and now and then. */
    static Read awaiting(Claimed claimed, AwaitsOrder order, Instant due) {
        return new Read(
                new Ended(claimed, "pending", order.reason(), due, order.payment()), Facts.NONE);
    }

    boolean waits() {
        return ended.state().equals("pending");
    }
}
