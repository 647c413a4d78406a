package com.comptappart.webhook;

import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.util.List;

/**
 * Notifications of these orders are about to be sent; published inside the transaction that claims
 * them, so that the links in their bodies can be kept open.
 */
public record DeliveriesStart(List<Told> orders) {

    /** An order whose body, with its links, is about to be sent. */
    public record Told(PartnerId partner, OrderId order) {}

    public DeliveriesStart {
        orders = List.copyOf(orders);
    }
}
