package com.comptappart.webhook;

import com.comptappart.kernel.Columns;
import com.comptappart.queue.Wake;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Notes what is to be said of endpoints, in the transaction of its cause. */
@Repository
class EndpointWatch {

    /** How long the first failure of a new endpoint is worth a mail. */
    private static final Duration NEW_FOR = Duration.ofDays(2);

    /**
     * How exactly the time of the last failure is kept: less writing for one that keeps failing.
     */
    private static final Duration GRAIN = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final Wake wake;
    private final Clock clock;

    EndpointWatch(JdbcClient jdbc, Wake wake, Clock clock) {
        this.jdbc = jdbc;
        this.wake = wake;
        this.clock = clock;
    }

    /** Within the transaction that records what was finished; asks nothing where all arrived. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void follow(List<Finished> finished, Instant now) {
        Map<String, Finished> last = new LinkedHashMap<>();
        Map<String, Target> back = new TreeMap<>();
        var ids = new ArrayList<Delivery>();
        for (Finished each : finished) {
            var answer = each.answer();
            if (answer == null) {
                continue;
            }
            if (!(Outcome.of(answer) instanceof Outcome.Delivered)) {
                last.put(each.target().endpointId(), each);
                ids.add(each.delivery());
            } else if (each.target().failing()) {
                back.put(each.target().endpointId(), each.target());
            }
        }
        if (!back.isEmpty()) {
            noteSuccess(List.copyOf(back.values()), now);
        }
        if (!last.isEmpty() && note(List.copyOf(last.values()), ids, now) > 0) {
            wake.afterCommit(AlertWork.NAME);
        }
    }

    private int note(List<Finished> last, List<Delivery> tried, Instant now) {
        // Locked in order: two recorders that note the same endpoints wait, never for good.
        return jdbc.sql(
                        """
                        with given as (
                            select * from unnest(:partners::text[], :endpoints::text[], :reasons::text[], :diagnoses::text[])
                                as given (partner_id, endpoint_id, reason, diagnosis)),
                        failed as (
                            select n.partner_id, n.endpoint_id, count(*)::integer as notifications
                            from unnest(:owners::text[], :ids::text[]) as tried (partner_id, notification_id)
                            join webhook_notification n
                                on n.partner_id = tried.partner_id and n.notification_id = tried.notification_id
                            where n.state = 'failed' and n.ended_at = :now
                            group by n.partner_id, n.endpoint_id)
                        insert into webhook_watch as w (
                            partner_id, endpoint_id, failed_at, reason, diagnosis, first_failure_at, unsaid_failed, unsaid_since,
                            refused_at, refused_reason)
                        select e.partner_id, e.endpoint_id, :now, given.reason, given.diagnosis,
                            case when e.created_at > :new_since then :now::timestamptz end, coalesce(failed.notifications, 0),
                            case when failed.notifications > 0 then :now::timestamptz end,
                            case when given.diagnosis = :refused then :now::timestamptz end,
                            case when given.diagnosis = :refused then given.reason else '' end
                        from given
                        join webhook_endpoint e on e.partner_id = given.partner_id and e.endpoint_id = given.endpoint_id
                        left join failed on failed.partner_id = e.partner_id and failed.endpoint_id = e.endpoint_id
                        order by e.partner_id, e.endpoint_id
                        on conflict (partner_id, endpoint_id) do update
                        set failed_at = excluded.failed_at, reason = excluded.reason, diagnosis = excluded.diagnosis,
                            first_failure_at = coalesce(w.first_failure_at, excluded.first_failure_at),
                            unsaid_failed = w.unsaid_failed + excluded.unsaid_failed,
                            unsaid_since = least(w.unsaid_since, excluded.unsaid_since),
                            refused_at = coalesce(excluded.refused_at, w.refused_at),
                            refused_reason = case
                                when excluded.refused_at is null then w.refused_reason
                                else excluded.refused_reason
                            end
                        where excluded.unsaid_failed > 0 or w.failed_at is null or w.failed_at < :stale
                            or w.first_failure_at is null and excluded.first_failure_at is not null
                            or excluded.refused_at is not null and (w.refused_at is null or w.refused_at < :stale)
                        """)
                .param("refused", Diagnosis.ADDRESS_REFUSED.code())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("new_since", now.minus(NEW_FOR).atOffset(ZoneOffset.UTC))
                .param("stale", now.minus(GRAIN).atOffset(ZoneOffset.UTC))
                .param("partners", Columns.texts(last, each -> each.target().partner().value()))
                .param("endpoints", Columns.texts(last, each -> each.target().endpointId()))
                .param("reasons", Columns.texts(last, EndpointWatch::reason))
                .param("diagnoses", Columns.texts(last, EndpointWatch::diagnosis))
                .param("owners", Columns.texts(tried, each -> each.partner().value()))
                .param("ids", Columns.texts(tried, Delivery::id))
                .update();
    }

    private void noteSuccess(List<Target> targets, Instant now) {
        jdbc.sql(
                        """
                        with back as (
                            select w.partner_id, w.endpoint_id
                            from webhook_watch w join unnest(:partners::text[], :endpoints::text[])
                                as given (partner_id, endpoint_id)
                                on given.partner_id = w.partner_id and given.endpoint_id = w.endpoint_id
                            where w.succeeded_at is null or w.succeeded_at < :stale or w.succeeded_at <= w.failed_at
                            order by w.partner_id, w.endpoint_id
                            for update of w)
                        update webhook_watch w
                        set succeeded_at = :now
                        from back
                        where w.partner_id = back.partner_id and w.endpoint_id = back.endpoint_id
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("stale", now.minus(GRAIN).atOffset(ZoneOffset.UTC))
                .param("partners", Columns.texts(targets, each -> each.partner().value()))
                .param("endpoints", Columns.texts(targets, Target::endpointId))
                .update();
    }

    private static String reason(Finished finished) {
        var answer = finished.answer();
        return answer == null ? "" : Outcome.of(answer).reason();
    }

    private static String diagnosis(Finished finished) {
        var answer = finished.answer();
        return answer == null ? "" : answer.diagnosisCode();
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(EndpointDisabled disabled) {
        jdbc.sql(
                        """
                        insert into webhook_watch as w (partner_id, endpoint_id, disabled_at, disabled_reason)
                        values (:partner, :endpoint, :now, :reason)
                        on conflict (partner_id, endpoint_id) do update
                        set disabled_at = excluded.disabled_at, disabled_reason = excluded.disabled_reason
                        """)
                .param("partner", disabled.partner().value())
                .param("endpoint", disabled.endpointId())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("reason", disabled.reason())
                .update();
        wake.afterCommit(AlertWork.NAME);
    }
}
