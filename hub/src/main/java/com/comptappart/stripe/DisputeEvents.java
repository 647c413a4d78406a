package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import com.comptappart.order.Dispute;
import com.comptappart.order.Dispute.Stage;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Payments that buyers contest with their bank. */
@Component
class DisputeEvents implements FactReader {

    private static final Map<String, Stage> STAGES =
            Map.of(
                    "charge.dispute.created", Stage.OPENED,
                    "charge.dispute.updated", Stage.GOES_ON,
                    "charge.dispute.funds_withdrawn", Stage.GOES_ON,
                    "charge.dispute.funds_reinstated", Stage.GOES_ON,
                    "charge.dispute.closed", Stage.CLOSED);

    private final SoldPayments payments;
    private final StripeApi stripe;
    private final Clock clock;

    DisputeEvents(SoldPayments payments, StripeApi stripe, Clock clock) {
        this.payments = payments;
        this.stripe = stripe;
        this.clock = clock;
    }

    @Override
    public Set<String> types() {
        return STAGES.keySet();
    }

    @Override
    public Told read(ReceivedEvent event, JsonNode dispute, Source source) {
        var stage = STAGES.get(event.type());
        if (stage == null) {
            throw new IllegalArgumentException("not an event of disputes: " + event.type());
        }
        String reference = payments.referenceOfOrder(event, dispute, source);
        if (reference.isEmpty()) {
            return Told.ignored(Reason.PAYMENT_NO_SALE.text());
        }
        // Between its two ends, the order of its events is not known to the second; Stripe is
        // asked.
        var now = stage == Stage.GOES_ON ? asked(dispute, source) : Optional.<JsonNode>empty();
        var at = now.isPresent() ? clock.instant() : event.created();
        return Told.of(Facts.ofDispute(fact(event, now.orElse(dispute), reference, stage, at)));
    }

    private Optional<JsonNode> asked(JsonNode dispute, Source source) {
        String id = SessionFields.id(dispute.path("id"), "id");
        return stripe.canAsk(source.environment()) ? stripe.dispute(source, id) : Optional.empty();
    }

    private static Dispute fact(
            ReceivedEvent event, JsonNode dispute, String reference, Stage stage, Instant at) {
        return new Dispute(
                event.account(),
                event.environment(),
                SessionFields.id(dispute.path("id"), "id"),
                reference,
                SessionFields.amount(dispute, "amount"),
                SessionFields.currency(dispute),
                Clean.line(dispute.path("reason").asString("")),
                SessionFields.required(dispute, "status"),
                stage,
                event.id(),
                at);
    }
}
