package com.comptappart.stripe;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Reason;
import com.comptappart.order.Credit;
import com.comptappart.order.Order;
import com.comptappart.order.PaidObjects;
import com.comptappart.order.Refund;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * What a Stripe invoice gives back: the lines of a partner below zero (a downgrade, the unused time
 * of what ended), which go to the customer's balance or pay for the others' lines; and what was
 * taken off before it was paid. Stripe makes no refund of it.
 */
@Component
class InvoiceCredits {

    /** As long as Stripe repeats the events of the invoice that is credited. */
    private static final Duration WAIT = Duration.ofDays(3);

    private final PaidObjects orders;
    private final StripeApi stripe;
    private final Clock clock;

    InvoiceCredits(PaidObjects orders, StripeApi stripe, Clock clock) {
        this.orders = orders;
        this.stripe = stripe;
        this.clock = clock;
    }

    /**
     * An invoice that was paid.
     *
     * @param paymentReference of its orders
     */
    record Paid(
            ReceivedEvent event,
            JsonNode invoice,
            Source source,
            String paymentReference,
            Instant at) {

        private String id() {
            return SessionFields.id(invoice.path("id"), "id");
        }
    }

    /**
     * @param below what partners' lines are below zero, as more than zero
     * @param sells whether other lines of it make orders
     * @throws AwaitsOrder when an invoice that it may credit is no order yet
     * @throws Unreadable when nothing says what it credits
     */
    List<Refund> of(Paid paid, Map<PartnerId, Long> below, boolean sells) {
        long before = SessionFields.signedOrZero(paid.invoice(), "pre_payment_credit_notes_amount");
        var credits = new ArrayList<Refund>();
        if (before > 0) {
            credits.add(ofItself(paid, paid.id(), before));
        }
        for (var each : below.entrySet()) {
            String id = credits.isEmpty() ? paid.id() : paid.id() + "/" + each.getKey();
            credits.add(below(paid, id, each.getKey(), each.getValue(), sells));
        }
        return credits;
    }

    private Refund below(Paid paid, String id, PartnerId partner, long minor, boolean sells) {
        boolean prorated = InvoiceShape.creditsTime(paid.invoice());
        if (sells && !prorated) {
            return ofItself(paid, id, minor);
        }
        String subscription = InvoiceShape.subscription(paid.invoice());
        if (subscription.isEmpty()) {
            return ofNamedOrder(paid, id, minor);
        }
        var earlier = earlier(paid, subscription);
        String named = InvoiceShape.creditedInvoice(paid.invoice());
        String credited = named.isEmpty() && !earlier.isEmpty() ? earlier.getFirst() : named;
        // All of them: which of them a credit is taken from must not depend on what came first.
        if (!credited.isEmpty()) {
            await(paid.event(), credited);
        }
        earlier.forEach(each -> await(paid.event(), each));
        var credit = new Credit(Credit.Means.BALANCE, partner, credited);
        return refund(paid, id, subscription, minor, null, credit);
    }

    /** What the invoice itself sells is reduced. */
    private static Refund ofItself(Paid paid, String id, long minor) {
        var credit = new Credit(Credit.Means.REDUCTION, null, paid.id());
        return refund(paid, id, paid.paymentReference(), minor, null, credit);
    }

    private List<String> earlier(Paid paid, String subscription) {
        return stripe.canAsk(paid.event().environment())
                ? stripe.invoicesPaidBefore(
                        paid.source(),
                        subscription,
                        paid.id(),
                        paid.invoice().path("created").asLong(Long.MAX_VALUE))
                : List.of();
    }

    private void await(ReceivedEvent event, String invoice) {
        boolean there = !orders.ofObject(event.account(), event.environment(), invoice).isEmpty();
        if (!there && clock.instant().isBefore(event.created().plus(WAIT))) {
            throw new AwaitsOrder(invoice);
        }
    }

    /** An invoice without a subscription does not say what it credits: a person may. */
    private Refund ofNamedOrder(Paid paid, String id, long minor) {
        var event = paid.event();
        var fresh =
                stripe.canAsk(event.environment())
                        ? stripe.invoice(paid.source(), paid.id()).orElse(paid.invoice())
                        : paid.invoice();
        String text = fresh.path("metadata").path(RefundEvents.ORDER).asString("");
        var named = RefundEvents.order(text);
        var order =
                named == null ? null : ofAccount(event, orders.byId(event.environment(), named));
        if (order == null) {
            throw new Unreadable(Reason.CREDIT_NAMES_NO_ORDER.text(minor, RefundEvents.ORDER));
        }
        var credit = new Credit(Credit.Means.BALANCE, null, "");
        return refund(paid, id, order.paid().payment().reference(), minor, order.id(), credit);
    }

    private static @Nullable Order ofAccount(ReceivedEvent event, @Nullable Order order) {
        return order != null && order.paid().account().equals(event.account()) ? order : null;
    }

    private static Refund refund(
            Paid paid,
            String id,
            String reference,
            long minor,
            @Nullable OrderId order,
            Credit credit) {
        Currency currency = SessionFields.currency(paid.invoice());
        return new Refund(
                paid.event().account(),
                paid.event().environment(),
                id,
                reference,
                null,
                minor,
                currency,
                Refund.Status.SUCCEEDED,
                "",
                "",
                order,
                paid.event().id(),
                paid.at(),
                credit);
    }
}
