package com.comptappart.stripe;

import com.comptappart.order.Order;
import com.comptappart.order.Orders;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Finds the payment of ours that a refund or a dispute is about. */
@Component
class SoldPayments {

    private final Orders orders;
    private final StripeApi stripe;

    SoldPayments(Orders orders, StripeApi stripe) {
        this.orders = orders;
        this.stripe = stripe;
    }

    /**
     * The payment's reference, as its orders keep it.
     *
     * @param object a refund, dispute or charge that names its payment intent or charge
     * @return empty where the payment was no sale through Checkout or an invoice
     * @throws AwaitsOrder when its order is not there yet
     */
    String reference(ReceivedEvent event, JsonNode object, Source source) {
        String intent = intent(object, source);
        if (intent.isEmpty()) {
            return "";
        }
        if (!orders.ofPayment(event.account(), event.environment(), intent).isEmpty()) {
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
        if (invoice.isEmpty() && isOfNoSession(source, intent)) {
            return "";
        }
        throw new AwaitsOrder(intent);
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
