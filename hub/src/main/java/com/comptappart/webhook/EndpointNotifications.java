package com.comptappart.webhook;

import com.comptappart.kernel.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** What happens to the notifications of one endpoint when someone acts on it. */
@Repository
class EndpointNotifications {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final HeldNotifications held;
    private final Notifications notifications;
    private final FeedOrder feed;
    private final Clock clock;

    EndpointNotifications(
            JdbcClient jdbc,
            HeldNotifications held,
            Notifications notifications,
            FeedOrder feed,
            Clock clock) {
        this.jdbc = jdbc;
        this.held = held;
        this.notifications = notifications;
        this.feed = feed;
        this.clock = clock;
    }

    void releaseFor(String endpointId) {
        held.releaseFor(endpointId);
    }

    void holdFor(String endpointId) {
        held.holdFor(endpointId);
    }

    void tryNow(Endpoint endpoint) {
        held.tryNow(endpoint.partner(), endpoint.id());
    }

    Notification ping(Endpoint endpoint) {
        feed.writing();
        Instant now = clock.instant();
        String id = Ids.next("msg");
        String event = Ids.next("evt_ping");
        jdbc.sql(
                        """
                        insert into webhook_notification (
                            partner_id, notification_id, environment, endpoint_id, event_type, event_id, subject, body, state, created_at, due_at)
                        values (:partner, :id, :environment, :endpoint, :type, :event, '', :body, 'pending', :now, :now)
                        """)
                .param("partner", endpoint.partner().value())
                .param("id", id)
                .param("environment", endpoint.environment().code())
                .param("endpoint", endpoint.id())
                .param("type", EventTypes.PING)
                .param("event", event)
                .param("body", pingBody(event, now))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        held.tryNow(endpoint.partner(), endpoint.id());
        return notifications.get(endpoint.partner(), id);
    }

    static String pingBody(String eventId, Instant at) {
        var body = JSON.createObjectNode();
        body.put("event_type", EventTypes.PING);
        body.put("event_id", eventId);
        body.put("timestamp", at.truncatedTo(ChronoUnit.SECONDS).toString());
        return JSON.writeValueAsString(body);
    }

    /** Ends what waits; a call in flight is not undone, but is not recorded as more than that. */
    void fail(Endpoint endpoint, String reason) {
        jdbc.sql(
                        """
                        update webhook_notification
                        set state = 'failed', reason = :reason, ended_at = :now, lease = null
                        where partner_id = :partner and endpoint_id = :endpoint and state in ('pending', 'held')
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .param("reason", reason)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
