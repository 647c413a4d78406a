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
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Compares, every night, what Stripe holds with what we hold: paid sessions and invoices, refunds
 * and disputes of the last days, and the status of the refunds and disputes that we know of for as
 * long as it may change. An event may never come to be at all ("event generation failure" in
 * Stripe's documentation), and no list of events has it then.
 *
 * <p>What is missing is stored as an event of our own making, {@code reconciled_} and the object's
 * id, and read as any other; so a second run stores nothing twice, and one that died is run again
 * from its beginning. What an event tells that waits for a person is not missing.
 */
@Component
class Reconciliation implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    /** What is older, and unknown to us, is no business of ours. */
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
            for (ReconciledObject kind : ReconciledObject.values()) {
                run.compare(kind);
            }
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
                "reconciliation: of {} objects of Stripe {} were missing or had moved on, and are read now: {}",
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
        private final Instant now;
        private final List<String> missing = new ArrayList<>();
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
                store(pages.next().stream().filter(kind::concernsUs).toList(), kind);
                places.advance(held, held.doneUntil());
            }
        }

        private void store(List<JsonNode> objects, ReconciledObject kind) {
            var ours = ours(kind, ids(objects));
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
                            .toList();
            if (differing.isEmpty()) {
                return;
            }
            var waiting = events.needingAttention(held.place(), kind.types(), ids(differing));
            for (JsonNode object : differing) {
                // One by one: only what was not there before is counted.
                if (!waiting.contains(id(object))
                        && events.insert(List.of(event(kind, object, ours))) > 0) {
                    missing.add(id(object));
                }
            }
        }

        private Map<String, String> ours(ReconciledObject kind, List<String> ids) {
            var place = held.place();
            return switch (kind) {
                case SESSION, INVOICE -> known.orders(place.account(), place.environment(), ids);
                case REFUND -> known.refunds(place.account(), place.environment(), ids);
                case DISPUTE -> known.disputes(place.account(), place.environment(), ids);
            };
        }

        private ReceivedEvent event(
                ReconciledObject kind, JsonNode object, Map<String, String> ours) {
            return kind.event(held.place(), object, ours.containsKey(id(object)), clock.instant());
        }

        private boolean isYoung(JsonNode object) {
            return object.path("created").asLong(0) >= now.minus(BACK).getEpochSecond();
        }

        private static List<String> ids(List<JsonNode> objects) {
            return objects.stream().map(Run::id).toList();
        }

        private static String id(JsonNode object) {
            return object.path("id").asString("");
        }
    }
}
