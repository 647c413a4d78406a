package com.comptappart.order;

import java.util.List;

/**
 * Payments of orders are contested, or no longer; published inside the transaction that records it.
 */
public record OrdersDisputed(List<Told> told) {

    /**
     * @param dispute as it is known now
     */
    public record Told(Order order, Dispute dispute) {}

    public OrdersDisputed {
        told = List.copyOf(told);
    }
}
