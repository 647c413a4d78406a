package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.queue.Wake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
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

    Page<Notification> list(
            @Nullable PartnerId partner,
            @Nullable Environment environment,
            Notification.@Nullable State state,
            @Nullable OrderId order,
            PageRequest page) {
        var found =
                jdbc.sql(
                                """
                                select position, partner_id, notification_id, environment, endpoint_id, order_id, event_type, event_id,
                                    state, reason, attempts, body, created_at, due_at, ended_at
                                from webhook_notification
                                where (:partner::text is null or partner_id = :partner)
                                    and (:environment::text is null or environment = :environment)
                                    and (:state::text is null or state = :state)
                                    and (:order::bigint is null or order_id = :order)
                                    and position < :before
                                order by position desc
                                limit :limit
                                """)
                        .param("partner", partner == null ? null : partner.value())
                        .param("environment", environment == null ? null : environment.code())
                        .param("state", state == null ? null : code(state))
                        .param("order", order == null ? null : order.value())
                        .param("before", Cursor.position(page, Long.MAX_VALUE))
                        .param("limit", page.limit() + 1)
                        .query(NotificationRows::placed)
                        .list();
        return Cursor.page(found, page);
    }

    Page<Notification> feed(
            @Nullable PartnerId partner, @Nullable Environment environment, PageRequest page) {
        long settled = feed.settled();
        var found =
                jdbc.sql(
                                """
                                select position, partner_id, notification_id, environment, endpoint_id, order_id, event_type, event_id,
                                    state, reason, attempts, body, created_at, due_at, ended_at
                                from webhook_notification
                                where (:partner::text is null or partner_id = :partner)
                                    and (:environment::text is null or environment = :environment)
                                    and position > :after and position <= :settled
                                order by position
                                limit :limit
                                """)
                        .param("partner", partner == null ? null : partner.value())
                        .param("environment", environment == null ? null : environment.code())
                        .param("after", Cursor.position(page, 0))
                        .param("settled", settled)
                        .param("limit", page.limit() + 1)
                        .query(NotificationRows::placed)
                        .list();
        return Cursor.feed(found, page);
    }

    Optional<Notification> find(
            @Nullable PartnerId partner, @Nullable Environment environment, String id) {
        return jdbc.sql(
                        """
                        select partner_id, notification_id, environment, endpoint_id, order_id, event_type, event_id,
                            state, reason, attempts, body, created_at, due_at, ended_at
                        from webhook_notification
                        where (:partner::text is null or partner_id = :partner)
                            and (:environment::text is null or environment = :environment)
                            and notification_id = :id
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
                        select partner_id, notification_id, environment, endpoint_id, order_id, event_type, event_id,
                            state, reason, attempts, body, created_at, due_at, ended_at
                        from webhook_notification
                        where order_id = any(:orders::bigint[])
                        order by position
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
                        set state = 'pending', endpoint_id = :endpoint, reason = '', step = 0, due_at = :now, ended_at = null,
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

    private static Cursor.At<Notification> placed(ResultSet row, int number) throws SQLException {
        return new Cursor.At<>(notification(row), row.getLong("position"));
    }

    private static Notification notification(ResultSet row) throws SQLException {
        long order = row.getLong("order_id");
        var orderId = row.wasNull() ? null : new OrderId(order);
        var ended = row.getTimestamp("ended_at");
        return new Notification(
                row.getString("notification_id"),
                new PartnerId(row.getString("partner_id")),
                Environment.of(row.getString("environment")),
                row.getString("endpoint_id"),
                orderId,
                row.getString("event_type"),
                row.getString("event_id"),
                Notification.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("reason"),
                row.getInt("attempts"),
                row.getString("body"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("due_at").toInstant(),
                ended == null ? null : ended.toInstant());
    }

    private static String code(Notification.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
