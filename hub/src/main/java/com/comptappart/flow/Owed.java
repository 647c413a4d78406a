package com.comptappart.flow;

import com.comptappart.buyer.BuyerLinks;
import com.comptappart.invoice.CreditNoteRequest;
import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.InvoiceRequest;
import com.comptappart.invoice.Payment;
import com.comptappart.kernel.Misconfigured;
import com.comptappart.kernel.Proportion;
import com.comptappart.mail.Mails;
import com.comptappart.mail.OutgoingMail;
import com.comptappart.order.Dispute;
import com.comptappart.order.Order;
import com.comptappart.order.OrderRefund;
import com.comptappart.order.PendingOrder;
import com.comptappart.order.SubscriptionFact;
import com.comptappart.order.SubscriptionNotice;
import com.comptappart.partner.Sellers;
import com.comptappart.webhook.Notifications;
import com.comptappart.webhook.OwedNotification;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Puts what is owed for an order into the words of the module that owes it. */
@Component
class Owed {

    private final Sellers sellers;
    private final OwedInvoices invoices;
    private final BuyerLinks links;
    private final Mails mails;
    private final Notifications notifications;
    private final NotificationJson json;

    Owed(
            Sellers sellers,
            OwedInvoices invoices,
            BuyerLinks links,
            Mails mails,
            Notifications notifications,
            @Value("${comptappart.public-url:http://localhost:8080}") String publicUrl) {
        this.sellers = sellers;
        this.invoices = invoices;
        this.links = links;
        this.mails = mails;
        this.notifications = notifications;
        this.json = new NotificationJson(checked(publicUrl));
    }

    /** Bodies are frozen with the links that they carry: a wrong base must not come that far. */
    private static String checked(String publicUrl) {
        if (!publicUrl.matches("https?://[A-Za-z0-9.\\[\\]:_-]+(/[^\\s?#]*)?")) {
            throw new Misconfigured(
                    "COMPTAPPART_PUBLIC_URL must be an address such as https://hub.example, not '"
                            + publicUrl
                            + "'");
        }
        return publicUrl;
    }

    List<InvoiceRequest> invoices(List<Order> orders) {
        return invoices.of(orders);
    }

    OutgoingMail mail(Order order, InvoiceIssued invoice) {
        var seller = sellers.sellerOf(order.paid().partner(), order.paid().environment());
        return InvoiceMail.of(order, invoice, seller, links.ofMail(order.id(), invoice.issuedAt()));
    }

    OwedNotification notification(Order order, InvoiceIssued invoice) {
        var paid = order.paid();
        String type =
                paid.billingReason().equals("subscription_cycle")
                        ? "order.renewed"
                        : "order.created";
        return new OwedNotification(
                paid.partner(),
                paid.environment(),
                order.id(),
                type,
                paid.eventId(),
                json.order(type, order, invoice),
                invoice.issuedAt());
    }

    CreditNoteRequest creditNote(Order order, OrderRefund refund) {
        var seller = sellers.sellerOf(refund.partner(), refund.environment());
        return new CreditNoteRequest(
                refund.order(),
                refund.partner(),
                refund.environment(),
                seller.id(),
                seller.creditNotePrefix(),
                refund.refundId(),
                refund.amountMinor(),
                refund.at(),
                refund.reason(),
                Snapshot.language(order.paid().buyer()),
                means(refund),
                taken(order, refund));
    }

    /** For which lines of the invoice: those that were asked for, else those of products. */
    private static List<CreditNoteRequest.Taken> taken(Order order, OrderRefund refund) {
        Map<List<Integer>, Long> wanted = new LinkedHashMap<>();
        var places = order.paid().invoiceLines();
        refund.of()
                .lines()
                .forEach((line, minor) -> {
                    if (line < places.size()) {
                        wanted.put(places.get(line), minor);
                    }
                });
        if (wanted.isEmpty()) {
            refund.of()
                    .products()
                    .forEach((product, minor) -> wanted.put(linesOf(order, product), minor));
        }
        var known =
                wanted.entrySet().stream()
                        .filter(each -> each.getValue() > 0 && !each.getKey().isEmpty())
                        .toList();
        long[] weights = known.stream().mapToLong(Map.Entry::getValue).toArray();
        long all = Math.min(refund.amountMinor(), Arrays.stream(weights).sum());
        long[] parts = Proportion.spread(all, weights);
        return IntStream.range(0, parts.length)
                .mapToObj(i -> new CreditNoteRequest.Taken(known.get(i).getKey(), parts[i]))
                .toList();
    }

    private static List<Integer> linesOf(Order order, String product) {
        var lines = order.paid().lines();
        var places = order.paid().invoiceLines();
        return IntStream.range(0, lines.size())
                .filter(line -> lines.get(line).productId().equals(product))
                .boxed()
                .flatMap(line -> places.get(line).stream())
                .toList();
    }

    private static @Nullable String means(OrderRefund refund) {
        return switch (refund.means()) {
            case null -> null;
            case BALANCE -> Payment.BALANCE;
            case OUT_OF_BAND -> Payment.ELSEWHERE;
            case REDUCTION -> Payment.REDUCTION;
        };
    }

    OutgoingMail creditNoteMail(Order order, OrderRefund refund, InvoiceIssued creditNote) {
        var seller = sellers.sellerOf(order.paid().partner(), order.paid().environment());
        return CreditNoteMail.of(
                order, refund, creditNote, seller, links.ofMail(order.id(), creditNote.issuedAt()));
    }

    OutgoingMail paymentFailed(PendingOrder pending) {
        var order = pending.order();
        return PaymentFailedMail.of(
                pending, sellers.sellerOf(order.partner(), order.environment()));
    }

    OwedNotification refunded(Order order, Credited.Of credited, InvoiceIssued creditNote) {
        var refund = credited.refund();
        return new OwedNotification(
                refund.partner(),
                refund.environment(),
                refund.order(),
                "order.refunded",
                refund.eventId(),
                refund.refundId(),
                json.refunded(order, credited.invoice(), refund, creditNote),
                creditNote.issuedAt());
    }

    OwedNotification dispute(Order order, InvoiceIssued invoice, Dispute dispute) {
        return new OwedNotification(
                order.paid().partner(),
                order.paid().environment(),
                order.id(),
                "order.disputed",
                dispute.eventId(),
                json.disputed(order, invoice, dispute),
                dispute.at());
    }

    OwedNotification subscription(SubscriptionNotice notice) {
        String type = type(notice.kind());
        return new OwedNotification(
                notice.state().partner(),
                notice.state().environment(),
                null,
                type,
                notice.eventId(),
                notice.state().subscriptionId(),
                json.subscription(type, notice),
                notice.at());
    }

    static String type(SubscriptionFact.Kind kind) {
        return switch (kind) {
            case CREATED -> "subscription.created";
            case UPDATED -> "subscription.updated";
            case CANCELED -> "subscription.canceled";
            case PAYMENT_FAILED -> "subscription.payment_failed";
        };
    }

    void record(List<OutgoingMail> toBuyers, List<OwedNotification> toPartners) {
        mails.owe(toBuyers);
        notifications.owe(toPartners);
    }
}
