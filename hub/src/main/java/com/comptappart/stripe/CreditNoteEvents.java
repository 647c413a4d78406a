package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import com.comptappart.order.Credit;
import com.comptappart.order.Order;
import com.comptappart.order.PaidObjects;
import com.comptappart.order.Refund;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Stripe's credit notes on paid invoices: what of them is neither a refund, of which Stripe tells
 * apart, is a credit on the customer's balance, or was given back outside of Stripe. What one takes
 * off before the payment, the invoice tells itself.
 */
@Component
class CreditNoteEvents implements FactReader {

    private static final Duration WAIT = Duration.ofDays(3);

    private final PaidObjects orders;
    private final SessionMemories memories;
    private final StripeApi stripe;
    private final Clock clock;

    CreditNoteEvents(PaidObjects orders, SessionMemories memories, StripeApi stripe, Clock clock) {
        this.orders = orders;
        this.memories = memories;
        this.stripe = stripe;
        this.clock = clock;
    }

    @Override
    public Set<String> types() {
        return Set.of("credit_note.created");
    }

    @Override
    public Told read(ReceivedEvent event, JsonNode note, Source source) {
        if (!note.path("type").asString("").equals("post_payment")) {
            return Told.nothing(Reason.CREDIT_BEFORE_PAYMENT.text());
        }
        long refunded = refunded(note, source);
        long credited = Math.subtractExact(afterPayment(note), refunded);
        if (credited <= 0) {
            return Told.nothing(Reason.CREDIT_IS_REFUND.text());
        }
        String invoice = SessionFields.id(note.path("invoice"), "invoice");
        var paid = paid(event, invoice);
        if (paid.isEmpty() && clock.instant().isBefore(event.created().plus(WAIT))) {
            throw new AwaitsOrder(invoice);
        }
        return paid.isEmpty()
                ? Told.ignored(Reason.PAYMENT_NO_SALE.text())
                : Told.of(Facts.ofRefunds(List.of(credit(event, note, paid.getFirst(), credited))));
    }

    /** An invoice of a session for one payment made no orders of its own: the session did. */
    private List<Order> paid(ReceivedEvent event, String invoice) {
        String sold =
                memories.sessionOf(event.account(), event.environment(), invoice).orElse(invoice);
        return orders.ofObject(event.account(), event.environment(), sold);
    }

    private static long afterPayment(JsonNode note) {
        return note.path("post_payment_amount").isNumber()
                ? SessionFields.amount(note, "post_payment_amount")
                : SessionFields.amount(note, "total");
    }

    /** Up to 2024 a credit note named its one refund, and not how much of it. */
    private long refunded(JsonNode note, Source source) {
        long sum = 0;
        for (JsonNode each : note.path("refunds")) {
            sum = Math.addExact(sum, SessionFields.amount(each, "amount_refunded"));
        }
        var refund = note.path("refund");
        String id = SessionFields.reference(refund, "refund");
        if (sum > 0 || id.isEmpty()) {
            return sum;
        }
        var whole =
                refund.isObject()
                        ? refund
                        : stripe.refund(source, id)
                                .orElseThrow(() -> new Unreadable(Reason.STRIPE_UNKNOWS.text(id)));
        return SessionFields.amount(whole, "amount");
    }

    private static Refund credit(ReceivedEvent event, JsonNode note, Order order, long credited) {
        long elsewhere = SessionFields.signedOrZero(note, "out_of_band_amount");
        var means = elsewhere == credited ? Credit.Means.OUT_OF_BAND : Credit.Means.BALANCE;
        return new Refund(
                event.account(),
                event.environment(),
                SessionFields.id(note.path("id"), "id"),
                order.paid().payment().reference(),
                null,
                credited,
                SessionFields.currency(note),
                Refund.Status.SUCCEEDED,
                Clean.line(note.path("reason").asString("")),
                "",
                null,
                event.id(),
                Objects.requireNonNullElse(
                        SessionFields.moment(note.path("created")), event.created()),
                new Credit(means, null, order.paid().stripeObject()));
    }
}
