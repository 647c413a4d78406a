package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Notifications without their bodies, by ids and by how new they are. */
@Repository
class PulseRows {

    private static final int MOST = 1_000;

    private final JdbcClient jdbc;
    private final FeedOrder feed;
    private final Clock clock;

    PulseRows(JdbcClient jdbc, FeedOrder feed, Clock clock) {
        this.jdbc = jdbc;
        this.feed = feed;
        this.clock = clock;
    }

    List<NotificationPulse.Beat> of(
            @Nullable PartnerId partner,
            @Nullable Environment environment,
            Collection<String> ids) {
        var now = clock.instant();
        return jdbc
                .sql(
                        """
                        select n.partner_id, n.notification_id, n.environment, n.endpoint_id, n.order_id, n.event_type, n.event_id,
                            n.state, n.reason, n.attempts, n.last_status, n.step, '' as body, n.created_at, n.due_at, n.ended_at,
                            n.lease is not null as leased, e.failures, e.open_until, e.asked_until
                        from webhook_notification n left join webhook_endpoint e
                            on e.partner_id = n.partner_id and e.endpoint_id = n.endpoint_id
                        where (:partner::text is null or n.partner_id = :partner)
                            and (:environment::text is null or n.environment = :environment)
                            and n.notification_id = any(:ids::text[])
                        limit :most
                        """)
                .param("partner", partner == null ? null : partner.value())
                .param("environment", environment == null ? null : environment.code())
                .param("ids", ids.toArray(String[]::new))
                .param("most", MOST)
                .query((row, number) -> SeenNotification.of(row, now))
                .list()
                .stream()
                .map(each ->
                        new NotificationPulse.Beat(
                                each.id(),
                                each.stage(),
                                each.attempts(),
                                each.lastStatus(),
                                each.dueAt()))
                .toList();
    }

    long newest() {
        return jdbc.sql("select coalesce(max(position), 0) from webhook_notification")
                .query(Long.class)
                .single();
    }

    /** The counter of a new hub says 1 before and after the first: what is there tells better. */
    long settled() {
        return Math.min(feed.settled(), newest());
    }

    List<NotificationPulse.Fresh> between(long after, long until) {
        return jdbc.sql(
                        """
                        select position, partner_id, environment, endpoint_id, event_type
                        from webhook_notification
                        where position > :after and position <= :until
                        order by position desc
                        limit :most
                        """)
                .param("after", after)
                .param("until", until)
                .param("most", MOST)
                .query((row, number) ->
                        new NotificationPulse.Fresh(
                                row.getLong("position"),
                                new PartnerId(row.getString("partner_id")),
                                Environment.of(row.getString("environment")),
                                row.getString("endpoint_id"),
                                row.getString("event_type")))
                .list();
    }
}
