package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import com.comptappart.order.PaidObjects;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Where a Stripe invoice comes from: which session began its subscription, or made it. What was not
 * seen is asked; while it can be neither, a young invoice waits a moment for the session's event.
 */
@Component
class InvoiceOrigin {

    private static final Duration WAIT_FOR_SESSION = Duration.ofMinutes(1);
    private static final Duration AGAIN = Duration.ofSeconds(3);

    private final SessionMemories memories;
    private final StripeApi stripe;
    private final PaidObjects orders;
    private final Clock clock;

    InvoiceOrigin(SessionMemories memories, StripeApi stripe, PaidObjects orders, Clock clock) {
        this.memories = memories;
        this.stripe = stripe;
        this.orders = orders;
        this.clock = clock;
    }

    /** Whether a session for one payment made the invoice ({@code invoice_creation}). */
    boolean isOfSession(
            ReceivedEvent event, JsonNode invoice, Source source, String paymentReference) {
        String id = SessionFields.id(invoice.path("id"), "id");
        if (!InvoiceShape.subscription(invoice).isEmpty()
                || !invoice.path("billing_reason").asString("").equals("manual")) {
            return false;
        }
        if (memories.sessionOf(event.account(), event.environment(), id).isPresent()) {
            return true;
        }
        if (!paymentReference.startsWith("pi_")) {
            return false;
        }
        var sessions = sessions(source, "payment_intent", paymentReference);
        if (sessions.isEmpty() && mayStillCome(event)) {
            throw waits(id);
        }
        return sessions.isPresent() && !sessions.get().isEmpty();
    }

    /** The session that began the invoice's subscription; null where none did. */
    @Nullable SessionMemory start(ReceivedEvent event, JsonNode invoice, Source source) {
        String subscription = InvoiceShape.subscription(invoice);
        return subscription.isEmpty() ? null : start(event, subscription, source);
    }

    @Nullable SessionMemory start(ReceivedEvent event, String subscription, Source source) {
        var seen = memories.start(event.account(), event.environment(), subscription);
        if (seen.isPresent()) {
            return seen.get();
        }
        var sessions = sessions(source, "subscription", subscription);
        if (sessions.isEmpty()) {
            if (mayStillCome(event)) {
                throw waits(subscription);
            }
            return null;
        }
        var first = sessions.get().path(0);
        return first.isObject()
                ? SessionMemory.of(event.account(), event.environment(), first)
                : null;
    }

    /** The sessions that Stripe knows; empty where Stripe can't tell. */
    private Optional<JsonNode> sessions(Source source, String field, String id) {
        return stripe.canAsk(source.environment())
                ? stripe.sessionsOf(source, field, id)
                : Optional.empty();
    }

    private boolean mayStillCome(ReceivedEvent event) {
        var now = clock.instant();
        return now.isBefore(event.created().plus(WAIT_FOR_SESSION))
                && event.created().isBefore(now.plus(WAIT_FOR_SESSION));
    }

    private static StripeUnavailable waits(String of) {
        return new StripeUnavailable(Reason.SESSION_MAY_COME.text(of), AGAIN);
    }

    /**
     * The customer's language: that of the page where it began; of an invoice to another country,
     * what the customer prefers. Empty where nobody knows.
     */
    String language(JsonNode invoice, @Nullable SessionMemory start, Source source) {
        if (start != null) {
            return start.buyer().locale();
        }
        String country = invoice.path("customer_address").path("country").asString("");
        String customer =
                SessionFields.reference(invoice.path("customer"), Reason.THE_CUSTOMER.text());
        boolean abroad = !country.isEmpty() && !country.equals("FR");
        if (!abroad || customer.isEmpty() || !stripe.canAsk(source.environment())) {
            return "";
        }
        try {
            return stripe.customer(source, customer)
                    .map(found -> SessionFields.buyerOfCustomer(found).locale())
                    .orElse("");
        } catch (Unreadable refused) {
            // A key that may not read customers: an order does not wait for that.
            return "";
        }
    }

    /** What the order covers, from the metadata of the session or subscription. */
    Coverage coverage(ReceivedEvent event, JsonNode invoice, Map<String, String> metadata) {
        var told = Coverage.of(metadata.getOrDefault("coverage", ""));
        return switch (invoice.path("billing_reason").asString("")) {
            case "subscription_cycle" -> told.renewed(periodStart(event, invoice));
            case "subscription_update" -> told.without(covered(event, invoice));
            default -> told;
        };
    }

    private Set<String> covered(ReceivedEvent event, JsonNode invoice) {
        Set<String> covered = new HashSet<>();
        String own = SessionFields.id(invoice.path("id"), "id");
        orders.coverageOf(
                        event.account(),
                        event.environment(),
                        InvoiceShape.subscription(invoice),
                        own)
                .forEach(json -> covered.addAll(Coverage.keys(json)));
        return covered;
    }

    /** The latest start among the periods that are charged: the invoice's own is the past one. */
    private static Instant periodStart(ReceivedEvent event, JsonNode invoice) {
        @Nullable Instant latest = null;
        for (JsonNode line : invoice.path("lines").path("data")) {
            var start = SessionFields.moment(line.path("period").path("start"));
            if (start == null || InvoiceShape.isProration(line)) {
                continue;
            }
            latest = latest == null || start.isAfter(latest) ? start : latest;
        }
        return Objects.requireNonNullElse(latest, event.created());
    }
}
