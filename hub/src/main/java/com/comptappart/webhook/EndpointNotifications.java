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

    /** Of those that a corrected address sends before their time; the others keep theirs. */
    private static final int MOST_AT_ONCE = 10_000;

    private final JdbcClient jdbc;
    private final HeldNotifications held;
    private final LeftBehind left;
    private final Notifications notifications;
    private final FeedOrder feed;
    private final Clock clock;

    EndpointNotifications(
            JdbcClient jdbc,
            HeldNotifications held,
            LeftBehind left,
            Notifications notifications,
            FeedOrder feed,
            Clock clock) {
        this.jdbc = jdbc;
        this.held = held;
        this.left = left;
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

    /** Before an endpoint is deleted, in the same transaction. */
    void keepEndpoints(Endpoint endpoint) {
        left.keepEndpoints(endpoint);
    }

    /** Once it is deleted: what it was owed waits for the next one. */
    void leave(Endpoint endpoint) {
        left.hold(endpoint.id());
    }

    /** What waits for another try goes now: its address is another one. */
    void tryNow(Endpoint endpoint) {
        jdbc.sql(
                        """
                        with waiting as (
                            select partner_id, notification_id
                            from webhook_notification
                            where partner_id = :partner and endpoint_id = :endpoint and state = 'pending' and step > 0
                                and due_at > :now and lease is null
                            order by due_at, position
                            limit :limit
                            for update skip locked)
                        update webhook_notification n
                        set due_at = :now
                        from waiting
                        where n.partner_id = waiting.partner_id and n.notification_id = waiting.notification_id
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("limit", MOST_AT_ONCE)
                .update();
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
}
