package com.comptappart.order;

import java.util.List;

/**
 * Orders were refunded, wholly or in part; published inside the transaction that records it, once
 * for each refund and order.
 */
public record RefundsSucceeded(List<OrderRefund> refunds) {
    public RefundsSucceeded {
        refunds = List.copyOf(refunds);
    }
}
