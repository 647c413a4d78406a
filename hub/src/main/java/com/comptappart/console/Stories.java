package com.comptappart.console;

import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Refused;
import com.comptappart.mail.Mails;
import com.comptappart.order.Order;
import com.comptappart.order.Orders;
import com.comptappart.stripe.RefundRequests;
import com.comptappart.webhook.Notifications;
import java.util.List;
import org.springframework.stereotype.Component;

/** Gathers what came of orders, a page of them at a time. */
@Component
class Stories {

    private final Orders orders;
    private final Aftermath aftermath;
    private final Invoices invoices;
    private final Mails mails;
    private final Notifications notifications;

    Stories(
            Orders orders,
            Aftermath aftermath,
            Invoices invoices,
            Mails mails,
            Notifications notifications) {
        this.orders = orders;
        this.aftermath = aftermath;
        this.invoices = invoices;
        this.mails = mails;
        this.notifications = notifications;
    }

    List<Story> of(List<Order> found) {
        if (found.isEmpty()) {
            return List.of();
        }
        var ids = found.stream().map(Order::id).toList();
        var issued = invoices.ofOrders(ids);
        var owed = invoices.owed(ids);
        var refunded = aftermath.refunds().ofOrders(ids);
        var disputed = aftermath.disputes().ofOrders(ids);
        var credited = invoices.creditNotesOf(ids);
        var owedNotes = invoices.owedCreditNotes(ids);
        var mailed = mails.ofOrders(ids);
        var told = notifications.ofOrders(ids);
        return found.stream()
                .map(order ->
                        new Story(
                                order,
                                issued.get(order.id()),
                                owed.get(order.id()),
                                refunded.getOrDefault(order.id(), List.of()),
                                credited.getOrDefault(order.id(), List.of()),
                                disputed.getOrDefault(order.id(), List.of()),
                                owedNotes,
                                mailed.getOrDefault(order.id(), List.of()),
                                told.getOrDefault(order.id(), List.of())))
                .toList();
    }

    /** What may be refunded of an order. */
    RefundRequests.Room room(Order order) {
        return aftermath.requests().room(order);
    }

    /**
     * @throws Refused when there is no such order in that place
     */
    Story get(Place place, long number) {
        var order =
                orders.find(place.partner(), place.environment(), new OrderId(number))
                        .orElseThrow(() ->
                                Refused.notFound(
                                        "order_not_found",
                                        "there is no order " + number + " here"));
        return of(List.of(order)).getFirst();
    }
}
