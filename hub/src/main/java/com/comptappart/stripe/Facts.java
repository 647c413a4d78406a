package com.comptappart.stripe;

import com.comptappart.order.Dispute;
import com.comptappart.order.PaidOrder;
import com.comptappart.order.PendingOrder;
import com.comptappart.order.Receipt;
import com.comptappart.order.Refund;
import com.comptappart.order.SubscriptionFact;
import java.util.List;

/**
 * The facts that events told, of every kind. Recording them twice, or in another order, ends in the
 * same state.
 *
 * @param memory what later events need to know of this one
 * @param receipts how the objects behind the orders were paid
 */
record Facts(
        List<PaidOrder> orders,
        List<PendingOrder> pending,
        List<Refund> refunds,
        List<Dispute> disputes,
        List<SubscriptionFact> subscriptions,
        List<SessionMemory> memory,
        List<Receipt> receipts) {

    static final Facts NONE =
            new Facts(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    Facts {
        orders = List.copyOf(orders);
        pending = List.copyOf(pending);
        refunds = List.copyOf(refunds);
        disputes = List.copyOf(disputes);
        subscriptions = List.copyOf(subscriptions);
        memory = List.copyOf(memory);
        receipts = List.copyOf(receipts);
    }

    static Facts ofOrders(List<PaidOrder> orders, Receipt receipt) {
        return new Facts(
                orders, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(receipt));
    }

    static Facts ofPending(List<PendingOrder> pending) {
        return NONE.withPending(pending);
    }

    static Facts ofRefunds(List<Refund> refunds) {
        return NONE.withRefunds(refunds);
    }

    static Facts ofDispute(Dispute dispute) {
        return new Facts(
                List.of(), List.of(), List.of(), List.of(dispute), List.of(), List.of(), List.of());
    }

    static Facts ofSubscriptions(List<SubscriptionFact> subscriptions) {
        return new Facts(
                List.of(), List.of(), List.of(), List.of(), subscriptions, List.of(), List.of());
    }

    Facts with(SessionMemory remembered) {
        return new Facts(
                orders, pending, refunds, disputes, subscriptions, List.of(remembered), receipts);
    }

    Facts withPending(List<PendingOrder> also) {
        return new Facts(orders, also, refunds, disputes, subscriptions, memory, receipts);
    }

    Facts withRefunds(List<Refund> also) {
        return new Facts(orders, pending, also, disputes, subscriptions, memory, receipts);
    }
}
