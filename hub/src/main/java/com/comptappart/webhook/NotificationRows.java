package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.queue.Wake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Notifications as rows, for those who look. */
@Repository
class NotificationRows {

    private static final int OF_SUBJECT = 200;

    private final JdbcClient jdbc;
    private final FeedOrder feed;
    private final Wake wake;
    private final Clock clock;

    NotificationRows(JdbcClient jdbc, FeedOrder feed, Wake wake, Clock clock) {
        this.jdbc = jdbc;
        this.feed = feed;
        this.wake = wake;
        this.clock = clock;
    }

    /** Planned anew each time: a plan for any filter would be good for none. */
    Page<Notification> list(NotificationFilter filter, PageRequest page) {
        jdbc.sql("set local plan_cache_mode = force_custom_plan").update();
        // A sum is no column of an index: the index of positions would pass over all that is newer
        // than the period, for PostgreSQL does not know that positions grow with time.
        String newest = filter.isOfShortPeriod() ? "n.position + 0" : "n.position";
        var found =
                jdbc.sql(
                                """
                                with found as (
                                    select n.position
                                    from webhook_notification n
                                    where (:partner::text is null or n.partner_id = :partner)
                                        and (:environment::text is null or n.environment = :environment)
                                        and (:state::text is null or n.state = :state)
                                        and (:detail::text is null or :detail = case
                                            when n.lease is not null and n.due_at > :now then 'in_flight'
                                            when n.step > 0 then 'retrying'
                                        end)
                                        and (:order::bigint is null or n.order_id = :order)
                                        and (:endpoint::text is null or n.endpoint_id = :endpoint)
                                        and (:type::text is null or n.event_type = :type)
                                        and (:status_from::integer is null
                                            or n.last_status >= :status_from and n.last_status <= :status_to and n.attempts > 0)
                                        and (:since::timestamptz is null or n.created_at >= :since)
                                        and (:until::timestamptz is null or n.created_at < :until)
                                        and n.position < :before
                                    order by %s desc
                                    limit :limit)
                                select n.position, n.partner_id, n.notification_id, n.environment, n.endpoint_id, n.order_id, n.event_type, n.event_id,
                                    n.state, n.reason, n.attempts, n.last_status, n.step, n.body, n.created_at, n.due_at, n.ended_at, n.lease is not null as leased,
                                    e.failures, e.open_until, e.asked_until
                                from found
                                join webhook_notification n on n.position = found.position
                                left join webhook_endpoint e
                                    on e.partner_id = n.partner_id and e.endpoint_id = n.endpoint_id
                                order by n.position desc
                                """
                                        .formatted(newest))
                        .params(asked(filter))
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("before", Cursor.position(page, Long.MAX_VALUE))
                        .param("limit", page.limit() + 1)
                        .query(this::placed)
                        .list();
        return Cursor.page(found, page);
    }

    private static Map<String, @Nullable Object> asked(NotificationFilter filter) {
        var partner = filter.partner();
        var environment = filter.environment();
        var stage = filter.stage();
        var order = filter.order();
        var answered = filter.answered();
        var asked = new HashMap<String, @Nullable Object>();
        asked.put("partner", partner == null ? null : partner.value());
        asked.put("environment", environment == null ? null : environment.code());
        asked.put("state", stage == null ? null : code(stage.state()));
        asked.put("detail", stage == null || !stage.isDetail() ? null : code(stage));
        asked.put("order", order == null ? null : order.value());
        asked.put("endpoint", filter.endpointId());
        asked.put("type", filter.eventType());
        asked.put("status_from", answered == null ? null : answered.first());
        asked.put("status_to", answered == null ? null : answered.last());
        asked.put("since", utc(filter.since()));
        asked.put("until", utc(filter.until()));
        return asked;
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    Page<Notification> feed(
            @Nullable PartnerId partner, @Nullable Environment environment, PageRequest page) {
        long settled = feed.settled();
        long after = Cursor.position(page, 0);
        if (after > settled && after > feed.given()) {
            throw Refused.invalid(
                    "cursor_ahead",
                    "after: this feed has not come so far; the cursor is another hub's, or older than a backup that"
                            + " was restored here: read again from the last event that you know");
        }
        var found =
                jdbc.sql(
                                """
                                select n.position, n.partner_id, n.notification_id, n.environment, n.endpoint_id, n.order_id, n.event_type, n.event_id,
                                    n.state, n.reason, n.attempts, n.last_status, n.step, n.body, n.created_at, n.due_at, n.ended_at, n.lease is not null as leased,
                                    e.failures, e.open_until, e.asked_until
                                from webhook_notification n left join webhook_endpoint e
                                    on e.partner_id = n.partner_id and e.endpoint_id = n.endpoint_id
                                where (:partner::text is null or n.partner_id = :partner)
                                    and (:environment::text is null or n.environment = :environment)
                                    and n.position > :after and n.position <= :settled
                                order by n.position
                                limit :limit
                                """)
                        .param("partner", partner == null ? null : partner.value())
                        .param("environment", environment == null ? null : environment.code())
                        .param("after", after)
                        .param("settled", settled)
                        .param("limit", page.limit() + 1)
                        .query(this::placed)
                        .list();
        return Cursor.feed(found, page);
    }

    Optional<Notification> find(
            @Nullable PartnerId partner, @Nullable Environment environment, String id) {
        return jdbc.sql(
                        """
                        select n.partner_id, n.notification_id, n.environment, n.endpoint_id, n.order_id, n.event_type, n.event_id,
                            n.state, n.reason, n.attempts, n.last_status, n.step, n.body, n.created_at, n.due_at, n.ended_at, n.lease is not null as leased,
                            e.failures, e.open_until, e.asked_until
                        from webhook_notification n left join webhook_endpoint e
                            on e.partner_id = n.partner_id and e.endpoint_id = n.endpoint_id
                        where (:partner::text is null or n.partner_id = :partner)
                            and (:environment::text is null or n.environment = :environment)
                            and n.notification_id = :id
                        """)
                .param("partner", partner == null ? null : partner.value())
                .param("environment", environment == null ? null : environment.code())
                .param("id", id)
                .query((row, number) -> notification(row))
                .optional();
    }

    Map<OrderId, List<Notification>> ofOrders(Collection<OrderId> orders) {
        return jdbc
                .sql(
                        """
                        select n.partner_id, n.notification_id, n.environment, n.endpoint_id, n.order_id, n.event_type, n.event_id,
                            n.state, n.reason, n.attempts, n.last_status, n.step, n.body, n.created_at, n.due_at, n.ended_at, n.lease is not null as leased,
                            e.failures, e.open_until, e.asked_until
                        from webhook_notification n left join webhook_endpoint e
                            on e.partner_id = n.partner_id and e.endpoint_id = n.endpoint_id
                        where n.order_id = any(:orders::bigint[])
                        order by n.position
                        """)
                .param("orders", orders.stream().map(OrderId::value).toArray(Long[]::new))
                .query((row, number) ->
                        Map.entry(new OrderId(row.getLong("order_id")), notification(row)))
                .list()
                .stream()
                .collect(
                        Collectors.groupingBy(
                                Map.Entry::getKey,
                                Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /** What tells a partner of something that is no order, such as a subscription; oldest first. */
    List<Notification> ofSubject(PartnerId partner, Environment environment, String subject) {
        return jdbc.sql(
                        """
                        select n.partner_id, n.notification_id, n.environment, n.endpoint_id, n.order_id, n.event_type, n.event_id,
                            n.state, n.reason, n.attempts, n.last_status, n.step, n.body, n.created_at, n.due_at, n.ended_at, n.lease is not null as leased,
                            e.failures, e.open_until, e.asked_until
                        from webhook_notification n left join webhook_endpoint e
                            on e.partner_id = n.partner_id and e.endpoint_id = n.endpoint_id
                        where n.partner_id = :partner and n.environment = :environment and n.subject = :subject
                            and n.order_id is null and n.subject <> ''
                        order by n.position
                        limit :most
                        """)
                .param("partner", partner.value())
                .param("environment", environment.code())
                .param("subject", subject)
                .param("most", OF_SUBJECT)
                .query((row, number) -> notification(row))
                .list();
    }

    /** What tells that endpoint of that event: several where the event made several facts. */
    List<Notification> ofEvent(Endpoint endpoint, String eventId) {
        return jdbc.sql(
                        """
                        select n.partner_id, n.notification_id, n.environment, n.endpoint_id, n.order_id, n.event_type, n.event_id,
                            n.state, n.reason, n.attempts, n.last_status, n.step, n.body, n.created_at, n.due_at, n.ended_at, n.lease is not null as leased,
                            null::integer as failures, null::timestamptz as open_until, null::timestamptz as asked_until
                        from webhook_notification n
                        where n.partner_id = :partner and n.endpoint_id = :endpoint and n.event_id = :event
                        order by n.position
                        limit 5
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .param("event", eventId)
                .query((row, number) -> notification(row))
                .list();
    }

    /**
     * The enabled endpoint that a replay goes to: its own, else, where that was deleted or never
     * was, the oldest that wants the fact and was not told of it.
     */
    Optional<String> targetOf(Notification notification) {
        return jdbc.sql(
                        """
                        select e.endpoint_id
                        from webhook_notification n join webhook_endpoint e
                            on e.partner_id = n.partner_id and e.environment = n.environment
                        where n.partner_id = :partner and n.notification_id = :id and e.state = 'enabled'
                            and (e.endpoint_id = n.endpoint_id
                                or n.event_type = any(e.event_types)
                                    and not exists (
                                        select 1
                                        from webhook_endpoint own
                                        where own.partner_id = n.partner_id and own.endpoint_id = n.endpoint_id
                                            and own.state <> 'deleted')
                                    and not exists (
                                        select 1
                                        from webhook_notification same
                                        where same.partner_id = n.partner_id and same.endpoint_id = e.endpoint_id
                                            and same.event_id = n.event_id and same.event_type = n.event_type
                                            and same.order_id is not distinct from n.order_id and same.subject = n.subject))
                        order by e.position
                        limit 1
                        """)
                .param("partner", notification.partner().value())
                .param("id", notification.id())
                .query(String.class)
                .optional();
    }

    void restart(Notification notification, String endpointId, String askedBy) {
        jdbc.sql(
                        """
                        update webhook_notification
                        set state = 'pending', endpoint_id = :endpoint, reason = '', step = 0, backlog = false, due_at = :now,
                            ended_at = null,
                            lease = null, asked_by = :asked_by
                        where partner_id = :partner and notification_id = :id and (lease is null or due_at <= :now)
                        """)
                .param("partner", notification.partner().value())
                .param("id", notification.id())
                .param("endpoint", endpointId)
                .param("asked_by", askedBy)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        wake.afterCommit(DeliveryWork.NAME);
    }

    private Cursor.At<Notification> placed(ResultSet row, int number) throws SQLException {
        return new Cursor.At<>(notification(row), row.getLong("position"));
    }

    private Notification notification(ResultSet row) throws SQLException {
        return SeenNotification.of(row, clock.instant());
    }

    private static String code(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
