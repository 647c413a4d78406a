package com.comptappart.stripe;

import com.comptappart.order.PaidOrder;
import com.comptappart.stripe.StripeEventRows.Claimed;
import com.comptappart.stripe.StripeEventRows.Ended;
import java.time.Instant;
import java.util.List;

/** What reading an event gave: orders, none or more, and what becomes of the event. */
record Read(Ended ended, List<PaidOrder> orders) {

    Read {
        orders = List.copyOf(orders);
    }

    static Read done(Claimed claimed, Instant now, List<PaidOrder> orders) {
        return new Read(new Ended(claimed, "done", "", now), orders);
    }

    /** Read, and nothing follows from it; the reason says why. */
    static Read nothing(Claimed claimed, String state, String reason, Instant now) {
        return new Read(new Ended(claimed, state, reason, now), List.of());
    }

    static Read attention(Claimed claimed, String reason, Instant now) {
        return nothing(claimed, "attention", reason, now);
    }

    static Read later(Claimed claimed, String reason, Instant due) {
        return nothing(claimed, "pending", reason, due);
    }

    boolean waits() {
        return ended.state().equals("pending");
    }
}
