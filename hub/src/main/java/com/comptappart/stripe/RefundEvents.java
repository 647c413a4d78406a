package com.comptappart.stripe;

import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Reason;
import com.comptappart.order.GivenBack;
import com.comptappart.order.KnownObjects;
import com.comptappart.order.PaidObjects;
import com.comptappart.order.Refund;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Refunds: each refund object is one fact, whichever of Stripe's events tells of it; a charge's
 * running total is never taken for one.
 */
@Component
class RefundEvents implements FactReader {

    /** Metadata of refunds that we asked for: the order that they are of. */
    static final String ORDER = "comptappart_order";

    private static final String OF_CHARGE = "charge.refunded";

    private final SoldPayments payments;
    private final KnownObjects known;
    private final PaidObjects orders;
    private final CreditedLines lines;
    private final StripeApi stripe;

    RefundEvents(
            SoldPayments payments,
            KnownObjects known,
            PaidObjects orders,
            CreditedLines lines,
            StripeApi stripe) {
        this.payments = payments;
        this.known = known;
        this.orders = orders;
        this.lines = lines;
        this.stripe = stripe;
    }

    @Override
    public Set<String> types() {
        return Set.of(
                "refund.created",
                "refund.updated",
                "refund.failed",
                "charge.refund.updated",
                OF_CHARGE);
    }

    @Override
    public Told read(ReceivedEvent event, JsonNode object, Source source) {
        boolean ofCharge = event.type().equals(OF_CHARGE);
        var refunds = ofCharge ? ofCharge(object, source) : List.of(object);
        var facts = new ArrayList<Refund>();
        for (JsonNode refund : refunds) {
            String reference = payments.reference(event, ofCharge ? object : refund, source);
            if (reference.isEmpty()) {
                return Told.ignored(Reason.PAYMENT_NO_SALE.text());
            }
            var fact = refund(event, refund, reference);
            var products = products(event, fact, source);
            facts.add(fact.with(new GivenBack(products, fact.of().lines())));
        }
        if (!facts.isEmpty()) {
            facts.addAll(cameBack(event, facts, source));
        }
        return Told.of(Facts.ofRefunds(facts));
    }

    /**
     * What a refund gives back of each product, where Stripe's credit note on the invoice made it.
     */
    private Map<String, Long> products(ReceivedEvent event, Refund refund, Source source) {
        var sold =
                orders.ofPayment(event.account(), event.environment(), refund.paymentReference());
        boolean ofInvoice =
                !sold.isEmpty() && sold.getFirst().paid().stripeObject().startsWith("in_");
        if (!ofInvoice
                || refund.status() != Refund.Status.SUCCEEDED
                || !stripe.canAsk(source.environment())) {
            return Map.of();
        }
        var paid = sold.getFirst().paid();
        var notes =
                stripe.creditNotes(source, paid.stripeObject()).stream()
                        .filter(note -> isOf(note, refund.refundId()))
                        .toList();
        return notes.isEmpty()
                ? Map.of()
                : CreditedLines.named(
                        lines.byProduct(
                                source,
                                new CreditedLines.Sale(
                                        event.account(), paid.stripeObject(), List.of(), ""),
                                notes));
    }

    private static boolean isOf(JsonNode note, String refund) {
        for (JsonNode each : note.path("refunds")) {
            if (SessionFields.reference(each.path("refund"), "refund").equals(refund)) {
                return true;
            }
        }
        return SessionFields.reference(note.path("refund"), "refund").equals(refund);
    }

    /**
     * The refunds of the payment that came back, as Stripe knows now. Asked where a refund succeeds
     * beside one that stands as far as we know: it may be in that one's place, and the news of the
     * failure not read yet.
     */
    private List<Refund> cameBack(ReceivedEvent event, List<Refund> told, Source source) {
        var first = told.getFirst();
        var standing =
                known.standingRefunds(
                        event.account(), event.environment(), first.paymentReference());
        boolean isNew =
                told.stream()
                        .anyMatch(each ->
                                each.status() == Refund.Status.SUCCEEDED
                                        && !standing.contains(each.refundId()));
        if (!isNew || standing.isEmpty() || !stripe.canAsk(source.environment())) {
            return List.of();
        }
        var ids = new HashSet<>(standing);
        told.forEach(each -> ids.add(each.refundId()));
        return ofPayment(first, source).stream()
                .map(each -> refund(event, each, first.paymentReference()))
                .filter(each -> ids.contains(each.refundId()))
                .filter(each ->
                        each.status() == Refund.Status.FAILED
                                || each.status() == Refund.Status.CANCELED)
                .toList();
    }

    private List<JsonNode> ofPayment(Refund refund, Source source) {
        String charge = refund.chargeId();
        if (charge != null) {
            return stripe.refundsOf(source, "charge", charge);
        }
        return refund.paymentReference().startsWith("pi_")
                ? stripe.refundsOf(source, "payment_intent", refund.paymentReference())
                : List.of();
    }

    private List<JsonNode> ofCharge(JsonNode charge, Source source) {
        var embedded = charge.path("refunds");
        if (!embedded.path("data").isEmpty() && !embedded.path("has_more").asBoolean(false)) {
            return List.copyOf(embedded.path("data").values());
        }
        String id = SessionFields.id(charge.path("id"), "id");
        var found = stripe.refundsOf(source, "charge", id);
        if (found.isEmpty()) {
            throw new Unreadable(Reason.REFUNDS_MISSING.text(id));
        }
        return found;
    }

    private static Refund refund(ReceivedEvent event, JsonNode refund, String reference) {
        String id = SessionFields.id(refund.path("id"), "id");
        String charge = SessionFields.reference(refund.path("charge"), "charge");
        return new Refund(
                event.account(),
                event.environment(),
                id,
                reference,
                charge.isEmpty() ? null : charge,
                SessionFields.amount(refund, "amount"),
                SessionFields.currency(refund),
                status(refund),
                Clean.line(refund.path("reason").asString("")),
                Clean.line(refund.path("failure_reason").asString("")),
                order(refund.path("metadata").path(ORDER).asString("")),
                event.id(),
                Objects.requireNonNullElse(
                        SessionFields.moment(refund.path("created")), event.created()),
                null,
                new GivenBack(
                        Map.of(),
                        RefundLines.of(
                                refund.path("metadata").path(RefundLines.METADATA).asString(""))));
    }

    private static Refund.Status status(JsonNode refund) {
        String status = SessionFields.required(refund, "status");
        return switch (status) {
            case "succeeded" -> Refund.Status.SUCCEEDED;
            case "pending", "requires_action" -> Refund.Status.PENDING;
            case "failed" -> Refund.Status.FAILED;
            case "canceled" -> Refund.Status.CANCELED;
            default -> throw new Unreadable(Reason.REFUND_STATUS_UNKNOWN.text(status));
        };
    }

    static @Nullable OrderId order(String text) {
        return text.matches("[1-9][0-9]{0,17}") ? new OrderId(Long.parseLong(text)) : null;
    }
}
