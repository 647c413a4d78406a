package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import com.comptappart.order.SubscriptionFact;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Stripe's invoices: a paid one is an order, whether Stripe tells of it once or twice, and one
 * below zero a credit on earlier orders; one that could not be paid is told to the partner.
 */
@Component
class InvoiceEvents implements FactReader {

    private static final String FAILED = "invoice.payment_failed";

    private final InvoiceReader invoices;
    private final SubscriptionReader subscriptions;

    InvoiceEvents(InvoiceReader invoices, SubscriptionReader subscriptions) {
        this.invoices = invoices;
        this.subscriptions = subscriptions;
    }

    @Override
    public Set<String> types() {
        return Set.of("invoice.paid", "invoice.payment_succeeded", FAILED);
    }

    @Override
    public Told read(ReceivedEvent event, JsonNode invoice, Source source) {
        if (event.type().equals(FAILED)) {
            return failed(event, invoice, source);
        }
        String status = invoice.path("status").asString("paid");
        if (!status.equals("paid") && !invoice.path("paid").asBoolean(false)) {
            throw new Unreadable(Reason.INVOICE_NOT_PAID.text(status));
        }
        if (SessionFields.signed(invoice, "subtotal") == 0
                && SessionFields.signed(invoice, "total") == 0
                && !InvoiceShape.sellsAndCredits(invoice)) {
            return Told.nothing(Reason.INVOICE_OF_NOTHING.text());
        }
        return invoices.read(event, invoice, source);
    }

    private Told failed(ReceivedEvent event, JsonNode invoice, Source source) {
        String subscription = InvoiceShape.subscription(invoice);
        if (subscription.isEmpty()) {
            return Told.ignored(Reason.INVOICE_OF_NO_SUBSCRIPTION.text());
        }
        String id = SessionFields.id(invoice.path("id"), "id");
        String attempt = id + " " + invoice.path("attempt_count").asLong(1);
        return Told.of(
                Facts.ofSubscriptions(
                        subscriptions.current(event, subscription, source).stream()
                                .map(state ->
                                        new SubscriptionFact(
                                                SubscriptionFact.Kind.PAYMENT_FAILED,
                                                state,
                                                event.id(),
                                                event.created(),
                                                attempt,
                                                null))
                                .toList()));
    }
}
