package com.comptappart.webhook;

import com.comptappart.kernel.Backlog;
import com.comptappart.kernel.Backlogs;
import com.comptappart.queue.BacklogRow;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Notifications that are to be sent. The oldest is one that nothing but the hub keeps waiting: not
 * of an endpoint that fails or asked for peace.
 */
@Repository
class DeliveryBacklog implements Backlogs {

    private final JdbcClient jdbc;

    DeliveryBacklog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Backlog at(Instant now) {
        return BacklogRow.of(
                "webhook",
                jdbc.sql(
                        """
                        with recursive waiting as (
                            (select partner_id, endpoint_id
                             from webhook_notification
                             where state = 'pending'
                             order by partner_id, endpoint_id
                             limit 1)
                            union all
                            select following.partner_id, following.endpoint_id
                            from waiting cross join lateral (
                                select n.partner_id, n.endpoint_id
                                from webhook_notification n
                                where n.state = 'pending'
                                    and (n.partner_id, n.endpoint_id) > (waiting.partner_id, waiting.endpoint_id)
                                order by n.partner_id, n.endpoint_id
                                limit 1) following)
                        select coalesce(sum(of.due), 0) as due, coalesce(sum(of.leased), 0) as leased,
                            coalesce(sum(of.failing), 0) as failing,
                            min(of.oldest) filter (where e.state = 'enabled' and e.rate_per_second is null
                                and greatest(e.open_until, e.asked_until, :now::timestamptz) = :now) as oldest
                        from waiting
                        join webhook_endpoint e
                            on e.partner_id = waiting.partner_id and e.endpoint_id = waiting.endpoint_id
                        cross join lateral (
                            select count(*) filter (where n.due_at <= :now) as due,
                                count(*) filter (where n.lease is not null and n.due_at > :now) as leased,
                                count(*) filter (where n.lease is null and n.backlog) as failing,
                                min(n.due_at) filter (where n.due_at <= :now) as oldest
                            from (
                                select p.lease, p.due_at, p.backlog
                                from webhook_notification p
                                where p.partner_id = e.partner_id and p.endpoint_id = e.endpoint_id and p.state = 'pending'
                                order by p.backlog, p.due_at
                                limit :most) as n) as of
                        """),
                now);
    }
}
