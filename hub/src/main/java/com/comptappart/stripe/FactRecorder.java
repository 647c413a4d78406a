package com.comptappart.stripe;

import com.comptappart.order.Disputes;
import com.comptappart.order.Order;
import com.comptappart.order.Orders;
import com.comptappart.order.PaymentLocks;
import com.comptappart.order.PendingOrders;
import com.comptappart.order.Receipts;
import com.comptappart.order.Refunds;
import com.comptappart.order.SubscriptionFact;
import com.comptappart.order.Subscriptions;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Hands facts to those who keep them, orders first: the others are about orders. */
@Component
class FactRecorder {

    private final PaymentLocks payments;
    private final Orders orders;
    private final Receipts receipts;
    private final PendingOrders pending;
    private final Refunds refunds;
    private final Disputes disputes;
    private final Subscriptions subscriptions;

    FactRecorder(
            PaymentLocks payments,
            Orders orders,
            Receipts receipts,
            PendingOrders pending,
            Refunds refunds,
            Disputes disputes,
            Subscriptions subscriptions) {
        this.payments = payments;
        this.orders = orders;
        this.receipts = receipts;
        this.pending = pending;
        this.refunds = refunds;
        this.disputes = disputes;
        this.subscriptions = subscriptions;
    }

    /**
     * What recording gave.
     *
     * @param paid the payments whose orders are new, and the Stripe objects that they paid
     * @param tied facts that only Stripe can put in order; their events are read again
     */
    record Recorded(List<String> paid, List<SubscriptionFact> tied) {}

    /** Records in the caller's transaction. */
    Recorded record(List<Facts> facts) {
        payments.take(all(facts, Facts::orders), all(facts, Facts::refunds));
        var created = orders.record(all(facts, Facts::orders));
        receipts.record(all(facts, Facts::receipts));
        pending.record(all(facts, Facts::pending));
        refunds.record(all(facts, Facts::refunds));
        disputes.record(all(facts, Facts::disputes));
        var tied = subscriptions.record(all(facts, Facts::subscriptions));
        return new Recorded(
                created.stream()
                        .map(Order::paid)
                        .flatMap(paid -> Stream.of(paid.payment().reference(), paid.stripeObject()))
                        .distinct()
                        .toList(),
                tied);
    }

    private static <T> List<T> all(List<Facts> facts, Function<Facts, List<T>> kind) {
        return facts.stream().flatMap(each -> kind.apply(each).stream()).toList();
    }
}
