package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import com.comptappart.order.KnownObjects;
import com.comptappart.stripe.StripePlaces.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * What may be paid long after it was made (SEPA debits, bank transfers, invoices that are sent): we
 * know of it, and ask for it each night until it ends.
 */
@Component
class Unsettled {

    /** Longer than any of Stripe's delayed methods takes, and than Stripe repeats a failed one. */
    static final Duration ASKED_FOR = Duration.ofDays(90);

    private static final int MOST = 5_000;
    private static final Set<String> FAILED = Set.of("requires_payment_method", "canceled");

    private final StripePlaces places;
    private final StripeLists lists;
    private final StripeApi stripe;
    private final KnownObjects known;
    private final OpenInvoices open;

    Unsettled(
            StripePlaces places,
            StripeLists lists,
            StripeApi stripe,
            KnownObjects known,
            OpenInvoices open) {
        this.places = places;
        this.lists = lists;
        this.stripe = stripe;
        this.known = known;
        this.open = open;
    }

    /**
     * Asks for all that is unsettled.
     *
     * @param ended gets the sessions and invoices whose end no event told of
     * @return how many it asked for
     */
    int ask(Held held, Instant now, BiConsumer<ReconciledObject, JsonNode> ended) {
        return sessions(held, now, ended) + invoices(held, now, ended);
    }

    private int sessions(Held held, Instant now, BiConsumer<ReconciledObject, JsonNode> ended) {
        var place = held.place();
        var awaiting =
                known.awaiting(place.account(), place.environment(), now.minus(ASKED_FOR), MOST);
        for (String id : awaiting) {
            places.advance(held, held.doneUntil());
            var source = places.source(place);
            stripe.session(source, id)
                    .filter(session ->
                            ReconciledObject.isPaid(session) || isFailed(source, session))
                    .ifPresent(session -> ended.accept(ReconciledObject.SESSION, session));
        }
        return awaiting.size();
    }

    /** A session doesn't say that its payment failed; its payment intent does. */
    private boolean isFailed(Source source, JsonNode session) {
        var intent = session.path("payment_intent");
        String id = SessionFields.reference(intent, "payment_intent");
        if (id.isEmpty()) {
            return false;
        }
        var known = intent.isObject() ? intent : stripe.paymentIntent(source, id).orElse(intent);
        return FAILED.contains(known.path("status").asString(""));
    }

    private int invoices(Held held, Instant now, BiConsumer<ReconciledObject, JsonNode> ended) {
        var place = held.place();
        see(held, now);
        open.forgetBefore(place, now.minus(ASKED_FOR));
        var gone = open.notSeenSince(place, now, MOST);
        // Most were paid, and their events came.
        var orders = known.orders(place.account(), place.environment(), gone);
        open.forget(place, orders.keySet());
        var asked = new ArrayList<>(gone);
        asked.removeAll(orders.keySet());
        for (String id : asked) {
            places.advance(held, held.doneUntil());
            var invoice = stripe.invoice(places.source(place), id);
            String status = invoice.map(found -> found.path("status").asString("")).orElse("");
            if (status.equals("paid")) {
                invoice.filter(ReconciledObject.INVOICE::concernsUs)
                        .ifPresent(found -> ended.accept(ReconciledObject.INVOICE, found));
            }
            // One that was given up may still be paid.
            if (!Set.of("open", "uncollectible").contains(status)) {
                open.forget(place, List.of(id));
            }
        }
        return asked.size();
    }

    private void see(Held held, Instant now) {
        var pages =
                lists.of(
                        held.place(),
                        "/v1/invoices?status=open&created[gte]="
                                + now.minus(ASKED_FOR).getEpochSecond());
        while (pages.hasNext()) {
            open.seen(
                    held.place(),
                    pages.next().stream()
                            .map(each ->
                                    SessionFields.id(each.path("id"), Reason.ID_IN_LIST.text()))
                            .toList(),
                    now);
            places.advance(held, held.doneUntil());
        }
    }
}
