package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What endpoints have taken, for those who ask how far an integration is. */
@Repository
public class TakenNotifications {

    /** How many of a partner's newest notifications are looked through. */
    private static final int LOOKED_AT = 1_000;

    private final JdbcClient jdbc;

    TakenNotifications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** When a test endpoint that is still there took one last, by event type. */
    public Map<String, Instant> inTest(PartnerId partner) {
        return times(
                jdbc.sql(
                                """
                                select types.event_type as name, max(latest.ended_at) as at
                                from webhook_endpoint e cross join unnest(:types::text[]) as types (event_type)
                                    cross join lateral (
                                        select n.ended_at
                                        from webhook_notification n
                                        where n.partner_id = e.partner_id and n.endpoint_id = e.endpoint_id
                                            and n.event_type = types.event_type and n.state = 'delivered'
                                            and n.environment = 'staging'
                                        order by n.ended_at desc
                                        limit 1) latest
                                where e.partner_id = :partner and e.environment = 'staging' and e.state <> 'deleted'
                                group by types.event_type
                                """)
                        .param("partner", partner.value())
                        .param("types", EventTypes.KNOWN.toArray(String[]::new)));
    }

    /** When each endpoint took one last, by its id; of the newest 1,000 notifications. */
    public Map<String, Instant> lastOfEach(PartnerId partner, Environment environment) {
        return times(
                jdbc.sql(
                                """
                                select endpoint_id as name, max(ended_at) as at
                                from (
                                    select endpoint_id, environment, state, ended_at
                                    from webhook_notification
                                    where partner_id = :partner
                                    order by position desc
                                    limit :limit) newest
                                where environment = :environment and state = 'delivered'
                                group by endpoint_id
                                """)
                        .param("partner", partner.value())
                        .param("environment", environment.code())
                        .param("limit", LOOKED_AT));
    }

    private static Map<String, Instant> times(JdbcClient.StatementSpec statement) {
        var times = new HashMap<String, Instant>();
        List<Map.Entry<String, Instant>> found = statement.query(TakenNotifications::time).list();
        found.forEach(each -> times.put(each.getKey(), each.getValue()));
        return times;
    }

    private static Map.Entry<String, Instant> time(ResultSet row, int number) throws SQLException {
        return Map.entry(row.getString("name"), row.getTimestamp("at").toInstant());
    }
}
