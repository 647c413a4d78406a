package com.comptappart.order;

import java.util.List;

/**
 * The money of pending orders did not come; published inside the transaction that records it, once
 * for each.
 */
public record PaymentsFailed(List<PendingOrder> pending) {
    public PaymentsFailed {
        pending = List.copyOf(pending);
    }
}
