package com.comptappart.stripe;

import com.comptappart.order.Order;
import com.comptappart.order.PaidObjects;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Finds the payment of ours that a refund or a dispute is about. */
@Component
class SoldPayments {

    private final PaidObjects orders;
    private final StripeApi stripe;
    private final Clock clock;

    SoldPayments(PaidObjects orders, StripeApi stripe, Clock clock) {
        this.orders = orders;
        this.stripe = stripe;
        this.clock = clock;
    }

    /**
     * The payment's reference, as its orders keep it or will.
     *
     * @param object a refund, dispute or charge that names its payment intent or charge
     * @return empty where it names no payment intent: it was no sale through Checkout or an invoice
     * @throws AwaitsOrder when how the order will name the payment is not known yet
     */
    String reference(ReceivedEvent event, JsonNode object, Source source) {
        String intent = intent(object, source);
        if (intent.isEmpty() || hasOrder(event, intent)) {
            return intent;
        }
        String invoice = invoice(source, intent);
        var byInvoice =
                invoice.isEmpty()
                        ? List.<Order>of()
                        : orders.ofObject(event.account(), event.environment(), invoice);
        if (!byInvoice.isEmpty()) {
            return byInvoice.getFirst().paid().payment().reference();
        }
        if (invoice.isEmpty()) {
            return intent;
        }
        throw new AwaitsOrder(intent);
    }

    /**
     * The reference of a payment whose order is there.
     *
     * @return empty where there will be none
     * @throws AwaitsOrder when its order may still come
     */
    String referenceOfOrder(ReceivedEvent event, JsonNode object, Source source) {
        String reference = reference(event, object, source);
        if (reference.isEmpty() || hasOrder(event, reference)) {
            return reference;
        }
        if (!AwaitsOrder.mayStillCome(event, clock.instant()) && isOfNoSession(source, reference)) {
            return "";
        }
        throw new AwaitsOrder(reference);
    }

    /**
     * How the sale is named that a refund or dispute is about: its payment intent and its invoice,
     * as far as there are such.
     */
    List<String> names(JsonNode object, Source source) {
        String intent = intent(object, source);
        if (intent.isEmpty()) {
            return List.of();
        }
        String invoice = invoice(source, intent);
        return invoice.isEmpty() ? List.of(intent) : List.of(intent, invoice);
    }

    /** Whether that payment intent or invoice is an order. */
    boolean isOrder(Source source, String name) {
        return !orders.ofPayment(source.account(), source.environment(), name).isEmpty()
                || !orders.ofObject(source.account(), source.environment(), name).isEmpty();
    }

    private boolean hasOrder(ReceivedEvent event, String reference) {
        return !orders.ofPayment(event.account(), event.environment(), reference).isEmpty();
    }

    private String intent(JsonNode object, Source source) {
        String intent = SessionFields.reference(object.path("payment_intent"), "payment_intent");
        if (!intent.isEmpty()) {
            return intent;
        }
        var charge = object.path("charge");
        String id = SessionFields.reference(charge, "charge");
        if (charge.isObject() || id.isEmpty() || !stripe.canAsk(source.environment())) {
            return SessionFields.reference(charge.path("payment_intent"), "payment_intent");
        }
        return stripe.charge(source, id)
                .map(found ->
                        SessionFields.reference(found.path("payment_intent"), "payment_intent"))
                .orElse("");
    }

    private String invoice(Source source, String intent) {
        return stripe.canAsk(source.environment()) ? stripe.invoiceOfPayment(source, intent) : "";
    }

    /** Only where Stripe says so: what it does not tell may still be a session's. */
    private boolean isOfNoSession(Source source, String intent) {
        return stripe.canAsk(source.environment())
                && stripe.sessionsOf(source, "payment_intent", intent)
                        .map(JsonNode::isEmpty)
                        .orElse(false);
    }
}
