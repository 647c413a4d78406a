package com.comptappart.webhook;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps since when each endpoint fails; disables one that is gone or failed for too long. */
@Repository
class EndpointHealth {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointHealth.class);
    private static final Duration DISABLED_AFTER = Duration.ofDays(5);

    private final JdbcClient jdbc;
    private final HeldNotifications held;
    private final ApplicationEventPublisher events;

    EndpointHealth(JdbcClient jdbc, HeldNotifications held, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.held = held;
        this.events = events;
    }

    /** Within the transaction that records what was finished. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void follow(List<Finished> finished, Instant now) {
        Map<String, Boolean> failing = new LinkedHashMap<>();
        Map<String, Target> targets = new LinkedHashMap<>();
        for (Finished each : finished) {
            var answer = each.answer();
            if (answer == null) {
                continue;
            }
            String id = each.target().endpointId();
            targets.put(id, each.target());
            switch (Outcome.of(answer)) {
                case Outcome.Delivered _ -> failing.put(id, false);
                case Outcome.Retried _, Outcome.Refused _ -> failing.putIfAbsent(id, true);
                case Outcome.Gone gone -> {
                    failing.putIfAbsent(id, true);
                    disable(each.target(), gone.reason());
                }
            }
        }
        if (!failing.isEmpty()) {
            follow(failing, targets, now);
        }
    }

    /** Writes only where something changes, which is seldom. */
    private void follow(Map<String, Boolean> failing, Map<String, Target> targets, Instant now) {
        var known = failing.keySet().stream().map(targets::get).toList();
        // Locked in order: two recorders that follow the same endpoints wait, never for good.
        var tooLong =
                jdbc.sql(
                                """
                                with given as (
                                    select * from unnest(:partners::text[], :endpoints::text[], :failing::boolean[])
                                        as given (partner_id, endpoint_id, failing)),
                                locked as (
                                    select e.partner_id, e.endpoint_id, given.failing
                                    from webhook_endpoint e join given
                                        on given.partner_id = e.partner_id and given.endpoint_id = e.endpoint_id
                                    where given.failing = (e.failing_since is null) or e.failing_since < :long_ago
                                    order by e.partner_id, e.endpoint_id
                                    for no key update of e)
                                update webhook_endpoint e
                                set failing_since = case when locked.failing then coalesce(e.failing_since, :now) end
                                from locked
                                where e.partner_id = locked.partner_id and e.endpoint_id = locked.endpoint_id
                                returning case when e.state = 'enabled' and e.failing_since < :long_ago then e.endpoint_id else '' end
                                """)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("long_ago", now.minus(DISABLED_AFTER).atOffset(ZoneOffset.UTC))
                        .param("partners", Columns.texts(known, each -> each.partner().value()))
                        .param("endpoints", Columns.texts(known, Target::endpointId))
                        .param("failing", failing.values().toArray(Boolean[]::new))
                        .query(String.class)
                        .list();
        for (String id : tooLong) {
            var target = targets.get(id);
            if (target != null) {
                disable(target, Reason.ENDPOINT_FAILED_FOR_DAYS.text());
            }
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
