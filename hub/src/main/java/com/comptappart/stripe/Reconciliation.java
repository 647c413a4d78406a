package com.comptappart.stripe;

import com.comptappart.kernel.Paris;
import com.comptappart.order.KnownObjects;
import com.comptappart.queue.Work;
import com.comptappart.stripe.StripePlaces.Held;
import com.comptappart.stripe.StripePlaces.Place;
import com.comptappart.stripe.StripePlaces.Task;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Compares, every night, what Stripe holds with what we hold: paid sessions and invoices, refunds
 * and disputes of the last days. An event may never come to be at all ("event generation failure"
 * in Stripe's documentation), and no list of events has it then.
 *
 * <p>What is missing is stored as an event of our own making, {@code reconciled_} and the object's
 * id, and read as any other; so a second run stores nothing twice, and one that died is run again
 * from its beginning.
 */
@Component
class Reconciliation implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final Duration BACK = Duration.ofDays(3);

    /** Younger objects' events may be under way. */
    private static final Duration SETTLED = Duration.ofMinutes(10);

    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final StripePlaces places;
    private final StripeLists lists;
    private final StripeEventRows events;
    private final KnownObjects known;
    private final Reconciliations results;
    private final int hour;
    private final Clock clock;

    Reconciliation(
            StripePlaces places,
            StripeLists lists,
            StripeEventRows events,
            KnownObjects known,
            Reconciliations results,
            StripeProperties properties,
            Clock clock) {
        this.places = places;
        this.lists = lists;
        this.events = events;
        this.known = known;
        this.results = results;
        this.hour = properties.reconciliationHour();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "stripe-reconciliation";
    }

    @Override
    public Duration poll() {
        return Duration.ofMinutes(1);
    }

    @Override
    public int round() {
        var all = hour < 0 ? List.<Place>of() : places.all();
        if (all.isEmpty()) {
            return 0;
        }
        places.know(Task.OBJECTS, all, tonight());
        var held = places.claim(Task.OBJECTS, all);
        held.ifPresent(this::compare);
        return held.isPresent() ? 1 : 0;
    }

    /** The next time that the hour comes in Paris. */
    private Instant tonight() {
        var now = ZonedDateTime.ofInstant(clock.instant(), Paris.ZONE);
        var today = now.with(LocalTime.of(hour, 0));
        return (today.isAfter(now) ? today : today.plusDays(1)).toInstant();
    }

    private void compare(Held held) {
        Instant now = clock.instant();
        try {
            var run = new Run(held, now);
            run.compare("/v1/checkout/sessions?status=complete", ReconciledObject.SESSION);
            run.compare("/v1/invoices?status=paid", ReconciledObject.INVOICE);
            run.compare("/v1/refunds?", ReconciledObject.REFUND);
            run.compare("/v1/disputes?", ReconciledObject.DISPUTE);
            if (places.end(held, now, tonight())) {
                results.keep(held.place(), clock.instant(), run.looked, run.missing);
                tell(run);
            }
        } catch (StripeUnavailable e) {
            again(held, e.reason());
        } catch (Unreadable e) {
            again(held, e.reason());
        }
    }

    private static void tell(Run run) {
        if (run.missing.isEmpty()) {
            LOG.info("reconciliation: all of {} objects of Stripe are known", run.looked);
            return;
        }
        LOG.warn(
                "reconciliation: of {} objects of Stripe {} were missing and are read now: {}",
                run.looked,
                run.missing.size(),
                String.join(" ", run.missing.subList(0, Math.min(20, run.missing.size()))));
    }

    private void again(Held held, String reason) {
        LOG.warn("reconciliation could not be done; tried again in {}: {}", AGAIN, reason);
        places.end(held, held.doneUntil(), clock.instant().plus(AGAIN));
    }

    /** One comparison of one place. */
    private final class Run {

        private final Held held;
        private final String created;
        private final List<String> missing = new ArrayList<>();
        private int looked;

        private Run(Held held, Instant now) {
            this.held = held;
            this.created =
                    "&created[gte]="
                            + now.minus(BACK).getEpochSecond()
                            + "&created[lte]="
                            + now.minus(SETTLED).getEpochSecond();
        }

        private void compare(String path, ReconciledObject kind) {
            var pages = lists.of(held.place(), path + created);
            while (pages.hasNext()) {
                var settled = pages.next().stream().filter(kind::concernsUs).toList();
                looked += settled.size();
                store(settled, kind);
                places.advance(held, held.doneUntil());
            }
        }

        private void store(List<JsonNode> objects, ReconciledObject kind) {
            var place = held.place();
            var ids = objects.stream().map(each -> each.path("id").asString("")).toList();
            Set<String> ours =
                    switch (kind) {
                        case SESSION, INVOICE ->
                                known.orders(place.account(), place.environment(), ids);
                        case REFUND -> known.refunds(place.account(), place.environment(), ids);
                        case DISPUTE -> known.disputes(place.account(), place.environment(), ids);
                    };
            for (JsonNode object : objects) {
                String id = object.path("id").asString("");
                // One by one: only what was not there before is counted.
                if (!ours.contains(id)
                        && events.insert(List.of(kind.event(place, object, clock.instant()))) > 0) {
                    missing.add(id);
                }
            }
        }
    }
}
