package com.comptappart.order;

import com.comptappart.kernel.OrderId;
import com.comptappart.order.OrderRefundRows.Taken;
import com.comptappart.order.RefundRows.Kept;
import com.comptappart.order.RefundRows.Refundable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Where refunds are kept and given to the orders that their payments made. */
@Component
public class Refunds {

    private final RefundRows rows;
    private final OrderRefundRows taking;
    private final PaymentLocks payments;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Refunds(
            RefundRows rows,
            OrderRefundRows taking,
            PaymentLocks payments,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.taking = taking;
        this.payments = payments;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Keeps what was told of refunds, in any order and however often, in the caller's transaction.
     * Publishes {@link RefundsSucceeded} with what orders take of those that succeeded; a refund
     * that is told before its order waits for it.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(List<Refund> refunds) {
        if (refunds.isEmpty()) {
            return;
        }
        var keys = refunds.stream().map(PaymentKey::of).distinct().toList();
        payments.take(keys);
        var now = clock.instant();
        var rest = new ArrayList<>(refunds);
        while (!rest.isEmpty()) {
            // One statement can't write a row twice: what tells of a refund again comes next.
            var seen = new HashSet<String>();
            var once = rest.stream().filter(each -> seen.add(key(each))).toList();
            rows.keep(once, now);
            once.forEach(rest::remove);
        }
        place(keys, now);
    }

    /** New orders take the refunds that were told before them. */
    @EventListener
    void on(OrdersPaid paid) {
        place(
                paid.orders().stream()
                        .map(order -> PaymentKey.of(order.paid()))
                        .distinct()
                        .toList(),
                clock.instant());
    }

    /**
     * The refunds of those orders, oldest first. One that has not succeeded is shown with what the
     * order would take of it.
     */
    public Map<OrderId, List<OrderRefund>> ofOrders(Collection<OrderId> orders) {
        Map<OrderId, List<OrderRefund>> found = new LinkedHashMap<>();
        for (OrderRefund each : taking.ofOrders(orders)) {
            found.computeIfAbsent(each.order(), _ -> new ArrayList<>()).add(each);
        }
        var payments = taking.paymentsOf(orders);
        var open = rows.ofPayments(payments).stream().filter(each -> !each.succeeded()).toList();
        var refundable = open.isEmpty() ? List.<Refundable>of() : rows.refundable(payments);
        for (Kept kept : open) {
            for (Taken part : split(kept.refund(), kept.refund().amountMinor(), refundable)) {
                if (orders.contains(part.order().order())) {
                    found.computeIfAbsent(part.order().order(), _ -> new ArrayList<>())
                            .add(orderRefund(part, false));
                }
            }
        }
        found.values()
                .forEach(each ->
                        each.sort(
                                Comparator.comparing(OrderRefund::at)
                                        .thenComparing(OrderRefund::refundId)));
        return found;
    }

    private void place(Collection<PaymentKey> keys, Instant now) {
        var waiting =
                rows.ofPayments(keys).stream()
                        .filter(kept -> kept.succeeded() && kept.waitingMinor() > 0)
                        .toList();
        if (waiting.isEmpty()) {
            return;
        }
        var payment = new LinkedHashMap<OrderId, Refundable>();
        rows.refundable(waiting.stream().map(each -> PaymentKey.of(each.refund())).toList())
                .forEach(order -> payment.put(order.order(), order));
        var taken = new ArrayList<Taken>();
        for (Kept kept : waiting) {
            for (Taken part : split(kept.refund(), kept.waitingMinor(), payment.values())) {
                taken.add(part);
                payment.put(part.order().order(), part.order().taking(part.minor()));
            }
        }
        if (!taken.isEmpty()) {
            taking.take(taken, now);
            events.publishEvent(
                    new RefundsSucceeded(
                            taken.stream().map(each -> orderRefund(each, true)).toList()));
        }
    }

    /** What the orders of the refund's payment take of it. */
    private static List<Taken> split(
            Refund refund, long amountMinor, Collection<Refundable> orders) {
        var ours =
                orders.stream()
                        .filter(order -> order.payment().equals(PaymentKey.of(refund)))
                        .collect(
                                Collectors.toMap(
                                        Refundable::order,
                                        order -> order,
                                        (one, _) -> one,
                                        LinkedHashMap::new));
        var left =
                ours.values().stream()
                        .map(each ->
                                new RefundSplit.Left(
                                        each.order(), each.currency(), each.leftMinor()))
                        .toList();
        var parts = RefundSplit.of(amountMinor, refund.currency(), refund.order(), left);
        var taken = new ArrayList<Taken>(parts.size());
        ours.forEach((id, order) -> {
            var minor = parts.get(id);
            if (minor != null) {
                taken.add(new Taken(order, refund, minor));
            }
        });
        return taken;
    }

    private static OrderRefund orderRefund(Taken taken, boolean succeeded) {
        var refund = taken.refund();
        return new OrderRefund(
                taken.order().partner(),
                taken.order().order(),
                refund.environment(),
                refund.refundId(),
                taken.minor(),
                refund.currency(),
                refund.status(),
                succeeded,
                taken.completes(),
                refund.reason(),
                refund.failureReason(),
                refund.eventId(),
                refund.at());
    }

    private static String key(Refund refund) {
        return refund.account() + " " + refund.environment() + " " + refund.refundId();
    }
}
