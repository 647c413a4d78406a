package com.comptappart.webhook;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.Reason;
import com.comptappart.queue.Wake;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes notifications that are owed. */
@Repository
class OwedRows {

    private final JdbcClient jdbc;
    private final FeedOrder feed;
    private final Wake wake;
    private final Clock clock;

    OwedRows(JdbcClient jdbc, FeedOrder feed, Wake wake, Clock clock) {
        this.jdbc = jdbc;
        this.feed = feed;
        this.wake = wake;
        this.clock = clock;
    }

    /**
     * One statement whatever the number: a row for each endpoint that wants the fact, and for an
     * order that no endpoint wants one row that is held until there is one.
     */
    void insert(List<OwedNotification> facts) {
        feed.writing();
        int inserted =
                jdbc.sql(
                                """
                                insert into webhook_notification (
                                    partner_id, notification_id, environment, endpoint_id, order_id, event_type, event_id, subject, body,
                                    state, reason, created_at, due_at)
                                select given.partner_id, 'msg_' || replace(gen_random_uuid()::text, '-', ''), given.environment,
                                    coalesce(e.endpoint_id, ''), given.order_id, given.event_type, given.event_id, given.subject, given.body,
                                    case when e.state = 'enabled' then 'pending' else 'held' end,
                                    case
                                        when e.state = 'enabled' then ''
                                        when e.state = 'disabled' then :disabled || e.disabled_reason
                                        when e.state = 'paused' then :paused
                                        else :missing
                                    end,
                                    :now, :now
                                from unnest(
                                    :partners::text[], :environments::text[], :orders::bigint[], :types::text[], :events::text[],
                                    :subjects::text[], :bodies::text[])
                                    with ordinality as given (
                                        partner_id, environment, order_id, event_type, event_id, subject, body, ordinal)
                                left join webhook_endpoint e
                                    on e.partner_id = given.partner_id and e.environment = given.environment
                                        and e.state <> 'deleted' and given.event_type = any(e.event_types)
                                where (e.endpoint_id is not null or given.event_type = any(:defaults::text[]))
                                    and not exists (
                                        select 1
                                        from webhook_notification held
                                        where held.partner_id = given.partner_id and held.endpoint_id = ''
                                            and held.event_id = given.event_id and held.event_type = given.event_type
                                            and held.subject = given.subject)
                                order by given.ordinal, e.position
                                on conflict (partner_id, endpoint_id, event_id, event_type, order_id, subject) do nothing
                                """)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("partners", Columns.texts(facts, fact -> fact.partner().value()))
                        .param(
                                "environments",
                                Columns.texts(facts, fact -> fact.environment().code()))
                        .param(
                                "orders",
                                facts.stream()
                                        .map(fact ->
                                                fact.order() == null ? null : fact.order().value())
                                        .toArray(Long[]::new))
                        .param("types", Columns.texts(facts, OwedNotification::eventType))
                        .param("events", Columns.texts(facts, OwedNotification::eventId))
                        .param("subjects", Columns.texts(facts, OwedNotification::subject))
                        .param("bodies", Columns.texts(facts, OwedNotification::body))
                        .param("disabled", Reason.ENDPOINT_DISABLED.text(""))
                        .param("paused", Reason.ENDPOINT_PAUSED.text())
                        .param("missing", Reason.ENDPOINT_MISSING.text())
                        .param("defaults", EventTypes.DEFAULT.toArray(String[]::new))
                        .update();
        if (inserted > 0) {
            wake.afterCommit(DeliveryWork.NAME);
        }
    }
}
