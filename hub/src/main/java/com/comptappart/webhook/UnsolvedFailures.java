package com.comptappart.webhook;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Notifications that failed for good and that nobody had sent again with success since. */
@Repository
class UnsolvedFailures {

    private static final int MOST = 10_000;

    private final JdbcClient jdbc;

    UnsolvedFailures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The newest, by address and reason of their last attempts: the most frequent first.
     *
     * @param most how many notifications to look at
     */
    List<EndpointAlert.Cause> of(Endpoint endpoint, Instant since, int most) {
        return jdbc.sql(
                        """
                        select count(*) as notifications, coalesce(a.url, '') as url, failed.reason,
                            coalesce(a.diagnosis, '') as diagnosis
                        from (
                            select n.partner_id, n.notification_id, n.attempts, n.reason
                            from webhook_notification n
                            where n.partner_id = :partner and n.endpoint_id = :endpoint and n.state = 'failed'
                                and n.ended_at >= :since
                            order by n.ended_at desc
                            limit :limit) failed
                        left join webhook_attempt a
                            on a.partner_id = failed.partner_id and a.notification_id = failed.notification_id
                                and a.number = failed.attempts and a.at >= :since::timestamptz - interval '1 hour'
                        group by a.url, failed.reason, a.diagnosis
                        order by count(*) desc, a.url, failed.reason
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("limit", Math.min(most, MOST))
                .query((row, number) ->
                        new EndpointAlert.Cause(
                                row.getLong("notifications"),
                                row.getString("url").isEmpty()
                                        ? endpoint.url()
                                        : row.getString("url"),
                                row.getString("reason"),
                                Diagnosis.of(row.getString("diagnosis")).orElse(null)))
                .list();
    }
}
