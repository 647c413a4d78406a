package com.comptappart.flow;

import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.InvoiceLinks;
import com.comptappart.invoice.Invoices;
import com.comptappart.invoice.InvoicesIssued;
import com.comptappart.kernel.PartnerId;
import com.comptappart.mail.OutgoingMail;
import com.comptappart.order.Order;
import com.comptappart.order.Orders;
import com.comptappart.order.OrdersDisputed;
import com.comptappart.order.OrdersPaid;
import com.comptappart.order.SubscriptionsChanged;
import com.comptappart.webhook.DeliveriesStart;
import com.comptappart.webhook.OwedNotification;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.stereotype.Component;

/**
 * The business process. Each step writes what is owed next, in the transaction of the fact that
 * causes it; workers of the modules do it.
 *
 * <pre>
 *   order paid ──▶ invoice owed ──▶ invoice issued ──┬▶ mail to the buyer owed
 *                                                    └▶ notification to the partner owed
 *   order disputed, subscription changed ───────────────▶ notification to the partner owed
 * </pre>
 */
@Component
class OrderFlow {

    private final Orders orders;
    private final Invoices invoices;
    private final InvoiceLinks links;
    private final Owed owed;

    OrderFlow(Orders orders, Invoices invoices, InvoiceLinks links, Owed owed) {
        this.orders = orders;
        this.invoices = invoices;
        this.links = links;
        this.owed = owed;
    }

    /** A paid order is owed an invoice. */
    @EventListener
    void on(OrdersPaid paid) {
        invoices.request(paid.orders().stream().map(owed::invoice).toList());
    }

    /** An issued invoice is owed to the buyer by mail, and to the partner with the order. */
    @EventListener
    void on(InvoicesIssued issued) {
        var ids = issued.invoices().stream().map(InvoiceIssued::order).toList();
        var byId =
                orders.byIds(ids).stream()
                        .collect(Collectors.toMap(Order::id, Function.identity()));
        var mails = new ArrayList<OutgoingMail>(ids.size());
        var notifications = new ArrayList<OwedNotification>(ids.size());
        for (InvoiceIssued invoice : issued.invoices()) {
            var order = byId.get(invoice.order());
            if (order == null) {
                throw new IllegalStateException(
                        "the invoice " + invoice.number() + " has no order");
            }
            mails.add(owed.mail(order, invoice));
            if (!order.paid().partner().equals(PartnerId.UNASSIGNED)) {
                notifications.add(owed.notification(order, invoice));
            }
        }
        owed.record(mails, notifications);
    }

    /**
     * A contested payment is told to the partner, with the order and its invoice.
     *
     * @throws TransientDataAccessResourceException while the invoice is not issued: the event is
     *     read again
     */
    @EventListener
    void on(OrdersDisputed disputed) {
        var assigned =
                disputed.told().stream()
                        .filter(told -> !told.order().paid().partner().equals(PartnerId.UNASSIGNED))
                        .toList();
        var issued = invoices.ofOrders(assigned.stream().map(told -> told.order().id()).toList());
        var notifications = new ArrayList<OwedNotification>();
        for (var told : assigned) {
            var invoice = issued.get(told.order().id());
            if (invoice == null) {
                throw new TransientDataAccessResourceException(
                        "the invoice of order "
                                + told.order().id()
                                + " is not issued yet; its dispute is told then");
            }
            notifications.add(owed.dispute(told.order(), invoice, told.dispute()));
        }
        owed.record(List.of(), notifications);
    }

    /** What happens to a subscription is told to the partners that are in it. */
    @EventListener
    void on(SubscriptionsChanged changed) {
        owed.record(
                List.of(),
                changed.notices().stream()
                        .filter(notice -> !notice.state().partner().equals(PartnerId.UNASSIGNED))
                        .map(owed::subscription)
                        .toList());
    }

    /** What is told carries links that stay open for their whole validity from the telling. */
    @EventListener
    void on(DeliveriesStart start) {
        links.keepOpen(
                start.orders().stream()
                        .map(told -> new InvoiceLinks.Of(told.partner(), told.order()))
                        .toList());
    }
}
