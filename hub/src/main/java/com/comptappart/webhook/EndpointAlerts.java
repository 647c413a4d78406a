package com.comptappart.webhook;

import com.comptappart.webhook.EndpointAlert.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Says what is to be said of endpoints, each thing once, whoever else does so. */
@Component
class EndpointAlerts {

    /** How far back what failed is counted as waiting: older is a decision, not an oversight. */
    private static final Duration COUNTED = Duration.ofDays(30);

    private final DueAlerts due;
    private final EndpointRows endpoints;
    private final WaitingRows waiting;
    private final UnsolvedFailures failures;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;
    private final Clock clock;

    EndpointAlerts(
            DueAlerts due,
            EndpointRows endpoints,
            WaitingRows waiting,
            UnsolvedFailures failures,
            ApplicationEventPublisher events,
            TransactionOperations transactions,
            Clock clock) {
        this.due = due;
        this.endpoints = endpoints;
        this.waiting = waiting;
        this.failures = failures;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * @return how many were said
     */
    int tell() {
        int said = 0;
        for (DueAlerts.Due each : due.look(clock.instant())) {
            var endpoint = endpoints.find(each.partner(), null, each.endpointId());
            if (endpoint.isPresent() && tell(endpoint.get())) {
                said++;
            }
        }
        return said;
    }

    /** Counts before it locks: who records deliveries must not wait for that. */
    private boolean tell(Endpoint endpoint) {
        Instant now = clock.instant();
        Instant since = now.minus(COUNTED);
        var count = new Waiting.Count();
        waiting.count(
                count, endpoint, List.of("pending", "failed", "held"), since, now.plus(COUNTED));
        Instant recoverSince = waiting.oldest(endpoint, since).orElse(since);
        return Boolean.TRUE.equals(
                transactions.execute(_ -> tell(endpoint, count.sum(), recoverSince, now)));
    }

    private boolean tell(Endpoint endpoint, Waiting waits, Instant recoverSince, Instant now) {
        var locked = due.lock(endpoint.id(), now);
        locked.ifPresent(each -> {
            var causes =
                    each.kind() == Kind.FAILED
                            ? failures.of(endpoint, each.failedSince(), each.failed())
                            : List.<EndpointAlert.Cause>of();
            if (each.kind() == Kind.FAILED && causes.isEmpty()) {
                due.solved(each);
                return;
            }
            due.said(each, now);
            events.publishEvent(alert(each, causes, endpoint, waits, recoverSince));
        });
        return locked.isPresent();
    }

    private static EndpointAlert alert(
            DueAlerts.Due each,
            List<EndpointAlert.Cause> causes,
            Endpoint endpoint,
            Waiting waits,
            Instant recoverSince) {
        boolean isTrouble = each.kind() != Kind.RECOVERED && each.kind() != Kind.CERTIFICATE;
        return new EndpointAlert(
                each.kind(),
                "alert-"
                        + Recovery.Stored.of(each.kind())
                        + "-"
                        + endpoint.id()
                        + "-"
                        + each.at().toEpochMilli(),
                endpoint,
                each.at(),
                causes,
                isTrouble ? each.reason() : "",
                isTrouble ? each.diagnosis() : null,
                waits,
                recoverSince);
    }
}
