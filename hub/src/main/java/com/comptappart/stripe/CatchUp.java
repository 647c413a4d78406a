package com.comptappart.stripe;

import com.comptappart.queue.Work;
import com.comptappart.stripe.StripePlaces.Held;
import com.comptappart.stripe.StripePlaces.Task;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Asks Stripe for the events that it could not deliver to us: on start and every some minutes, from
 * where it last came to until now, with an overlap because Stripe's clock and list are not ours.
 *
 * <p>Events are stored as received ones are, in the same table under the same key, and the place
 * moves only after them: where the process dies, the next looks at that window again and stores
 * nothing twice. Stripe keeps events for 30 days.
 */
@Component
class CatchUp implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    private static final Duration WINDOW = Duration.ofHours(6);
    private static final Duration KEPT_BY_STRIPE = Duration.ofDays(30);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(30);
    private static final int MAX_TYPES = 20;

    private final StripePlaces places;
    private final StripeLists lists;
    private final StripeEventRows events;
    private final FactReaders readers;
    private final Duration every;
    private final Clock clock;
    private boolean started;

    CatchUp(
            StripePlaces places,
            StripeLists lists,
            StripeEventRows events,
            FactReaders readers,
            StripeProperties properties,
            Clock clock) {
        this.places = places;
        this.lists = lists;
        this.events = events;
        this.readers = readers;
        this.every = properties.catchUpEvery();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "stripe-catch-up";
    }

    @Override
    public Duration poll() {
        return every.isPositive() && every.compareTo(LONGEST_POLL) < 0 ? every : LONGEST_POLL;
    }

    @Override
    public int round() {
        var all = every.isPositive() ? places.all() : List.<StripePlaces.Place>of();
        if (all.isEmpty()) {
            return 0;
        }
        places.know(Task.EVENTS, all, clock.instant());
        if (!started) {
            places.dueNow(Task.EVENTS);
            started = true;
        }
        var held = places.claim(Task.EVENTS, all);
        held.ifPresent(this::catchUp);
        return held.isPresent() ? 1 : 0;
    }

    private void catchUp(Held held) {
        Instant now = clock.instant();
        try {
            int found = windows(held, now);
            if (found > 0) {
                LOG.warn(
                        "{} events of Stripe had not been delivered to us; they are read now",
                        found);
            }
            places.end(held, now, now.plus(every));
        } catch (StripeUnavailable e) {
            again(held, e.reason());
        } catch (Unreadable e) {
            again(held, e.reason());
        }
    }

    private void again(Held held, String reason) {
        LOG.warn("missed events can't be looked for now; tried again in {}: {}", AGAIN, reason);
        places.fail(held, clock.instant().plus(AGAIN), reason);
    }

    private int windows(Held held, Instant now) {
        int found = 0;
        Instant oldest = now.minus(KEPT_BY_STRIPE);
        Instant from = held.doneUntil().minus(OVERLAP);
        from = from.isBefore(oldest) ? oldest : from;
        while (from.isBefore(now)) {
            Instant to = from.plus(WINDOW);
            if (!to.isBefore(now)) {
                return found + window(held, "created[gte]=" + from.getEpochSecond());
            }
            found +=
                    window(
                            held,
                            "created[gte]="
                                    + from.getEpochSecond()
                                    + "&created[lt]="
                                    + to.getEpochSecond());
            if (!places.advance(held, to)) {
                LOG.warn("another node goes on looking for missed events: our lease was lost");
                return found;
            }
            from = to;
        }
        return found;
    }

    /**
     * @param created the last window has no end: a test clock's events are of its own time, ahead
     *     of ours
     */
    private int window(Held held, String created) {
        int found = 0;
        var types = readers.types().stream().sorted().toList();
        for (int i = 0; i < types.size(); i += MAX_TYPES) {
            var some = types.subList(i, Math.min(types.size(), i + MAX_TYPES));
            String path = "/v1/events?" + created;
            for (String type : some) {
                path += "&types[]=" + StripePath.encode(type);
            }
            var pages = lists.of(held.place(), path);
            while (pages.hasNext()) {
                found += events.insert(received(held, pages.next()));
            }
        }
        return found;
    }

    private List<ReceivedEvent> received(Held held, List<JsonNode> page) {
        var received = new ArrayList<ReceivedEvent>();
        for (JsonNode json : page) {
            byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
            var event = ReceivedEvent.of(json, body, clock.instant());
            if (event != null && event.environment() == held.place().environment()) {
                received.add(event.of(held.place().account()));
            }
        }
        return received;
    }
}
