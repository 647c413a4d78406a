package com.comptappart.api;

import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.Money;
import com.comptappart.kernel.OrderId;
import com.comptappart.mail.Mails;
import com.comptappart.order.Buyer;
import com.comptappart.order.Order;
import com.comptappart.order.OrderLine;
import com.comptappart.order.OrderRefund;
import com.comptappart.order.PaidOrder;
import com.comptappart.order.Refund;
import com.comptappart.order.Refunds;
import com.comptappart.webhook.Notification;
import com.comptappart.webhook.Notifications;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts orders together with their documents, refunds, mails and notifications: one query each a
 * page.
 */
@Component
class OrderViews {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<Map<String, Object>>> COVERAGE =
            new TypeReference<>() {};

    private final Refunds refunds;
    private final Invoices invoices;
    private final Mails mails;
    private final Notifications notifications;
    private final PdfLinks links;

    OrderViews(
            Refunds refunds,
            Invoices invoices,
            Mails mails,
            Notifications notifications,
            PdfLinks links) {
        this.refunds = refunds;
        this.invoices = invoices;
        this.mails = mails;
        this.notifications = notifications;
        this.links = links;
    }

    private record Around(
            Map<OrderId, InvoiceIssued> invoices,
            Map<OrderId, List<OrderRefund>> refunds,
            Map<OrderId, List<InvoiceIssued>> creditNotes,
            Map<OrderId, List<Mails.Mail>> mails,
            Map<OrderId, List<Notification>> notifications) {}

    List<OrderView> of(List<Order> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        var ids = orders.stream().map(Order::id).toList();
        var around =
                new Around(
                        invoices.ofOrders(ids),
                        refunds.ofOrders(ids),
                        invoices.creditNotesOf(ids),
                        mails.ofOrders(ids),
                        notifications.ofOrders(ids));
        return orders.stream().map(order -> view(order, around)).toList();
    }

    private OrderView view(Order order, Around around) {
        PaidOrder paid = order.paid();
        return new OrderView(
                order.id().value(),
                "order",
                order.id().value(),
                paid.partner().value(),
                paid.environment().code(),
                customer(paid.buyer()),
                new Money(paid.total(), paid.currency()).decimal(),
                new Money(paid.tax(), paid.currency()).decimal(),
                paid.currency().code(),
                paid.payment().paidAt(),
                paid.billingReason(),
                paid.subscriptionId() != null,
                paid.subscriptionId(),
                paid.lines().stream().map(line -> product(line, paid)).toList(),
                paid.customFields().stream()
                        .map(field ->
                                new OrderView.Field(field.key(), field.label(), field.value()))
                        .toList(),
                JSON.readValue(paid.coverage(), COVERAGE),
                paid.metadata(),
                paid.stripeObject(),
                paid.eventId(),
                attention(order, around),
                order.createdAt(),
                invoice(around.invoices().get(order.id())),
                around.refunds().getOrDefault(order.id(), List.of()).stream()
                        .map(refund -> refunded(refund, around))
                        .toList(),
                around.mails().getOrDefault(order.id(), List.of()).stream()
                        .map(OrderViews::email)
                        .toList(),
                around.notifications().getOrDefault(order.id(), List.of()).stream()
                        .map(OrderViews::notified)
                        .toList());
    }

    private static OrderView.Customer customer(Buyer buyer) {
        return new OrderView.Customer(
                buyer.firstName(), buyer.lastName(), buyer.email(), buyer.phone());
    }

    private static OrderView.Product product(OrderLine line, PaidOrder paid) {
        return new OrderView.Product(
                line.productId(),
                line.name(),
                line.quantity(),
                new Money(line.net(), paid.currency()).each(line.quantity()),
                new Money(line.gross(), paid.currency()).decimal(),
                rate(line.vatRate()),
                line.subItems().stream()
                        .map(item ->
                                new OrderView.SubItem(
                                        item.description(),
                                        item.quantity(),
                                        new Money(item.net(), paid.currency())
                                                .each(item.quantity()),
                                        new Money(item.gross(), paid.currency()).decimal()))
                        .toList());
    }

    /** With one decimal or more, as {@code 20.0} and {@code 5.5}. */
    private static BigDecimal rate(BigDecimal percent) {
        var plain = percent.stripTrailingZeros();
        return plain.setScale(Math.max(1, plain.scale()), RoundingMode.UNNECESSARY);
    }

    private OrderView.@Nullable Invoice invoice(@Nullable InvoiceIssued issued) {
        return issued == null
                ? null
                : new OrderView.Invoice(issued.number(), links.of(issued), issued.filename());
    }

    /** What was found when it was paid, and what became of its refunds since. */
    private static @Nullable String attention(Order order, Around around) {
        var reasons = new ArrayList<String>();
        if (!order.paid().attention().isEmpty()) {
            reasons.add(order.paid().attention());
        }
        for (OrderRefund refund : around.refunds().getOrDefault(order.id(), List.of())) {
            if (refund.unfundedMinor() > 0) {
                reasons.add(unfunded(refund, creditNote(refund, around)));
            }
        }
        return reasons.isEmpty() ? null : String.join("; ", reasons);
    }

    private static String unfunded(OrderRefund refund, @Nullable String creditNote) {
        var amount = new Money(refund.unfundedMinor(), refund.currency());
        return (creditNote == null ? "the credit note to come" : "credit note " + creditNote)
                + " has no money behind it: refund "
                + refund.refundId()
                + " failed after it had succeeded, so "
                + amount
                + " came back; a new refund of "
                + amount
                + " mends it, without a second credit note";
    }

    private static @Nullable String creditNote(OrderRefund refund, Around around) {
        return around.creditNotes().getOrDefault(refund.order(), List.of()).stream()
                .filter(each -> each.refundId().equals(refund.credited()))
                .map(InvoiceIssued::number)
                .findFirst()
                .orElse(null);
    }

    private static OrderView.Refunded refunded(OrderRefund refund, Around around) {
        var means = refund.means();
        return new OrderView.Refunded(
                refund.refundId(),
                new Money(refund.amountMinor(), refund.currency()).decimal(),
                means == null ? "refund" : means.code(),
                refund.status().code(),
                refund.reason().isEmpty() ? null : refund.reason(),
                refund.failureReason().isEmpty() ? null : refund.failureReason(),
                refund.full(),
                refund.status() == Refund.Status.PENDING ? null : creditNote(refund, around),
                refund.at());
    }

    private static OrderView.Email email(Mails.Mail mail) {
        return new OrderView.Email(
                mail.id(), mail.state().name().toLowerCase(Locale.ROOT), mail.endedAt());
    }

    private static OrderView.Notified notified(Notification each) {
        return new OrderView.Notified(
                each.id(),
                each.endpointId().isEmpty() ? null : each.endpointId(),
                each.eventType(),
                NotificationView.status(each),
                each.attempts(),
                each.endedAt());
    }
}
