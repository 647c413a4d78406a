package com.comptappart.order;

import com.comptappart.kernel.OrderId;
import com.comptappart.order.OrderRefundRows.Credited;
import com.comptappart.order.OrderRefundRows.Taken;
import com.comptappart.order.RefundCovers.Cover;
import com.comptappart.order.RefundCovers.Unfunded;
import com.comptappart.order.RefundRows.Kept;
import com.comptappart.order.RefundRows.Refundable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Gives refunds, one after the other, to the orders of their payments. A refund whose amount is
 * that of credit notes without money, the oldest first, stands behind them. Another is taken by
 * orders, each part of which is owed a credit note of its own; what no order has room for stands
 * behind credit notes without money, too. The order that a refund names comes first; what it has no
 * room for is the others': else the credit notes of a payment would add up to less when another
 * refund was told of before. Where a refund that came back had no credit note by the time that the
 * one in its place had its own, that one tells of both. A credit is taken from one invoice after
 * the other, and stands behind nothing but its own credit notes. Amounts in minor units.
 */
final class RefundPlacing {

    private final Map<OrderId, Refundable> orders = new LinkedHashMap<>();
    private final List<Unfunded> unfunded;
    private final List<Credited> credited;
    private final List<Taken> taken = new ArrayList<>();
    private final List<Cover> covers = new ArrayList<>();

    RefundPlacing(
            Collection<Refundable> orders,
            Collection<Unfunded> unfunded,
            Collection<Credited> credited) {
        orders.forEach(order -> this.orders.put(order.order(), order));
        this.unfunded = new ArrayList<>(unfunded);
        this.credited = List.copyOf(credited);
    }

    List<Taken> taken() {
        return List.copyOf(taken);
    }

    List<Cover> covers() {
        return List.copyOf(covers);
    }

    void place(Kept kept) {
        if (kept.cameBack() && kept.placedMinor() == 0 && isReplaced(kept.refund())) {
            return;
        }
        place(kept.refund(), kept.waitingMinor(), !kept.cameBack());
    }

    /** A later refund of that amount has a credit note of its own: the debt is told. */
    private boolean isReplaced(Refund refund) {
        return credited.stream()
                .filter(each -> each.payment().equals(PaymentKey.of(refund)))
                .filter(each -> !each.refundId().equals(refund.refundId()))
                .filter(each -> !each.at().isBefore(refund.at()))
                .anyMatch(each -> each.minor() == refund.amountMinor());
    }

    /**
     * @param stays the money is with the buyer, as far as we know
     */
    void place(Refund refund, long amountMinor, boolean stays) {
        if (refund.credit() != null) {
            credit(refund, amountMinor);
            return;
        }
        long rest = amountMinor;
        var all = ofPayment(refund);
        var named = all.stream().filter(each -> each.equals(refund.order())).toList();
        var first = named.isEmpty() ? all : named;
        if (stays) {
            rest -= cover(refund, rest, ofSameAmount(refund, rest, first));
        }
        for (List<OrderId> among : List.of(first, all)) {
            rest -= take(refund, rest, stays, among);
            if (stays) {
                rest -= cover(refund, rest, open(refund, among));
            }
        }
    }

    /** Of one invoice after the other: a credit of a subscription may be of several. */
    private void credit(Refund refund, long amountMinor) {
        long rest = amountMinor;
        for (List<OrderId> among : inTurn(refund)) {
            rest -= take(refund, rest, true, among);
        }
        for (Refundable later : paidLater(refund)) {
            long minor = Math.min(rest, later.leftOfBalanceMinor());
            rest -= take(refund, minor, true, List.of(later.order()));
        }
    }

    /**
     * Stripe credited more than was left of what was sold: so much of what the balance pays later
     * is given away.
     */
    private List<Refundable> paidLater(Refund refund) {
        return orders.values().stream()
                .filter(order -> order.isOf(refund) && isLater(order, refund))
                .sorted(
                        Comparator.comparing(Refundable::paidAt)
                                .thenComparing(Refundable::stripeObject)
                                .thenComparingLong(order -> order.order().value()))
                .toList();
    }

    private static boolean isLater(Refundable order, Refund refund) {
        boolean named =
                refund.credit() != null && order.stripeObject().equals(refund.credit().invoice());
        return !named
                && !order.payment().reference().equals(refund.paymentReference())
                && order.paidAt().isAfter(refund.at());
    }

    /**
     * The orders that a credit may be taken from, by Stripe object: the named first, then those
     * that were paid before it, the newest first.
     */
    private List<List<OrderId>> inTurn(Refund refund) {
        var named = refund.credit() == null ? "" : refund.credit().invoice();
        var turn = new LinkedHashMap<String, List<OrderId>>();
        orders.values().stream()
                .filter(order -> order.isOf(refund))
                .filter(order -> !isLater(order, refund))
                .sorted(
                        Comparator.comparing(
                                        (Refundable order) -> !order.order().equals(refund.order()))
                                .thenComparing(order -> !order.stripeObject().equals(named))
                                .thenComparing(Refundable::paidAt, Comparator.reverseOrder())
                                .thenComparing(Refundable::stripeObject)
                                .thenComparingLong(order -> order.order().value()))
                .forEach(order ->
                        turn.computeIfAbsent(order.stripeObject(), _ -> new ArrayList<>())
                                .add(order.order()));
        return List.copyOf(turn.values());
    }

    /** The orders that its payment made. */
    private List<OrderId> ofPayment(Refund refund) {
        return orders.values().stream()
                .filter(order -> order.isOf(refund))
                .map(Refundable::order)
                .toList();
    }

    private long take(Refund refund, long amount, boolean stays, List<OrderId> among) {
        long taken = 0;
        for (Taken part : split(refund, amount, among)) {
            this.taken.add(part);
            orders.put(part.order().order(), part.order().taking(part.minor()));
            taken += part.minor();
            if (!stays) {
                unfunded.add(unfunded(part));
            }
        }
        return taken;
    }

    private long cover(Refund refund, long amount, List<Unfunded> notes) {
        long rest = amount;
        for (Unfunded note : notes) {
            long minor = Math.min(rest, note.minor());
            if (minor > 0) {
                covers.add(new Cover(note, refund, minor));
                unfunded.replaceAll(each -> each.equals(note) ? each.less(minor) : each);
                rest -= minor;
            }
        }
        unfunded.removeIf(each -> each.minor() == 0);
        return amount - rest;
    }

    /** What of those orders has no money behind it and could be this refund's. */
    private List<Unfunded> open(Refund refund, List<OrderId> among) {
        return unfunded.stream()
                .filter(each -> among.contains(each.order()))
                .filter(each -> each.currency().equals(refund.currency()))
                .filter(each -> !each.refundId().equals(refund.refundId()))
                .toList();
    }

    /** That of one failed refund, or of several from the oldest on; empty where none adds up. */
    private List<Unfunded> ofSameAmount(Refund refund, long amount, List<OrderId> among) {
        var byRefund =
                open(refund, among).stream()
                        .collect(
                                Collectors.groupingBy(
                                        Unfunded::refundId,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        for (List<Unfunded> one : byRefund.values()) {
            if (sum(one) == amount) {
                return one;
            }
        }
        var several = new ArrayList<Unfunded>();
        for (List<Unfunded> next : byRefund.values()) {
            several.addAll(next);
            if (sum(several) == amount) {
                return several;
            }
        }
        return List.of();
    }

    private static long sum(List<Unfunded> notes) {
        return notes.stream().mapToLong(Unfunded::minor).sum();
    }

    private static Unfunded unfunded(Taken part) {
        var order = part.order();
        return new Unfunded(
                order.payment(),
                order.partner(),
                order.order(),
                part.refund().refundId(),
                order.currency(),
                part.minor(),
                part.completes());
    }

    /** What those orders take of it. */
    private List<Taken> split(Refund refund, long amountMinor, List<OrderId> among) {
        var ours = orders.values().stream().filter(each -> among.contains(each.order())).toList();
        var left =
                ours.stream()
                        .map(each ->
                                new RefundSplit.Left(
                                        each.order(), each.currency(), each.leftMinor()))
                        .toList();
        var parts = RefundSplit.of(amountMinor, refund.currency(), left);
        var split = new ArrayList<Taken>(parts.size());
        for (Refundable order : ours) {
            var minor = parts.get(order.order());
            if (minor != null) {
                split.add(new Taken(order, refund, minor));
            }
        }
        return split;
    }
}
