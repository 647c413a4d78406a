package com.comptappart.stripe;

import com.comptappart.order.Payment;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads how the money came; nothing that money depends on, so what Stripe lacks is left unknown.
 */
@Component
class PaymentReader {

    private final StripeApi stripe;
    private final Clock clock;

    PaymentReader(StripeApi stripe, Clock clock) {
        this.stripe = stripe;
        this.clock = clock;
    }

    /** The payment, and the payment intent where it is known. */
    record Paid(Payment payment, JsonNode intent) {}

    /**
     * @param fetched the session as Stripe gave it when it was asked, else missing
     * @param told when Stripe told of the payment
     */
    Paid read(Source source, JsonNode session, JsonNode fetched, Instant told) {
        String sessionId = SessionFields.id(session.path("id"), "id");
        var reference = session.path("payment_intent");
        if (!reference.isObject() && fetched.path("payment_intent").isObject()) {
            reference = fetched.path("payment_intent");
        }
        String id = SessionFields.reference(reference, "payment_intent");
        if (id.isEmpty()) {
            return new Paid(
                    new Payment(told, "unknown", null, sessionId), MissingNode.getInstance());
        }
        var intent = intent(source, reference, id);
        var charge = charge(source, intent);
        var details = charge.path("payment_method_details");
        String type = details.path("type").asString("");
        String method = type.matches("[a-z0-9_]{1,50}") ? type : "unknown";
        String last4 = details.path(method).path("last4").asString("");
        var payment =
                new Payment(
                        paidAt(charge, told),
                        method,
                        last4.matches("[0-9A-Za-z]{1,8}") ? last4 : null,
                        id);
        return new Paid(payment, intent);
    }

    private JsonNode intent(Source source, JsonNode reference, String id) {
        boolean told =
                reference.path("latest_charge").isObject()
                        || reference.path("latest_charge").isString()
                        || !reference.path("charges").path("data").isEmpty();
        if (told || !stripe.canAsk(source.environment())) {
            return reference;
        }
        return stripe.paymentIntent(source, id).orElse(reference);
    }

    private JsonNode charge(Source source, JsonNode intent) {
        var charge = intent.path("latest_charge");
        if (charge.isObject()) {
            return charge;
        }
        var listed = intent.path("charges").path("data").path(0);
        if (listed.isObject()) {
            return listed;
        }
        String id = SessionFields.reference(charge, "latest_charge");
        if (id.isEmpty() || !stripe.canAsk(source.environment())) {
            return MissingNode.getInstance();
        }
        return stripe.charge(source, id).orElse(MissingNode.getInstance());
    }

    private Instant paidAt(JsonNode charge, Instant told) {
        var created = SessionFields.time(charge.path("created"), clock.instant());
        return created == null ? told : created;
    }
}
