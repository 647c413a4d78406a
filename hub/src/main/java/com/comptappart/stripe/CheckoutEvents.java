package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import com.comptappart.order.PaidObjects;
import com.comptappart.order.PaidOrder;
import com.comptappart.order.PendingOrder;
import com.comptappart.order.Receipt;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Checkout Sessions: a paid one is an order; an unpaid one waits for its money; one that began a
 * subscription is remembered for the subscription's invoices, which alone make orders.
 */
@Component
class CheckoutEvents implements FactReader {

    private static final String COMPLETED = "checkout.session.completed";
    private static final String SUCCEEDED = "checkout.session.async_payment_succeeded";
    private static final String FAILED = "checkout.session.async_payment_failed";

    private final CheckoutReader checkout;
    private final StripeApi stripe;
    private final PaidObjects orders;

    CheckoutEvents(CheckoutReader checkout, StripeApi stripe, PaidObjects orders) {
        this.checkout = checkout;
        this.stripe = stripe;
        this.orders = orders;
    }

    @Override
    public Set<String> types() {
        return Set.of(COMPLETED, SUCCEEDED, FAILED);
    }

    @Override
    public Told read(ReceivedEvent event, JsonNode session, Source source) {
        if (session.path("managed_payments").path("enabled").asBoolean(false)) {
            return Told.ignored(Reason.SESSION_MANAGED.text());
        }
        String mode = SessionFields.required(session, "mode");
        return switch (mode) {
            case "payment" -> payment(event, session, source);
            case "subscription" ->
                    new Told(
                            "done",
                            Reason.SESSION_OF_SUBSCRIPTION.text(),
                            Facts.NONE.with(memory(event, session)));
            default -> Told.ignored(Reason.SESSION_SELLS_NOTHING.text(mode));
        };
    }

    private Told payment(ReceivedEvent event, JsonNode session, Source source) {
        String invoice = SessionFields.reference(session.path("invoice"), "invoice");
        if (!invoice.isEmpty()
                && !orders.ofObject(event.account(), event.environment(), invoice).isEmpty()) {
            return Told.nothing(Reason.SESSION_INVOICE_IS_ORDER.text(invoice));
        }
        if (event.type().equals(FAILED)) {
            var failed = checkout.read(event, session, source);
            return Told.of(
                    Facts.ofPending(
                            pending(failed, PendingOrder.State.FAILED, reason(source, session))));
        }
        String status = SessionFields.required(session, "payment_status");
        var read = checkout.read(event, session, source);
        return switch (status) {
            case "paid", "no_payment_required" -> paid(event, session, read);
            case "unpaid" ->
                    new Told(
                            "done",
                            Reason.SESSION_AWAITS_FUNDS.text(),
                            Facts.ofPending(pending(read, PendingOrder.State.AWAITING, "")));
            default -> throw new Unreadable(Reason.SESSION_STATUS_UNKNOWN.text(status));
        };
    }

    private static Told paid(ReceivedEvent event, JsonNode session, List<PaidOrder> orders) {
        var receipt =
                Receipt.captured(
                        event.account(),
                        event.environment(),
                        SessionFields.id(session.path("id"), "id"),
                        SessionFields.currency(session),
                        SessionFields.amount(session, "amount_total"));
        var facts = Facts.ofOrders(orders, receipt);
        if (event.type().equals(SUCCEEDED)) {
            facts = facts.withPending(pending(orders, PendingOrder.State.PAID, ""));
        }
        var memory = memory(event, session);
        return Told.of(memory.invoiceId().isEmpty() ? facts : facts.with(memory));
    }

    private static SessionMemory memory(ReceivedEvent event, JsonNode session) {
        return SessionMemory.of(event.account(), event.environment(), session);
    }

    private static List<PendingOrder> pending(
            List<PaidOrder> orders, PendingOrder.State state, String reason) {
        return orders.stream().map(order -> new PendingOrder(order, state, reason)).toList();
    }

    /** What the bank said, where Stripe tells. */
    private String reason(Source source, JsonNode session) {
        var reference = session.path("payment_intent");
        String id = SessionFields.reference(reference, "payment_intent");
        if (id.isEmpty() || (!reference.isObject() && !stripe.canAsk(source.environment()))) {
            return "";
        }
        var intent =
                reference.isObject()
                        ? reference
                        : stripe.paymentIntent(source, id).orElse(reference);
        return Clean.line(intent.path("last_payment_error").path("message").asString(""));
    }
}
