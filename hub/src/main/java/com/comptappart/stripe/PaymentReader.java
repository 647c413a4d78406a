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

    /** Nothing was charged: the customer's credit balance paid, or nothing was due. */
    static final String BALANCE = "customer_credit";

    static final String ELSEWHERE = "out_of_band";

    private final StripeApi stripe;
    private final Clock clock;

    PaymentReader(StripeApi stripe, Clock clock) {
        this.stripe = stripe;
        this.clock = clock;
    }

    /**
     * The payment, and the payment intent where it is known.
     *
     * @param elsewhereMinor what was paid outside of Stripe, minor units
     */
    record Paid(Payment payment, JsonNode intent, long elsewhereMinor) {

        private Paid(Payment payment, JsonNode intent) {
            this(payment, intent, 0);
        }

        private Paid outside(long minor) {
            return new Paid(payment, intent, minor);
        }

        Paid at(Instant paidAt) {
            return new Paid(
                    new Payment(paidAt, payment.method(), payment.last4(), payment.reference()),
                    intent,
                    elsewhereMinor);
        }
    }

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
        return of(source, reference, sessionId, told);
    }

    /**
     * How an invoice was paid.
     *
     * @param told when it was paid
     */
    Paid ofInvoice(Source source, JsonNode invoice, Instant told) {
        String invoiceId = SessionFields.id(invoice.path("id"), "id");
        long paid = Math.max(0, SessionFields.signedOrZero(invoice, "amount_paid"));
        if (InvoiceShape.isPaidElsewhere(invoice)) {
            return elsewhere(told, invoiceId, paid);
        }
        if (paid == 0 && SessionFields.signedOrZero(invoice, "total") > 0) {
            return new Paid(
                    new Payment(told, BALANCE, null, invoiceId), MissingNode.getInstance(), 0);
        }
        var reference = InvoiceShape.paymentIntent(invoice);
        long outside = 0;
        if (SessionFields.reference(reference, "payment_intent").isEmpty()
                && paid > 0
                && stripe.canAsk(source.environment())) {
            var payments = stripe.paymentsOfInvoice(source, invoiceId);
            outside = paid - InvoiceShape.throughStripe(payments, paid);
            reference = InvoiceShape.ofPayments(payments);
        }
        return outside > 0 && outside == paid
                ? elsewhere(told, invoiceId, paid)
                : of(source, reference, invoiceId, told).at(told).outside(outside);
    }

    private static Paid elsewhere(Instant told, String invoiceId, long minor) {
        return new Paid(
                new Payment(told, ELSEWHERE, null, invoiceId), MissingNode.getInstance(), minor);
    }

    private Paid of(Source source, JsonNode reference, String otherwise, Instant told) {
        String id = SessionFields.reference(reference, "payment_intent");
        if (id.isEmpty()) {
            return new Paid(
                    new Payment(told, "unknown", null, otherwise), MissingNode.getInstance());
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

    /**
     * The same, where nothing else needs an answer of Stripe: if it has no room for the question
     * now, or no answer, the method is left unknown. An order waits for none of it.
     */
    Paid readIfQuick(Source source, JsonNode session, Instant told) {
        try {
            return read(source.briefly(clock.instant()), session, MissingNode.getInstance(), told);
        } catch (StripeUnavailable | Unreadable e) {
            var reference =
                    SessionFields.reference(session.path("payment_intent"), "payment_intent");
            String id =
                    reference.isEmpty() ? SessionFields.id(session.path("id"), "id") : reference;
            return new Paid(new Payment(told, "unknown", null, id), MissingNode.getInstance());
        }
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
