package com.comptappart.stripe;

import com.comptappart.kernel.Paris;
import com.comptappart.queue.Work;
import com.comptappart.stripe.StripePlaces.Held;
import com.comptappart.stripe.StripePlaces.Place;
import com.comptappart.stripe.StripePlaces.Task;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Compares, every night, what Stripe holds with what we hold: sessions, paid invoices, refunds and
 * disputes of the last days, and the status of what we know of for as long as it may change. An
 * event may never come to be at all ("event generation failure" in Stripe's documentation), and no
 * list of events has it then.
 *
 * <p>What is missing is stored as an event of our own making, {@code reconciled_} and the object's
 * id, and read as any other; so a second run stores nothing twice, and one that died is run again
 * from its beginning. What an event tells that waits for a person is not missing.
 */
@Component
class Reconciliation implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final StripePlaces places;
    private final Comparison comparison;
    private final Reconciliations results;
    private final int hour;
    private final Clock clock;
    private boolean planned;

    Reconciliation(
            StripePlaces places,
            Comparison comparison,
            Reconciliations results,
            StripeProperties properties,
            Clock clock) {
        this.places = places;
        this.comparison = comparison;
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
        if (!planned) {
            places.plan(Task.OBJECTS, tonight());
            planned = true;
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
            var result = comparison.of(held, now);
            if (places.end(held, now, tonight())) {
                results.keep(held.place(), clock.instant(), result.looked(), result.missing());
                tell(result);
            }
        } catch (StripeUnavailable e) {
            again(held, e.reason());
        } catch (Unreadable e) {
            again(held, e.reason());
        }
    }

    private static void tell(Comparison.Result result) {
        if (result.missing().isEmpty()) {
            LOG.info("reconciliation: all of {} objects of Stripe are known", result.looked());
            return;
        }
        LOG.warn(
                "reconciliation: of {} objects of Stripe {} were missing or had moved on, and are read now: {}",
                result.looked(),
                result.missing().size(),
                String.join(
                        " ", result.missing().subList(0, Math.min(20, result.missing().size()))));
    }

    private void again(Held held, String reason) {
        LOG.warn("reconciliation could not be done; tried again in {}: {}", AGAIN, reason);
        places.fail(held, clock.instant().plus(AGAIN), reason);
    }
}
