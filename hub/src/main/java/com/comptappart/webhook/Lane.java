package com.comptappart.webhook;

import java.util.List;

/**
 * Notifications of one endpoint that are sent one after the other under one lease. The number of
 * live leases of an endpoint is thus the limit of its calls in flight, over all nodes.
 */
record Lane(Target target, List<Delivery> deliveries) {
    Lane {
        deliveries = List.copyOf(deliveries);
    }
}
