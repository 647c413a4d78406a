package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What failed or is held and somebody should look at: no ping, and not what failed at an endpoint
 * that was deleted, which recovering another one sends.
 */
@Repository
public class UndeliveredNotifications {

    private static final int MOST_COUNTED = 10_000;

    private final JdbcClient jdbc;
    private final Clock clock;

    UndeliveredNotifications(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Newest first. A null partner or environment stands for the operator. */
    public List<Notification> newest(
            @Nullable PartnerId partner, @Nullable Environment environment, int limit) {
        return jdbc.sql(
                        """
                        select n.partner_id, n.notification_id, n.environment, n.endpoint_id, n.order_id, n.event_type, n.event_id,
                            n.state, n.reason, n.attempts, n.last_status, n.step, n.body, n.created_at, n.due_at, n.ended_at,
                            n.lease is not null as leased, e.failures, e.open_until, e.asked_until
                        from webhook_notification n left join webhook_endpoint e
                            on e.partner_id = n.partner_id and e.endpoint_id = n.endpoint_id
                        where (:partner::text is null or n.partner_id = :partner)
                            and (:environment::text is null or n.environment = :environment)
                            and n.state in ('failed', 'held') and n.event_type <> 'ping'
                            and not (n.state = 'failed' and coalesce(e.state = 'deleted', false))
                        order by n.position desc
                        limit :limit
                        """)
                .param("partner", partner == null ? null : partner.value())
                .param("environment", environment == null ? null : environment.code())
                .param("limit", limit)
                .query((row, number) -> SeenNotification.of(row, clock.instant()))
                .list();
    }

    /** How many there are, as far as anybody counts. */
    public long count(@Nullable PartnerId partner, @Nullable Environment environment) {
        return jdbc.sql(
                        """
                        select count(*)
                        from (
                            select 1
                            from webhook_notification n left join webhook_endpoint e
                                on e.partner_id = n.partner_id and e.endpoint_id = n.endpoint_id
                            where (:partner::text is null or n.partner_id = :partner)
                                and (:environment::text is null or n.environment = :environment)
                                and n.state in ('failed', 'held') and n.event_type <> 'ping'
                                and not (n.state = 'failed' and coalesce(e.state = 'deleted', false))
                            limit :limit) undelivered
                        """)
                .param("partner", partner == null ? null : partner.value())
                .param("environment", environment == null ? null : environment.code())
                .param("limit", MOST_COUNTED)
                .query(Long.class)
                .single();
    }
}
