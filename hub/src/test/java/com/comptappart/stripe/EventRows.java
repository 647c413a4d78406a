package com.comptappart.stripe;

import com.comptappart.kernel.PageRequest;
import com.comptappart.order.Order;
import com.comptappart.order.OrderFilter;
import com.comptappart.order.Orders;
import com.comptappart.testing.HubForTests;
import java.util.List;

/** What the tests of this package look at from outside: the state of an event, the orders. */
final class EventRows {

    private EventRows() {}

    static String state(HubForTests hub, String eventId) {
        return hub.jdbc()
                .sql("select state from stripe_event where event_id = :id")
                .param("id", eventId)
                .query(String.class)
                .optional()
                .orElse("none");
    }

    static String reason(HubForTests hub, String eventId) {
        return hub.jdbc()
                .sql("select reason from stripe_event where event_id = :id")
                .param("id", eventId)
                .query(String.class)
                .single();
    }

    static long count(HubForTests hub, String eventId) {
        return hub.jdbc()
                .sql("select count(*) from stripe_event where event_id = :id")
                .param("id", eventId)
                .query(Long.class)
                .single();
    }

    static String ended(HubForTests hub, String eventId) {
        return HubForTests.eventually(
                () -> state(hub, eventId),
                state -> !state.equals("pending") && !state.equals("none"));
    }

    /** The orders that an event made, once it has ended. */
    static List<Order> orders(HubForTests hub, String eventId) {
        ended(hub, eventId);
        return hub.bean(Orders.class)
                .list(
                        new OrderFilter(null, null, null, eventId, null, null, null),
                        new PageRequest(100, null))
                .data();
    }
}
