package com.comptappart.webhook;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Records how deliveries went, many at a time; those whose lease was lost stay as they are. */
@Repository
class FinishedDeliveries {

    private static final Logger LOG = LoggerFactory.getLogger(FinishedDeliveries.class);
    private static final Duration DISABLED_AFTER = Duration.ofDays(5);

    /** What becomes of a notification. */
    private record Ending(
            Finished finished,
            String state,
            String reason,
            int step,
            Instant dueAt,
            boolean tried) {}

    private final JdbcClient jdbc;
    private final RetrySchedule schedule;
    private final HeldNotifications held;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    FinishedDeliveries(
            JdbcClient jdbc,
            RetrySchedule schedule,
            HeldNotifications held,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.schedule = schedule;
        this.held = held;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    public void record(List<Finished> finished) {
        Instant now = clock.instant();
        var endings = finished.stream().map(each -> ending(each, now)).toList();
        end(endings, now);
        followEndpoints(finished, now);
    }

    private Ending ending(Finished finished, Instant now) {
        var answer = finished.answer();
        int step = finished.delivery().step();
        if (answer == null) {
            return new Ending(finished, "pending", "", step, now, false);
        }
        return switch (Outcome.of(answer)) {
            case Outcome.Delivered _ -> new Ending(finished, "delivered", "", step + 1, now, true);
            case Outcome.Retried retried -> retried(finished, retried, now);
            case Outcome.Refused refused -> {
                LOG.error(
                        "notification {} failed for good at endpoint {}: {}; it is not repeated by itself, replay it once that is mended",
                        finished.delivery().id(),
                        finished.target().endpointId(),
                        refused.reason());
                yield new Ending(finished, "failed", refused.reason(), step + 1, now, true);
            }
            case Outcome.Gone gone ->
                    new Ending(finished, "failed", gone.reason(), step + 1, now, true);
        };
    }

    private Ending retried(Finished finished, Outcome.Retried retried, Instant now) {
        var delivery = finished.delivery();
        int step = delivery.step() + 1;
        var delay = schedule.delay(step, retried.retryAfter());
        if (delay.isEmpty()) {
            LOG.error(
                    "notification {} failed at endpoint {} after attempt {} of {}: {}; it is not repeated by itself, replay it once that is mended",
                    delivery.id(),
                    finished.target().endpointId(),
                    step,
                    schedule.attempts(),
                    retried.reason());
            return new Ending(finished, "failed", retried.reason(), step, now, true);
        }
        Instant due = now.plus(delay.get());
        LOG.info(
                "notification {} was not taken by endpoint {}: {}; attempt {} of {} at {}",
                delivery.id(),
                finished.target().endpointId(),
                retried.reason(),
                step + 1,
                schedule.attempts(),
                due);
        return new Ending(finished, "pending", retried.reason(), step, due, true);
    }

    /** One statement: an attempt is stored exactly when its notification moved with it. */
    private void end(List<Ending> endings, Instant now) {
        jdbc.sql(
                        """
                        with given as (
                            select *
                            from unnest(
                                :partners::text[], :ids::text[], :leases::uuid[], :states::text[], :reasons::text[], :steps::bigint[],
                                :due::timestamptz[], :tried::boolean[], :at::timestamptz[], :urls::text[], :statuses::bigint[],
                                :latencies::bigint[], :errors::text[], :answers::text[])
                                as given (partner_id, notification_id, lease, state, reason, step, due_at, tried, at, url, status,
                                    latency_millis, error, answer)),
                        ended as (
                            update webhook_notification n
                            set state = given.state, step = given.step, due_at = given.due_at, lease = null,
                                reason = case when given.tried then given.reason else n.reason end,
                                attempts = n.attempts + given.tried::integer,
                                ended_at = case when given.state <> 'pending' then :now::timestamptz end
                            from given
                            where n.partner_id = given.partner_id and n.notification_id = given.notification_id
                                and n.lease = given.lease
                            returning n.partner_id, n.notification_id, n.attempts)
                        insert into webhook_attempt (partner_id, notification_id, number, at, url, status, latency_millis, error, answer)
                        select ended.partner_id, ended.notification_id, ended.attempts, given.at, given.url, given.status,
                            given.latency_millis, given.error, given.answer
                        from ended join given
                            on given.partner_id = ended.partner_id and given.notification_id = ended.notification_id
                        where given.tried
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param(
                        "partners",
                        Columns.texts(
                                endings, each -> each.finished().delivery().partner().value()))
                .param("ids", Columns.texts(endings, each -> each.finished().delivery().id()))
                .param(
                        "leases",
                        endings.stream()
                                .map(each -> each.finished().delivery().lease())
                                .toArray(UUID[]::new))
                .param("states", Columns.texts(endings, Ending::state))
                .param("reasons", Columns.texts(endings, Ending::reason))
                .param("steps", Columns.longs(endings, each -> (long) each.step()))
                .param("due", Columns.texts(endings, each -> each.dueAt().toString()))
                .param("tried", endings.stream().map(Ending::tried).toArray(Boolean[]::new))
                .param("at", answers(endings, answer -> answer.at().toString(), now.toString()))
                .param("urls", Columns.texts(endings, each -> each.finished().target().url()))
                .param("statuses", Columns.longs(endings, each -> status(each.finished().answer())))
                .param(
                        "latencies",
                        Columns.longs(endings, each -> latency(each.finished().answer())))
                .param("errors", answers(endings, Answer::error, ""))
                .param("answers", answers(endings, Answer::body, ""))
                .update();
    }

    /** Keeps since when each endpoint fails; disables one that is gone or failed for too long. */
    private void followEndpoints(List<Finished> finished, Instant now) {
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

    private static String[] answers(
            List<Ending> endings, Function<Answer, String> value, String without) {
        return Columns.texts(
                endings,
                each -> {
                    var answer = each.finished().answer();
                    return answer == null ? without : value.apply(answer);
                });
    }

    private static long status(@Nullable Answer answer) {
        return answer == null ? 0 : answer.status();
    }

    private static long latency(@Nullable Answer answer) {
        return answer == null ? 0 : answer.latency().toMillis();
    }
}
