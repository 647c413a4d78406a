package com.comptappart.flow;

import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.Invoices;
import com.comptappart.invoice.IssuedHistory;
import com.comptappart.webhook.OwedFacts;
import com.comptappart.webhook.OwedNotification;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Orders, renewals and refunds again, from the documents that were issued for them. */
@Component
@Order(2)
class IssuedFacts implements OwedFacts {

    private final IssuedHistory history;
    private final Invoices invoices;
    private final Sold sold;
    private final Owed owed;

    IssuedFacts(IssuedHistory history, Invoices invoices, Sold sold, Owed owed) {
        this.history = history;
        this.invoices = invoices;
        this.sold = sold;
        this.owed = owed;
    }

    @Override
    public String name() {
        return "issued";
    }

    @Override
    public Facts read(Asked asked, String after, int limit) {
        var issued =
                history.read(
                        asked.partner(),
                        asked.environment(),
                        asked.since(),
                        asked.until(),
                        after,
                        limit);
        return new Facts(facts(issued), issued.size() < limit ? null : issued.getLast().number());
    }

    private List<OwedNotification> facts(List<InvoiceIssued> issued) {
        var credited = Credited.behind(issued, invoices, sold.refunds());
        var orders =
                sold.orders().byIds(issued.stream().map(InvoiceIssued::order).toList()).stream()
                        .collect(
                                Collectors.toMap(
                                        com.comptappart.order.Order::id, Function.identity()));
        return issued.stream()
                .map(document -> {
                    var order = Objects.requireNonNull(orders.get(document.order()));
                    return switch (document.kind()) {
                        case INVOICE -> owed.notification(order, document);
                        case CREDIT_NOTE -> owed.refunded(order, credited.of(document), document);
                    };
                })
                .toList();
    }
}
