package com.comptappart.console;

import com.comptappart.buyer.BuyerLinks;
import com.comptappart.invoice.DocumentKind;
import com.comptappart.invoice.InvoiceFilter;
import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.order.BuyersOrders;
import com.comptappart.order.Order;
import com.comptappart.order.OrderFilter;
import com.comptappart.order.Orders;
import com.comptappart.order.SubscriptionState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** What the address of a link bought at the seller of that link, as it is shown to that buyer. */
@Component
class BuyerArea {

    private static final int ORDERS = 50;
    private static final int SUBSCRIPTIONS = 50;

    private final Orders orders;
    private final BuyersOrders bought;
    private final Invoices invoices;

    BuyerArea(Orders orders, BuyersOrders bought, Invoices invoices) {
        this.orders = orders;
        this.bought = bought;
        this.invoices = invoices;
    }

    /** An invoice or a credit note. Templates call only methods that are public. */
    record Document(
            String name, String about, String date, String machineDate, String total, String url) {}

    /**
     * A subscription.
     *
     * @param when what comes next, empty where nothing does
     * @param endUrl where its buyer ends it, empty where it ends already
     */
    record Subscribed(
            String id, String name, Badge badge, String when, String endUrl, boolean runs) {}

    /** One page of orders, newest first; what is bought for nothing has no document. */
    Page<Order> orders(BuyerLinks.Opened opened, @Nullable String after) {
        var paid = opened.order().paid();
        return orders.list(
                new OrderFilter(
                        paid.partner(), paid.environment(), opened.email(), null, null, null, null),
                new PageRequest(ORDERS, after));
    }

    List<Document> documents(List<Order> of, String token, Words words) {
        var ids = of.stream().map(Order::id).toList();
        var issued = new ArrayList<>(invoices.ofOrders(ids).values());
        invoices.creditNotesOf(ids).values().forEach(issued::addAll);
        return issued.stream()
                .sorted(Comparator.comparing(InvoiceIssued::issuedAt).reversed())
                .map(each -> document(each, of, token, words))
                .toList();
    }

    private static Document document(
            InvoiceIssued issued, List<Order> of, String token, Words words) {
        boolean isNote = issued.kind() == DocumentKind.CREDIT_NOTE;
        String about =
                isNote
                        ? words.text("buyers.on-invoice", issued.refersTo())
                        : of.stream()
                                .filter(order -> order.id().equals(issued.order()))
                                .map(BuyerArea::name)
                                .findFirst()
                                .orElse("");
        return new Document(
                words.text(isNote ? "buyers.credit-note" : "buyers.invoice", issued.number()),
                about,
                words.date(issued.issueDate()),
                issued.issueDate().toString(),
                words.money(
                        isNote ? -issued.totalMinor() : issued.totalMinor(),
                        new Currency(issued.currency())),
                BuyerDoor.AREA + "/" + token + "/documents/" + issued.number());
    }

    /** The PDF of a document of this buyer at this seller; empty for any other. */
    Optional<Invoices.Document> pdf(BuyerLinks.Opened opened, String number) {
        var paid = opened.order().paid();
        return invoices
                .list(
                        new InvoiceFilter(paid.partner(), paid.environment(), null, number),
                        new PageRequest(1, null))
                .data()
                .stream()
                .filter(issued -> isOf(opened, issued.order()))
                .findFirst()
                .flatMap(invoices::pdf);
    }

    private boolean isOf(BuyerLinks.Opened opened, OrderId order) {
        return orders.byIds(List.of(order)).stream()
                .map(found -> found.paid().buyer().email())
                .anyMatch(email -> email != null && email.equalsIgnoreCase(opened.email()));
    }

    List<SubscriptionState> subscriptions(BuyerLinks.Opened opened) {
        var paid = opened.order().paid();
        return bought.subscriptions(
                paid.partner(), paid.environment(), opened.email(), SUBSCRIPTIONS);
    }

    List<Subscribed> subscribed(
            List<SubscriptionState> all, List<Order> of, String token, Words words) {
        return all.stream().map(each -> subscribed(each, of, token, words)).toList();
    }

    private static Subscribed subscribed(
            SubscriptionState state, List<Order> of, String token, Words words) {
        String name =
                of.stream()
                        .filter(order ->
                                state.subscriptionId().equals(order.paid().subscriptionId()))
                        .map(BuyerArea::name)
                        .findFirst()
                        .orElse(words.text("buyers.subscription"));
        boolean ends = state.isEnded() || state.cancelAt() != null;
        return new Subscribed(
                state.subscriptionId(),
                name,
                badge(state, words),
                when(state, words),
                ends
                        ? ""
                        : UriComponentsBuilder.fromPath(BuyerDoor.TERMINATE)
                                .queryParam("lien", token)
                                .queryParam("contrat", state.subscriptionId())
                                .build()
                                .toUriString(),
                !state.isEnded());
    }

    private static String name(Order order) {
        var lines = order.paid().lines();
        return lines.isEmpty() ? "" : lines.getFirst().name();
    }

    private static Badge badge(SubscriptionState state, Words words) {
        if (!state.isEnded() && state.cancelAt() != null) {
            return new Badge("held", words.text("buyers.state.ending"));
        }
        String word =
                words.textOr("buyers.state." + state.status(), words.text("buyers.state.other"));
        return switch (state.status()) {
            case "active", "trialing" -> Badge.ok(word);
            case "past_due", "unpaid", "incomplete" -> Badge.bad(word);
            default -> new Badge("none", word);
        };
    }

    private static String when(SubscriptionState state, Words words) {
        var end = state.isEnded() ? state.canceledAt() : state.cancelAt();
        if (end != null) {
            return words.text(
                    state.isEnded() ? "buyers.ended-on" : "buyers.ends-on", words.day(end));
        }
        boolean renews = state.status().equals("active") || state.status().equals("trialing");
        return renews && state.currentPeriodEnd() != null
                ? words.text("buyers.renews-on", words.day(state.currentPeriodEnd()))
                : "";
    }
}
