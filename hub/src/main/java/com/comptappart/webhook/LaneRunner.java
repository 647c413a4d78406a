package com.comptappart.webhook;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Sends the notifications of a lane one after the other. */
@Component
class LaneRunner {

    private static final Logger LOG = LoggerFactory.getLogger(LaneRunner.class);

    /** With the longest call after it, well within {@link DueDeliveries#LEASE}. */
    private static final Duration LONGEST_LANE = Duration.ofSeconds(20);

    /** A secret that was rotated or revoked signs no longer than this after it. */
    private static final Duration SECRETS_KEPT = Duration.ofSeconds(1);

    private final PartnerCalls calls;
    private final Secrets secrets;
    private final Clock clock;

    LaneRunner(PartnerCalls calls, Secrets secrets, Clock clock) {
        this.calls = calls;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Gives every delivery of the lane to {@code done}. After a failed call, or when the lane took
     * long, the rest is given back unsent: it must not wait behind an endpoint that may hang.
     */
    void run(Lane lane, BooleanSupplier stopping, Consumer<Finished> done) {
        long end = System.nanoTime() + LONGEST_LANE.toNanos();
        long read = System.nanoTime();
        var target = lane.target();
        boolean goOn = true;
        for (Delivery delivery : lane.deliveries()) {
            goOn = goOn && !stopping.getAsBoolean() && isInPlace(delivery);
            if (goOn && System.nanoTime() - read > SECRETS_KEPT.toNanos()) {
                read = System.nanoTime();
                var renewed = renewed(target);
                goOn = renewed.isPresent();
                target = renewed.orElse(target);
            }
            if (!goOn || stopping.getAsBoolean() || System.nanoTime() > end) {
                done.accept(new Finished(target, delivery, null));
                continue;
            }
            var finished = send(target, delivery);
            done.accept(finished);
            goOn =
                    finished.answer() != null
                            && Outcome.of(finished.answer()) instanceof Outcome.Delivered;
        }
    }

    /** Waits for the place in time of its call; false where that has passed, or the hub stops. */
    private boolean isInPlace(Delivery delivery) {
        var place = delivery.place();
        if (place == null) {
            return true;
        }
        var wait = Duration.between(clock.instant(), place);
        if (wait.plus(Pace.PATIENCE).isNegative()) {
            return false;
        }
        try {
            Thread.sleep(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Empty where nothing more is to be sent: the endpoint is paused, disabled or deleted, or the
     * database is away. The rest of the lane is given back, once it is there.
     */
    private Optional<Target> renewed(Target target) {
        try {
            return secrets.renewed(target);
        } catch (DataAccessException e) {
            LOG.warn(
                    "the secrets of endpoint {} can't be read; what was claimed for it is given back unsent: {}",
                    target.endpointId(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private Finished send(Target target, Delivery delivery) {
        try {
            var answer = calls.send(target, delivery);
            return new Finished(target, delivery, Masks.of(target).in(answer));
        } catch (InterruptedException e) {
            LOG.info(
                    "notification {} was being sent when the hub stopped; it is sent again at the next start",
                    delivery.id());
            return new Finished(target, delivery, null);
        }
    }
}
