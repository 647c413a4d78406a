package com.comptappart.order;

import java.util.List;

/** New orders were stored; published inside the transaction that stores them. */
public record OrdersPaid(List<Order> orders) {
    public OrdersPaid {
        orders = List.copyOf(orders);
    }
}
