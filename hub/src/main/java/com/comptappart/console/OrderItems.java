package com.comptappart.console;

import com.comptappart.console.AttentionPage.Item;
import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.PageRequest;
import com.comptappart.order.Orders;
import com.comptappart.order.PendingOrders;
import com.comptappart.order.TroubledRefund;
import com.comptappart.order.TroubledRefunds;
import java.util.List;
import org.springframework.stereotype.Component;

/** Orders and refunds that a person must look at, as they are shown. */
@Component
class OrderItems {

    private static final PageRequest FIRST = new PageRequest(50, null);

    private final Orders orders;
    private final TroubledRefunds refunds;
    private final PendingOrders pending;
    private final Invoices invoices;
    private final Places places;

    OrderItems(
            Orders orders,
            TroubledRefunds refunds,
            PendingOrders pending,
            Invoices invoices,
            Places places) {
        this.pending = pending;
        this.invoices = invoices;
        this.orders = orders;
        this.refunds = refunds;
        this.places = places;
    }

    List<Item> flagged(Place place, Words words) {
        return orders.needingAttention(place.partner(), place.environment(), FIRST).data().stream()
                .map(order ->
                        new Item(
                                words.text("attention.order", order.id().toString()),
                                Place.path(
                                        places.word(order.paid().partner()),
                                        place.environment(),
                                        "/commandes/" + order.id()),
                                words.time(order.createdAt()),
                                Words.machine(order.createdAt()),
                                order.paid().attention(),
                                ""))
                .toList();
    }

    /** Orders whose invoice can't be made yet. */
    List<Item> uninvoiced(Place place, Words words) {
        return invoices.waiting(place.partner(), place.environment(), FIRST.limit()).stream()
                .map(owed ->
                        new Item(
                                words.text("attention.order", owed.order().toString()),
                                orders.find(place.partner(), place.environment(), owed.order())
                                        .map(order ->
                                                Place.path(
                                                        places.word(order.paid().partner()),
                                                        place.environment(),
                                                        "/commandes/" + owed.order()))
                                        .orElse(""),
                                words.time(owed.createdAt()),
                                Words.machine(owed.createdAt()),
                                owed.reason(),
                                ""))
                .toList();
    }

    /** Delayed payments that are not there yet, and those that failed. */
    List<Item> pending(Place place, Words words) {
        return pending.open(place.partner(), place.environment()).stream()
                .map(each ->
                        new Item(
                                words.text(
                                        "pending." + each.state(),
                                        words.money(each.total().minor(), each.total().currency()),
                                        each.email()),
                                "",
                                words.time(each.createdAt()),
                                Words.machine(each.createdAt()),
                                each.reason(),
                                ""))
                .toList();
    }

    List<Item> refunds(Place place, Words words) {
        return refunds.newest(place.partner(), place.environment(), FIRST.limit()).stream()
                .map(each -> item(place, words, each))
                .toList();
    }

    private Item item(Place place, Words words, TroubledRefund troubled) {
        var refund = troubled.refund();
        var partner = troubled.partner();
        String url =
                partner == null
                        ? ""
                        : Place.path(
                                places.word(partner),
                                place.environment(),
                                "/commandes/" + troubled.order());
        return new Item(
                refund.refundId() + " · " + words.money(refund.amountMinor(), refund.currency()),
                url,
                words.time(refund.at()),
                Words.machine(refund.at()),
                reason(words, troubled),
                "");
    }

    private static String reason(Words words, TroubledRefund troubled) {
        if (troubled.unplacedMinor() > 0) {
            var refund = troubled.refund();
            return words.text(
                    "refund.unplaced", words.money(troubled.unplacedMinor(), refund.currency()));
        }
        return words.text(troubled.succeeded() ? "blame.refund-returned" : "blame.refund-failed");
    }
}
