package com.comptappart.stripe;

import com.comptappart.order.Dispute;
import com.comptappart.order.Dispute.Stage;
import java.util.Map;
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

    DisputeEvents(SoldPayments payments) {
        this.payments = payments;
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
            return Told.ignored("the payment was no sale through Checkout or an invoice");
        }
        return Told.of(
                Facts.ofDispute(
                        new Dispute(
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
                                event.created())));
    }
}
