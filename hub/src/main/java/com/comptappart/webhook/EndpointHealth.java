package com.comptappart.webhook;

import com.comptappart.kernel.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps since when each endpoint fails; disables one that is gone or failed for too long. */
@Repository
class EndpointHealth {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointHealth.class);
    private static final Duration DISABLED_AFTER = Duration.ofDays(5);

    private final Circuits circuits;
    private final HeldNotifications held;
    private final ApplicationEventPublisher events;

    EndpointHealth(Circuits circuits, HeldNotifications held, ApplicationEventPublisher events) {
        this.circuits = circuits;
        this.held = held;
        this.events = events;
    }

    /** Within the transaction that records what was finished. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void follow(List<Finished> finished, Instant now) {
        Map<String, Signs> signs = new LinkedHashMap<>();
        for (Finished each : finished) {
            var answer = each.answer();
            if (answer == null) {
                continue;
            }
            var target = each.target();
            var outcome = Outcome.of(answer);
            signs.put(
                    target.endpointId(),
                    signs.getOrDefault(target.endpointId(), Signs.of(target)).and(answer, outcome));
            if (outcome instanceof Outcome.Gone gone) {
                disable(target, gone.reason());
            }
        }
        if (!signs.isEmpty()) {
            for (var change : circuits.follow(signs.values(), now, now.minus(DISABLED_AFTER))) {
                tell(change);
                var told = signs.get(change.endpointId());
                if (change.tooLong() && told != null) {
                    disable(told.target(), Reason.ENDPOINT_FAILED_FOR_DAYS.text());
                }
            }
        }
    }

    private static void tell(Circuits.Change change) {
        if (change.openedUntil() != null) {
            LOG.warn(
                    "endpoint {} failed {} times in a row: nothing is sent to it until {}, then one notification is tried",
                    change.endpointId(),
                    change.failures(),
                    change.openedUntil());
        }
        if (change.closed()) {
            LOG.info("endpoint {} is there again: what waits for it goes out", change.endpointId());
        }
    }

    private void disable(Target target, String reason) {
        if (!held.disable(target.partner(), target.endpointId(), reason)) {
            return;
        }
        LOG.error(
                "endpoint {} of {} is disabled: {}; what is owed to it is kept and goes out once it is enabled again",
                target.endpointId(),
                target.partner(),
                reason);
        events.publishEvent(
                new EndpointDisabled(target.partner(), target.endpointId(), target.url(), reason));
    }
}
