package com.comptappart.flow;

import com.comptappart.invoice.Invoices;
import com.comptappart.order.DisputeTellings;
import com.comptappart.order.OrdersDisputed;
import com.comptappart.webhook.OwedFacts;
import com.comptappart.webhook.OwedNotification;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Disputes again; those of orders without an invoice wait for its issuing, as at first. */
@Component
@Order(3)
class DisputedFacts implements OwedFacts {

    private final DisputeTellings disputes;
    private final Invoices invoices;
    private final Owed owed;

    DisputedFacts(DisputeTellings disputes, Invoices invoices, Owed owed) {
        this.disputes = disputes;
        this.invoices = invoices;
        this.owed = owed;
    }

    @Override
    public String name() {
        return "disputed";
    }

    @Override
    public Facts read(Asked asked, String after, int limit) {
        var told =
                disputes.read(
                        asked.partner(),
                        asked.environment(),
                        asked.since(),
                        asked.until(),
                        place(after),
                        limit);
        return new Facts(facts(told), told.size() < limit ? null : place(told.getLast()));
    }

    private List<OwedNotification> facts(List<OrdersDisputed.Told> told) {
        var issued =
                invoices.ofOrders(told.stream().map(each -> each.order().id()).distinct().toList());
        return told.stream()
                .filter(each -> issued.containsKey(each.order().id()))
                .map(each ->
                        owed.dispute(
                                each.order(),
                                Objects.requireNonNull(issued.get(each.order().id())),
                                each.dispute()))
                .toList();
    }

    private static DisputeTellings.@Nullable After place(String after) {
        if (after.isEmpty()) {
            return null;
        }
        String[] parts = after.split(" ", -1);
        return new DisputeTellings.After(
                Instant.parse(parts[0]), Long.parseLong(parts[1]), parts[2], parts[3]);
    }

    private static String place(OrdersDisputed.Told told) {
        var at = DisputeTellings.After.of(told);
        return at.at() + " " + at.order() + " " + at.dispute() + " " + at.stage();
    }
}
