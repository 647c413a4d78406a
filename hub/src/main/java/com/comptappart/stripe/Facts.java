package com.comptappart.stripe;

import com.comptappart.order.Dispute;
import com.comptappart.order.PaidOrder;
import com.comptappart.order.PendingOrder;
import com.comptappart.order.Refund;
import com.comptappart.order.SubscriptionFact;
import java.util.List;

/**
 * The facts that events told, of every kind. Recording them twice, or in another order, ends in the
 * same state.
 *
 * @param memory what later events need to know of this one
 */
record Facts(
        List<PaidOrder> orders,
        List<PendingOrder> pending,
        List<Refund> refunds,
        List<Dispute> disputes,
        List<SubscriptionFact> subscriptions,
        List<SessionMemory> memory) {

    static final Facts NONE =
            new Facts(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    Facts {
        orders = List.copyOf(orders);
        pending = List.copyOf(pending);
        refunds = List.copyOf(refunds);
        disputes = List.copyOf(disputes);
        subscriptions = List.copyOf(subscriptions);
        memory = List.copyOf(memory);
    }

    static Facts ofOrders(List<PaidOrder> orders) {
        return new Facts(orders, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    static Facts ofPending(List<PendingOrder> pending) {
        return new Facts(List.of(), pending, List.of(), List.of(), List.of(), List.of());
    }

    static Facts ofRefunds(List<Refund> refunds) {
        return new Facts(List.of(), List.of(), refunds, List.of(), List.of(), List.of());
    }

    static Facts ofDispute(Dispute dispute) {
        return new Facts(List.of(), List.of(), List.of(), List.of(dispute), List.of(), List.of());
    }

    static Facts ofSubscriptions(List<SubscriptionFact> subscriptions) {
        return new Facts(List.of(), List.of(), List.of(), List.of(), subscriptions, List.of());
    }

    Facts with(SessionMemory remembered) {
        return new Facts(orders, pending, refunds, disputes, subscriptions, List.of(remembered));
    }

    Facts withPending(List<PendingOrder> also) {
        return new Facts(orders, also, refunds, disputes, subscriptions, memory);
    }
}
