package com.comptappart.stripe;

import com.comptappart.order.KnownObjects;
import com.comptappart.stripe.StripePlaces.Held;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Compares what Stripe holds of one place with what we hold, and stores events of what differs. */
@Component
class Comparison {

    /** What is older, and unknown to us, is no business of ours. */
    private static final Duration BACK = Duration.ofDays(3);

    /** Younger objects' events may be under way. */
    private static final Duration SETTLED = Duration.ofMinutes(10);

    /**
     * @param looked how many objects of Stripe's were compared
     * @param missing the ids of those that were missing or had moved on
     */
    record Result(int looked, List<String> missing) {
        Result {
            missing = List.copyOf(missing);
        }
    }

    private final StripePlaces places;
    private final StripeLists lists;
    private final StripeEventRows events;
    private final KnownObjects known;
    private final SoldPayments payments;
    private final Unsettled unsettled;
    private final Clock clock;

    Comparison(
            StripePlaces places,
            StripeLists lists,
            StripeEventRows events,
            KnownObjects known,
            SoldPayments payments,
            Unsettled unsettled,
            Clock clock) {
        this.places = places;
        this.lists = lists;
        this.events = events;
        this.known = known;
        this.payments = payments;
        this.unsettled = unsettled;
        this.clock = clock;
    }

    /**
     * @throws StripeUnavailable when Stripe can't be asked now
     * @throws Unreadable when Stripe's lists can't be read
     */
    Result of(Held held, Instant now) {
        var run = new Run(held, now);
        run.looked +=
                unsettled.ask(
                        held,
                        now,
                        (kind, object) ->
                                run.store(
                                        kind,
                                        List.of(object),
                                        run.ours(kind, List.of(id(object)))));
        for (ReconciledObject kind : ReconciledObject.values()) {
            run.compare(kind);
        }
        return new Result(run.looked, run.missing);
    }

    /** One comparison of one place. */
    private final class Run {

        private final Held held;
        private final Instant now;
        private final List<String> missing = new ArrayList<>();

        /**
         * Sessions and invoices whose orders are made of what this run stores, and their payments.
         */
        private final Set<String> sales = new HashSet<>();

        private int looked;

        private Run(Held held, Instant now) {
            this.held = held;
            this.now = now;
        }

        private void compare(ReconciledObject kind) {
            String created =
                    "&created[gte]="
                            + now.minus(kind.back()).getEpochSecond()
                            + "&created[lte]="
                            + now.minus(SETTLED).getEpochSecond();
            var pages = lists.of(held.place(), kind.path() + created);
            while (pages.hasNext()) {
                compare(kind, pages.next().stream().filter(kind::concernsUs).toList());
                places.advance(held, held.doneUntil());
            }
        }

        private void compare(ReconciledObject kind, List<JsonNode> objects) {
            var ours = ours(kind, objects.stream().map(Comparison::id).toList());
            var compared =
                    objects.stream()
                            .filter(each -> ours.containsKey(id(each)) || isYoung(each))
                            .toList();
            looked += compared.size();
            var differing =
                    compared.stream()
                            .filter(each -> {
                                String status = ours.get(id(each));
                                return status == null || kind.isBehind(status, each);
                            })
                            .filter(each -> !kind.isOfPayment() || isOfSale(each))
                            .toList();
            store(kind, differing, ours);
        }

        /** Stores events of what differs, unless one waits for a person that tells of it. */
        private void store(
                ReconciledObject kind, List<JsonNode> differing, Map<String, String> ours) {
            if (differing.isEmpty()) {
                return;
            }
            var waiting =
                    events.needingAttention(
                            held.place(),
                            kind.types(),
                            differing.stream().map(Comparison::id).toList());
            for (JsonNode object : differing) {
                String id = id(object);
                if (!kind.isOfPayment()) {
                    sales.add(id);
                    sales.add(
                            SessionFields.reference(
                                    object.path("payment_intent"), "payment_intent"));
                }
                var event = kind.event(held.place(), object, ours.containsKey(id), clock.instant());
                // One by one: only what was not there before is counted.
                if (!waiting.contains(id) && events.insert(List.of(event)) > 0) {
                    missing.add(id);
                }
            }
        }

        /**
         * Whether a refund or dispute is of a sale of ours: an order, one that this run found, or
         * one that waits for a person.
         */
        private boolean isOfSale(JsonNode object) {
            var source = places.source(held.place());
            var names = payments.names(object, source);
            return !names.isEmpty()
                    && (names.stream().anyMatch(sales::contains)
                            || names.stream().anyMatch(name -> payments.isOrder(source, name))
                            || !events.needingAttention(held.place(), typesOfSales(), names)
                                    .isEmpty());
        }

        private static List<String> typesOfSales() {
            return Stream.of(ReconciledObject.SESSION, ReconciledObject.INVOICE)
                    .flatMap(kind -> kind.types().stream())
                    .toList();
        }

        private Map<String, String> ours(ReconciledObject kind, List<String> ids) {
            var place = held.place();
            return switch (kind) {
                case SESSION -> known.sessions(place.account(), place.environment(), ids);
                case INVOICE -> known.orders(place.account(), place.environment(), ids);
                case REFUND -> known.refunds(place.account(), place.environment(), ids);
                case DISPUTE -> known.disputes(place.account(), place.environment(), ids);
            };
        }

        private boolean isYoung(JsonNode object) {
            return object.path("created").asLong(0) >= now.minus(BACK).getEpochSecond();
        }
    }

    private static String id(JsonNode object) {
        return object.path("id").asString("");
    }
}
