package com.comptappart.flow;

import com.comptappart.invoice.DocumentKind;
import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.InvoiceLinks;
import com.comptappart.invoice.Invoices;
import com.comptappart.invoice.InvoicesIssued;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import com.comptappart.mail.OutgoingMail;
import com.comptappart.order.Order;
import com.comptappart.order.OrderRefund;
import com.comptappart.order.OrdersDisputed;
import com.comptappart.order.OrdersPaid;
import com.comptappart.order.PaymentsFailed;
import com.comptappart.order.RefundsSucceeded;
import com.comptappart.order.SubscriptionsChanged;
import com.comptappart.webhook.DeliveriesStart;
import com.comptappart.webhook.OwedNotification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The business process. Each step writes what is owed next, in the transaction of the fact that
 * causes it; workers of the modules do it.
 *
 * <pre>
 *   order paid ──▶ invoice owed ──▶ invoice issued ──┬▶ mail to the buyer owed
 *                                                    └▶ notification to the partner owed
 *   order refunded ─▶ credit note owed ─▶ credit note issued ─▶ the same two
 *   delayed payment failed ─▶ mail to the buyer owed
 *   order disputed, subscription changed ───────────────▶ notification to the partner owed
 * </pre>
 */
@Component
class OrderFlow {

    private final Sold sold;
    private final Invoices invoices;
    private final InvoiceLinks links;
    private final Owed owed;

    OrderFlow(Sold sold, Invoices invoices, InvoiceLinks links, Owed owed) {
        this.sold = sold;
        this.invoices = invoices;
        this.links = links;
        this.owed = owed;
    }

    /** A paid order is owed an invoice. */
    @EventListener
    void on(OrdersPaid paid) {
        invoices.request(owed.invoices(paid.orders()));
    }

    /** A refunded order is owed a credit note for each refund. */
    @EventListener
    void on(RefundsSucceeded succeeded) {
        var byId = byId(succeeded.refunds().stream().map(OrderRefund::order).toList());
        invoices.requestCreditNotes(
                succeeded.refunds().stream()
                        .map(refund -> owed.creditNote(of(byId, refund.order()), refund))
                        .toList());
    }

    /** An issued document is owed to the buyer by mail, and to the partner with the order. */
    @EventListener
    void on(InvoicesIssued issued) {
        var byId = byId(issued.invoices().stream().map(InvoiceIssued::order).toList());
        var credited = Credited.behind(issued.invoices(), invoices, sold.refunds());
        var mails = new ArrayList<OutgoingMail>(issued.invoices().size());
        var notifications = new ArrayList<OwedNotification>(issued.invoices().size());
        for (InvoiceIssued document : issued.invoices()) {
            var order = of(byId, document.order());
            switch (document.kind()) {
                case INVOICE -> {
                    mails.add(owed.mail(order, document));
                    notifications.add(owed.notification(order, document));
                }
                case CREDIT_NOTE -> {
                    var of = credited.of(document);
                    mails.add(owed.creditNoteMail(order, of.refund(), document));
                    notifications.add(owed.refunded(order, of, document));
                }
            }
        }
        var first =
                issued.invoices().stream()
                        .filter(document -> document.kind() == DocumentKind.INVOICE)
                        .collect(Collectors.toMap(InvoiceIssued::order, Function.identity()));
        notifications.addAll(disputes(sold.disputes().ofOrders(first.keySet()), first));
        owed.record(mails, notifications);
    }

    private Map<OrderId, Order> byId(List<OrderId> ids) {
        return sold.orders().byIds(ids).stream()
                .collect(Collectors.toMap(Order::id, Function.identity()));
    }

    private static Order of(Map<OrderId, Order> byId, OrderId id) {
        var order = byId.get(id);
        if (order == null) {
            throw new IllegalStateException("a document or a refund has no order " + id);
        }
        return order;
    }

    /**
     * A contested payment is told to the partner, with the order and its invoice; where that is not
     * issued yet, its issuing tells.
     */
    @EventListener
    void on(OrdersDisputed disputed) {
        var ids = disputed.told().stream().map(told -> told.order().id()).toList();
        owed.record(List.of(), disputes(disputed.told(), invoices.ofOrders(ids)));
    }

    private List<OwedNotification> disputes(
            List<OrdersDisputed.Told> disputed, Map<OrderId, InvoiceIssued> issued) {
        return disputed.stream()
                .filter(told -> issued.containsKey(told.order().id()))
                .filter(told -> !told.order().paid().partner().equals(PartnerId.UNASSIGNED))
                .map(told ->
                        owed.dispute(
                                told.order(),
                                Objects.requireNonNull(issued.get(told.order().id())),
                                told.dispute()))
                .toList();
    }

    /** A delayed payment that failed is told to its buyer, who may believe to have bought. */
    @EventListener
    void on(PaymentsFailed failed) {
        owed.record(failed.pending().stream().map(owed::paymentFailed).toList(), List.of());
    }

    /** What happens to a subscription is told to the partners that are in it. */
    @EventListener
    void on(SubscriptionsChanged changed) {
        owed.record(List.of(), changed.notices().stream().map(owed::subscription).toList());
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
