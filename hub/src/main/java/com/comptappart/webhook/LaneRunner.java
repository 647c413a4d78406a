package com.comptappart.webhook;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    LaneRunner(PartnerCalls calls, Secrets secrets) {
        this.calls = calls;
        this.secrets = secrets;
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
            if (!goOn || stopping.getAsBoolean() || System.nanoTime() > end) {
                done.accept(new Finished(target, delivery, null));
                continue;
            }
            if (System.nanoTime() - read > SECRETS_KEPT.toNanos()) {
                target = secrets.renewed(target);
                read = System.nanoTime();
            }
            var finished = send(target, delivery);
            done.accept(finished);
            goOn =
                    finished.answer() != null
                            && Outcome.of(finished.answer()) instanceof Outcome.Delivered;
        }
    }

    private Finished send(Target target, Delivery delivery) {
        try {
            return new Finished(target, delivery, calls.send(target, delivery));
        } catch (InterruptedException e) {
            LOG.info(
                    "notification {} was being sent when the hub stopped; it is sent again at the next start",
                    delivery.id());
            return new Finished(target, delivery, null);
        }
    }
}
