package com.comptappart.order;

import java.util.List;

/**
 * Payments of orders are contested, or no longer; published inside the transaction that records it.
 */
public record OrdersDisputed(List<Told> told) {

    /**
     * @param dispute in the words of the event that told of it
     */
    public record Told(Order order, Dispute dispute) {}

    public OrdersDisputed {
        told = List.copyOf(told);
    }
}
