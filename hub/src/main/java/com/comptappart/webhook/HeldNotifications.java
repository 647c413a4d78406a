package com.comptappart.webhook;

import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Reason;
import com.comptappart.queue.Wake;
import java.time.Clock;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Notifications that wait for an endpoint to be made or enabled. */
@Repository
class HeldNotifications {

    private static final int BATCH = 5_000;

    private final JdbcClient jdbc;
    private final Circuits circuits;
    private final LeftBehind left;
    private final Wake wake;
    private final Clock clock;

    HeldNotifications(JdbcClient jdbc, Circuits circuits, LeftBehind left, Wake wake, Clock clock) {
        this.jdbc = jdbc;
        this.circuits = circuits;
        this.left = left;
        this.wake = wake;
        this.clock = clock;
    }

    /**
     * Disables an enabled endpoint and holds what waits for it; its calls in flight still end.
     *
     * @return whether it was enabled
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean disable(PartnerId partner, String endpointId, String reason) {
        int changed =
                jdbc.sql(
                                """
                                update webhook_endpoint
                                set state = 'disabled', disabled_reason = :reason
                                where partner_id = :partner and endpoint_id = :endpoint and state = 'enabled'
                                """)
                        .param("partner", partner.value())
                        .param("endpoint", endpointId)
                        .param("reason", reason)
                        .update();
        if (changed > 0) {
            hold(endpointId);
        }
        return changed > 0;
    }

    /**
     * Moves what should move: to held what waits for a disabled, paused or deleted endpoint, to
     * pending what is held for one that is there. Told by the endpoints themselves and not by who
     * changed them, so that a fact that was owed at that very moment is not forgotten.
     *
     * @return how many were moved; there may be more where it is over 0
     */
    @Transactional
    public int sweep() {
        return hold(null) + left.hold(null) + release(null);
    }

    /** Holds what waits for a paused endpoint; its calls in flight still end. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void holdFor(String endpointId) {
        hold(endpointId);
    }

    /** Owes to an enabled endpoint, from now, what was held for it or for want of one. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void releaseFor(String endpointId) {
        release(endpointId);
    }

    /** Something is due that a person asked for: an open circuit lets its probe go at once. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tryNow(PartnerId partner, String endpointId) {
        circuits.tryNow(partner, endpointId);
        wake.afterCommit(DeliveryWork.NAME);
    }

    private int hold(@Nullable String endpointId) {
        return jdbc.sql(
                        """
                        with waiting as (
                            select n.partner_id, n.notification_id,
                                case when e.state = 'paused' then :paused else :disabled || e.disabled_reason end as reason
                            from webhook_endpoint e join webhook_notification n
                                on n.partner_id = e.partner_id and n.endpoint_id = e.endpoint_id
                            where e.state in ('disabled', 'paused') and (:endpoint::text is null or e.endpoint_id = :endpoint)
                                and n.state = 'pending' and (n.lease is null or n.due_at <= :now)
                            limit :limit
                            for update of n skip locked)
                        update webhook_notification n
                        set state = 'held', lease = null, reason = waiting.reason
                        from waiting
                        where n.partner_id = waiting.partner_id and n.notification_id = waiting.notification_id
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("endpoint", endpointId)
                .param("paused", Reason.ENDPOINT_PAUSED.text())
                .param("disabled", Reason.ENDPOINT_DISABLED.text(""))
                .param("limit", BATCH)
                .update();
    }

    private int release(@Nullable String endpointId) {
        int released =
                jdbc.sql(
                                """
                                with target as (
                                    select e.partner_id, e.endpoint_id, e.environment, e.event_types, wanted.held_as
                                    from webhook_endpoint e cross join lateral (values (''), (e.endpoint_id)) as wanted (held_as)
                                    where e.state = 'enabled' and (:endpoint::text is null or e.endpoint_id = :endpoint)),
                                waiting as (
                                    select n.partner_id, n.notification_id, target.endpoint_id
                                    from target join webhook_notification n
                                        on n.partner_id = target.partner_id and n.endpoint_id = target.held_as
                                            and n.environment = target.environment
                                    where n.state = 'held'
                                        and (n.endpoint_id <> '' or n.event_type = any(target.event_types) and not exists (
                                            select 1
                                            from webhook_notification same
                                            where same.partner_id = n.partner_id and same.endpoint_id = target.endpoint_id
                                                and same.event_id = n.event_id and same.event_type = n.event_type
                                                and same.order_id is not distinct from n.order_id and same.subject = n.subject))
                                    order by n.position
                                    limit :limit
                                    for update of n skip locked)
                                update webhook_notification n
                                set state = 'pending', endpoint_id = waiting.endpoint_id, reason = '', step = 0, backlog = true,
                                    due_at = :now
                                from waiting
                                where n.partner_id = waiting.partner_id and n.notification_id = waiting.notification_id
                                """)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("endpoint", endpointId)
                        .param("limit", BATCH)
                        .update();
        if (released > 0) {
            wake.afterCommit(DeliveryWork.NAME);
        }
        return released;
    }
}
