package com.comptappart.webhook;

import com.comptappart.kernel.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What endpoints that were deleted did not get: it belongs to the partner, not to the address. */
@Repository
class LeftBehind {

    private static final int BATCH = 5_000;

    /**
     * What failed at deleted endpoints and can be had by another of the same partner and
     * environment: nobody took that fact, the other one wants it and was never owed it. Of one fact
     * that failed at several, the newest.
     */
    private static final String FAILED =
            """
            select n.partner_id, n.notification_id, n.position, n.order_id, n.body
            from webhook_endpoint gone join webhook_notification n
                on n.partner_id = gone.partner_id and n.endpoint_id = gone.endpoint_id
            where gone.partner_id = :partner and gone.environment = :environment and gone.state = 'deleted'
                and n.state = 'failed' and n.event_type <> 'ping' and n.event_type = any(:types::text[])
                and n.created_at >= :since and n.created_at < :until and n.position > :after
                and not exists (
                    select 1
                    from (
                        select o.endpoint_id, o.state from webhook_endpoint o where o.partner_id = n.partner_id
                        union all
                        select '', 'none') other
                    join webhook_notification same
                        on same.partner_id = n.partner_id and same.endpoint_id = other.endpoint_id
                            and same.event_id = n.event_id and same.event_type = n.event_type
                            and same.order_id is not distinct from n.order_id and same.subject = n.subject
                    where same.endpoint_id <> n.endpoint_id
                        and (same.endpoint_id in ('', :endpoint) or same.state = 'delivered'
                            or other.state = 'deleted' and same.position > n.position))
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    LeftBehind(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The partner's endpoints stay as they are until the transaction ends: of two that are deleted
     * at once, the second knows that the first is gone, and does not count on it.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void keepEndpoints(Endpoint endpoint) {
        jdbc.sql(
                        """
                        select 1
                        from webhook_endpoint
                        where partner_id = :partner and state <> 'deleted'
                        order by partner_id, endpoint_id
                        for no key update
                        """)
                .param("partner", endpoint.partner().value())
                .query((row, number) -> true)
                .list();
    }

    /**
     * Holds for the next endpoint, under the same id, what a deleted one was still owed. What
     * another endpoint was owed as well ends here, visibly failed: the partner has it from there,
     * and would get it twice under two ids. A call in flight ends first; the next look finds it.
     *
     * @param endpointId null for all
     * @return how many were moved; there may be more where it is over 0
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public int hold(@Nullable String endpointId) {
        return jdbc.sql(
                        """
                        with waiting as (
                            select n.partner_id, n.notification_id, n.event_type <> 'ping' and not exists (
                                select 1
                                from (
                                    select o.endpoint_id, o.state from webhook_endpoint o where o.partner_id = n.partner_id
                                    union all
                                    select '', 'none') other
                                join webhook_notification same
                                    on same.partner_id = n.partner_id and same.endpoint_id = other.endpoint_id
                                        and same.event_id = n.event_id and same.event_type = n.event_type
                                        and same.order_id is not distinct from n.order_id and same.subject = n.subject
                                where same.endpoint_id <> n.endpoint_id
                                    and (other.state <> 'deleted' or same.state = 'delivered'
                                        or same.state in ('pending', 'held') and same.position < n.position)) as held
                            from webhook_endpoint e join webhook_notification n
                                on n.partner_id = e.partner_id and n.endpoint_id = e.endpoint_id
                            where e.state = 'deleted' and (:endpoint::text is null or e.endpoint_id = :endpoint)
                                and n.state in ('pending', 'held') and (n.lease is null or n.due_at <= :now)
                            limit :limit
                            for update of n skip locked)
                        update webhook_notification n
                        set state = case when waiting.held then 'held' else 'failed' end, lease = null,
                            endpoint_id = case when waiting.held then '' else n.endpoint_id end,
                            reason = case when waiting.held then :missing else :deleted end,
                            ended_at = case when not waiting.held then :now::timestamptz end
                        from waiting
                        where n.partner_id = waiting.partner_id and n.notification_id = waiting.notification_id
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("endpoint", endpointId)
                .param("missing", Reason.ENDPOINT_MISSING.text())
                .param("deleted", Reason.ENDPOINT_DELETED.text())
                .param("limit", BATCH)
                .update();
    }

    /** Counts what a recovery of that endpoint would send of it. */
    void count(Waiting.Count count, Endpoint endpoint, Recovery.Wish wish) {
        given(
                        "select failed.order_id, count(*) as notifications,"
                                + " max((failed.body::jsonb #>> '{order,total_amount}')::numeric) as total,"
                                + " max(failed.body::jsonb #>> '{order,currency}') as currency from ("
                                + FAILED
                                + ") failed group by failed.order_id limit "
                                + WaitingRows.MOST_ORDERS,
                        endpoint,
                        wish,
                        0)
                .query((row, number) -> counted(count, row))
                .list();
    }

    private static boolean counted(Waiting.Count count, ResultSet row) throws SQLException {
        WaitingRows.add(count, "failed", row);
        return true;
    }

    /** Has a batch of it sent to that endpoint, under the same ids; the positions, in any order. */
    List<Long> again(Recovery recovery, Endpoint endpoint, long after) {
        return given(
                        "with again as ("
                                + FAILED
                                + """
                                    order by n.position
                                    limit :limit
                                    for update of n skip locked)
                                update webhook_notification n
                                set state = 'pending', endpoint_id = :endpoint, reason = '', step = 0, backlog = true,
                                    due_at = :now, ended_at = null, asked_by = :asked_by
                                from again
                                where n.partner_id = again.partner_id and n.notification_id = again.notification_id
                                returning n.position
                                """,
                        endpoint,
                        recovery.wish(),
                        after)
                .param("limit", recovery.wish().perSecond())
                .param("asked_by", recovery.askedBy())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getLong("position"))
                .list();
    }

    private JdbcClient.StatementSpec given(
            String sql, Endpoint endpoint, Recovery.Wish wish, long after) {
        return jdbc.sql(sql)
                .param("partner", endpoint.partner().value())
                .param("environment", endpoint.environment().code())
                .param("endpoint", endpoint.id())
                .param("types", endpoint.eventTypes().toArray(String[]::new))
                .param("since", wish.since().atOffset(ZoneOffset.UTC))
                .param("until", wish.until().atOffset(ZoneOffset.UTC))
                .param("after", after);
    }
}
