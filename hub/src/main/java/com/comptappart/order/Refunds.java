package com.comptappart.order;

import com.comptappart.kernel.OrderId;
import com.comptappart.order.OrderRefundRows.Taken;
import com.comptappart.order.RefundCovers.Cover;
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
import org.jspecify.annotations.Nullable;
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
    private final RefundCovers covers;
    private final PaymentLocks payments;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Refunds(
            RefundRows rows,
            OrderRefundRows taking,
            RefundCovers covers,
            PaymentLocks payments,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.taking = taking;
        this.covers = covers;
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
        // An order of a subscription is given to by its payment's refunds and by the credits of
        // the subscription: whoever gives holds that.
        payments.takeSubscriptions(keys);
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
                        .flatMap(order -> PaymentKey.allOf(order.paid()).stream())
                        .distinct()
                        .toList(),
                clock.instant());
    }

    /**
     * The refunds of those orders, oldest first. One that no order took of, since it has not
     * succeeded or came back first, is shown with what the order would take of it.
     */
    public Map<OrderId, List<OrderRefund>> ofOrders(Collection<OrderId> orders) {
        Map<OrderId, List<OrderRefund>> found = new LinkedHashMap<>();
        var all = new ArrayList<>(taking.ofOrders(orders));
        all.addAll(covers.ofOrders(orders));
        all.addAll(open(orders));
        all.sort(Comparator.comparing(OrderRefund::at).thenComparing(OrderRefund::refundId));
        for (OrderRefund each : all) {
            found.computeIfAbsent(each.order(), _ -> new ArrayList<>()).add(each);
        }
        return found;
    }

    /**
     * How much a refund of an order would be owed a credit note for, were it to succeed now: not
     * for what takes the place of one that came back and has its credit note. Minor units.
     */
    public long wouldCredit(Order order, long minor) {
        var paid = order.paid();
        var payment = List.of(PaymentKey.of(paid));
        var refund =
                new Refund(
                        paid.account(),
                        paid.environment(),
                        "none",
                        paid.payment().reference(),
                        null,
                        minor,
                        paid.currency(),
                        Refund.Status.SUCCEEDED,
                        "",
                        "",
                        order.id(),
                        "none",
                        clock.instant());
        var placing =
                new RefundPlacing(
                        rows.refundable(payment),
                        covers.unfunded(payment),
                        taking.credited(payment));
        placing.place(refund, minor, true);
        return placing.taken().stream()
                .filter(each -> each.order().order().equals(order.id()))
                .mapToLong(Taken::minor)
                .sum();
    }

    private List<OrderRefund> open(Collection<OrderId> orders) {
        var payments = taking.paymentsOf(orders);
        var open =
                rows.ofPayments(payments).stream()
                        .filter(each ->
                                !each.succeeded() || (each.cameBack() && each.placedMinor() == 0))
                        .toList();
        if (open.isEmpty()) {
            return List.of();
        }
        var refundable = rows.refundable(payments);
        var whole = refundable.stream().map(Refundable::whole).toList();
        var unfunded = covers.unfunded(payments);
        var shown = new ArrayList<OrderRefund>();
        for (Kept kept : open) {
            // What came back took nothing: what others took of the order says nothing of it.
            var placing =
                    kept.cameBack()
                            ? new RefundPlacing(whole, List.of(), List.of())
                            : new RefundPlacing(refundable, unfunded, List.of());
            placing.place(kept.refund(), kept.refund().amountMinor(), !kept.cameBack());
            placing.taken().forEach(part -> shown.add(orderRefund(part, false)));
            placing.covers().forEach(part -> shown.add(orderRefund(part)));
        }
        shown.removeIf(each -> !orders.contains(each.order()));
        return shown;
    }

    /**
     * Also after a failure: what it leaves without money, a refund that found nothing left may
     * stand behind.
     */
    private void place(Collection<PaymentKey> keys, Instant now) {
        var waiting =
                rows.ofPayments(keys).stream()
                        .filter(kept -> kept.succeeded() && kept.waitingMinor() > 0)
                        .toList();
        if (waiting.isEmpty()) {
            return;
        }
        var payments = waiting.stream().map(each -> PaymentKey.of(each.refund())).toList();
        var placing =
                new RefundPlacing(
                        rows.refundable(payments),
                        covers.unfunded(payments),
                        taking.credited(payments));
        waiting.forEach(placing::place);
        if (!placing.taken().isEmpty()) {
            taking.take(placing.taken(), now);
            events.publishEvent(
                    new RefundsSucceeded(
                            placing.taken().stream()
                                    .map(each -> orderRefund(each, true))
                                    .toList()));
        }
        if (!placing.covers().isEmpty()) {
            covers.keep(placing.covers(), now);
        }
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
                refund.at(),
                "",
                0,
                means(refund),
                of(refund, taken.order().order()));
    }

    private static GivenBack of(Refund refund, OrderId order) {
        return order.equals(refund.order()) ? refund.of() : refund.of().withoutLines();
    }

    /** A refund that will stand behind a credit note. */
    private static OrderRefund orderRefund(Cover cover) {
        var refund = cover.by();
        return new OrderRefund(
                cover.note().partner(),
                cover.note().order(),
                refund.environment(),
                refund.refundId(),
                cover.minor(),
                refund.currency(),
                refund.status(),
                false,
                cover.note().completes(),
                refund.reason(),
                refund.failureReason(),
                refund.eventId(),
                refund.at(),
                cover.note().refundId(),
                0,
                means(refund),
                of(refund, cover.note().order()));
    }

    private static Credit.@Nullable Means means(Refund refund) {
        var credit = refund.credit();
        return credit == null ? null : credit.means();
    }

    private static String key(Refund refund) {
        return refund.account() + " " + refund.environment() + " " + refund.refundId();
    }
}
