package com.comptappart.console;

import com.comptappart.console.AttentionPage.Item;
import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.PageRequest;
import com.comptappart.order.Orders;
import com.comptappart.order.PendingOrders;
import com.comptappart.order.TroubledRefund;
import com.comptappart.order.TroubledRefunds;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
                                words.reason(order.paid().attention()),
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
                                words.reason(owed.reason()),
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
        var found = refunds.newest(place.partner(), place.environment(), FIRST.limit());
        var notes =
                invoices.creditNotesOf(
                        found.stream()
                                .map(TroubledRefund::order)
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList());
        return found.stream()
                .map(each -> {
                    var note =
                            notes.getOrDefault(each.order(), List.of()).stream()
                                    .filter(one -> one.refundId().equals(each.refund().refundId()))
                                    .findFirst()
                                    .orElse(null);
                    return item(place, words, each, reason(words, each, note));
                })
                .toList();
    }

    private Item item(Place place, Words words, TroubledRefund troubled, String reason) {
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
                reason,
                "");
    }

    private static String reason(
            Words words, TroubledRefund troubled, @Nullable InvoiceIssued creditNote) {
        var currency = troubled.refund().currency();
        if (troubled.unfundedMinor() > 0) {
            return RefundSteps.unfunded(words, troubled.unfundedMinor(), currency, creditNote);
        }
        if (troubled.refund().credit() != null) {
            return words.text(
                    "refund.credit-unplaced", words.money(troubled.unplacedMinor(), currency));
        }
        if (troubled.unplacedMinor() > 0 && troubled.order() == null) {
            return words.text("refund.before-order");
        }
        if (troubled.unplacedMinor() > 0) {
            return words.text("refund.unplaced", words.money(troubled.unplacedMinor(), currency));
        }
        return words.text("blame.refund-failed");
    }
}
