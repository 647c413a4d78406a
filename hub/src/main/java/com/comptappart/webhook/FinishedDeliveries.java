package com.comptappart.webhook;

import com.comptappart.kernel.Columns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Records how deliveries went, many at a time; those whose lease was lost stay as they are. */
@Repository
class FinishedDeliveries {

    private static final Logger LOG = LoggerFactory.getLogger(FinishedDeliveries.class);

    /** What becomes of a notification. */
    private record Ending(
            Finished finished,
            String state,
            String reason,
            int step,
            Instant dueAt,
            boolean tried) {}

    /** A notification under a lease. */
    private record Held(String id, UUID lease) {

        static Held of(Delivery delivery) {
            return new Held(delivery.id(), delivery.lease());
        }
    }

    private final JdbcClient jdbc;
    private final RetrySchedule schedule;
    private final EndpointHealth health;
    private final EndpointWatch watch;
    private final Clock clock;

    FinishedDeliveries(
            JdbcClient jdbc,
            RetrySchedule schedule,
            EndpointHealth health,
            EndpointWatch watch,
            Clock clock) {
        this.jdbc = jdbc;
        this.schedule = schedule;
        this.health = health;
        this.watch = watch;
        this.clock = clock;
    }

    @Transactional
    public void record(List<Finished> finished) {
        Instant now = clock.instant();
        var endings = finished.stream().map(each -> ending(each, now)).toList();
        var ours = stillOurs(finished, end(endings, now));
        health.follow(ours, now);
        watch.follow(ours, now);
    }

    /**
     * A node that was frozen for longer than its leases knows of how an endpoint was then: that
     * must not close or open its circuit, disable it or alarm anybody now.
     */
    private static List<Finished> stillOurs(List<Finished> finished, Set<Held> lost) {
        if (lost.isEmpty()) {
            return finished;
        }
        LOG.warn(
                "{} of {} deliveries had lost their lease; another worker records them",
                lost.size(),
                finished.size());
        return finished.stream().filter(each -> !lost.contains(Held.of(each.delivery()))).toList();
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

    /**
     * One statement: an attempt is stored, and counted, exactly when its notification moved with
     * it.
     *
     * @return those whose lease was lost
     */
    private Set<Held> end(List<Ending> endings, Instant now) {
        var statement =
                jdbc.sql(
                                """
                                with given as (
                                    select *
                                    from unnest(
                                        :partners::text[], :ids::text[], :leases::uuid[], :states::text[], :reasons::text[], :steps::bigint[],
                                        :due::timestamptz[], :tried::boolean[], :at::timestamptz[], :urls::text[], :addresses::text[],
                                        :statuses::bigint[], :errors::text[], :diagnoses::text[], :asked::text[], :headers::text[],
                                        :answers::text[], :resolving::bigint[], :connecting::bigint[], :tls::bigint[], :first::bigint[],
                                        :total::bigint[])
                                        as given (partner_id, notification_id, lease, state, reason, step, due_at, tried, at, url, address,
                                            status, error, diagnosis, request_headers, answer_headers, answer, resolving, connecting, tls,
                                            first_byte, total)),
                                ended as (
                                    update webhook_notification n
                                    set state = given.state, step = given.step, due_at = given.due_at, lease = null,
                                        reason = case when given.tried then given.reason else n.reason end,
                                        attempts = n.attempts + given.tried::integer,
                                        last_status = case when given.tried then given.status else n.last_status end, backlog = n.backlog or given.tried,
                                        ended_at = case when given.state <> 'pending' then :now::timestamptz end
                                    from given
                                    where n.partner_id = given.partner_id and n.notification_id = given.notification_id
                                        and n.lease = given.lease
                                    returning n.partner_id, n.environment, n.notification_id, n.attempts, n.asked_by, given.lease),
                                tallied as (
                                    insert into webhook_tally (environment, day, partner_id, delivered, bucket, attempts)
                                    select ended.environment, (given.at at time zone 'Europe/Paris')::date, ended.partner_id,
                                        given.state = 'delivered',
                                        least(60, greatest(0, floor(10 * log(greatest(given.total, 1)::double precision / 1000)))), count(*)
                                    from ended join given
                                        on given.partner_id = ended.partner_id and given.notification_id = ended.notification_id
                                            and given.lease = ended.lease
                                    where given.tried
                                    group by 1, 2, 3, 4, 5),
                                attempts as (
                                    insert into webhook_attempt (
                                        partner_id, notification_id, number, at, url, address, status, error, diagnosis, request_headers,
                                        answer_headers, answer, resolving_micros, connecting_micros, tls_micros, first_byte_micros,
                                        total_micros, asked_by)
                                    select ended.partner_id, ended.notification_id, ended.attempts, given.at, given.url, given.address,
                                        given.status, given.error, given.diagnosis, given.request_headers, given.answer_headers,
                                        given.answer, given.resolving, given.connecting, given.tls, given.first_byte, given.total,
                                        ended.asked_by
                                    from ended join given
                                        on given.partner_id = ended.partner_id and given.notification_id = ended.notification_id
                                            and given.lease = ended.lease
                                    where given.tried)
                                select given.notification_id, given.lease
                                from given
                                where not exists (
                                    select 1
                                    from ended
                                    where ended.notification_id = given.notification_id and ended.lease = given.lease)
                                """)
                        .param("now", now.atOffset(ZoneOffset.UTC));
        return withAttempts(withEndings(statement, endings), endings, now)
                .query((row, number) ->
                        new Held(
                                row.getString("notification_id"),
                                row.getObject("lease", UUID.class)))
                .set();
    }

    private static JdbcClient.StatementSpec withEndings(
            JdbcClient.StatementSpec statement, List<Ending> endings) {
        return statement
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
                .param("tried", endings.stream().map(Ending::tried).toArray(Boolean[]::new));
    }

    private static JdbcClient.StatementSpec withAttempts(
            JdbcClient.StatementSpec statement, List<Ending> endings, Instant now) {
        var answers = endings.stream().map(each -> answer(each, now)).toList();
        return statement
                .param("at", Columns.texts(answers, answer -> answer.at().toString()))
                .param("urls", Columns.texts(endings, each -> each.finished().target().url()))
                .param("addresses", texts(answers, Transcript::address))
                .param("statuses", Columns.longs(answers, answer -> (long) answer.status()))
                .param("errors", Columns.texts(answers, Answer::error))
                .param("diagnoses", Columns.texts(answers, Answer::diagnosisCode))
                .param("asked", texts(answers, Transcript::requestHeaders))
                .param("headers", texts(answers, Transcript::answerHeaders))
                .param("answers", texts(answers, Transcript::body))
                .param("resolving", micros(answers, CallTimes::resolving))
                .param("connecting", micros(answers, CallTimes::connecting))
                .param("tls", micros(answers, CallTimes::tls))
                .param("first", firstByteMicros(answers))
                .param("total", micros(answers, CallTimes::total));
    }

    private static Answer answer(Ending ending, Instant now) {
        var answer = ending.finished().answer();
        return answer == null ? new Answer(now, 0, "", null, Transcript.EMPTY, null) : answer;
    }

    private static String[] texts(List<Answer> answers, Function<Transcript, String> part) {
        return Columns.texts(answers, answer -> part.apply(answer.transcript()));
    }

    private static Long[] micros(List<Answer> answers, Function<CallTimes, Duration> part) {
        return Columns.longs(
                answers, answer -> part.apply(answer.transcript().times()).toNanos() / 1_000);
    }

    /** Null where not one byte came. */
    private static @Nullable Long[] firstByteMicros(List<Answer> answers) {
        var micros = new @Nullable Long[answers.size()];
        for (int i = 0; i < micros.length; i++) {
            var time = answers.get(i).transcript().times().firstByte();
            micros[i] = time == null ? null : time.toNanos() / 1_000;
        }
        return micros;
    }
}
