package com.comptappart.webhook;

import com.comptappart.kernel.Reason;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What goes before a notification, of the same order or subscription: it waits for that one. */
@Repository
class Formers {

    private record Former(String id, Instant dueAt) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    Formers(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The same, where one waits for nothing but a former one with that reason and its time. */
    List<Notification> told(List<Notification> notifications) {
        var waiting = notifications.stream().filter(Formers::waits).map(Notification::id).toList();
        if (waiting.isEmpty()) {
            return notifications;
        }
        var formers = of(waiting);
        return notifications.stream()
                .map(each -> {
                    var former = formers.get(each.id());
                    return former == null
                            ? each
                            : each.waiting(
                                    Reason.NOTIFICATION_BEHIND.text(former.id()),
                                    former.dueAt().isAfter(each.dueAt())
                                            ? former.dueAt()
                                            : each.dueAt());
                })
                .toList();
    }

    private static boolean waits(Notification notification) {
        return notification.state() == Notification.State.PENDING
                && notification.stage() != Notification.Stage.IN_FLIGHT
                && notification.reason().isEmpty();
    }

    private Map<String, Former> of(List<String> ids) {
        var formers = new HashMap<String, Former>();
        jdbc.sql(
                        """
                        select n.notification_id, former.notification_id as former_id,
                            case
                                when former.lease is not null and former.due_at > :now then :now
                                else greatest(former.due_at, e.open_until, e.asked_until)
                            end as former_due_at
                        from webhook_notification n
                        join webhook_notification former on former.position = case
                            when n.order_id is not null then (
                                select f.position
                                from webhook_notification f
                                where f.partner_id = n.partner_id and f.endpoint_id = n.endpoint_id
                                    and f.order_id = n.order_id and f.order_id is not null and f.ended_at is null
                                order by f.position
                                limit 1)
                            when n.subject <> '' then (
                                select f.position
                                from webhook_notification f
                                where f.partner_id = n.partner_id and f.endpoint_id = n.endpoint_id and f.order_id is null
                                    and f.subject = n.subject and f.subject <> '' and f.ended_at is null
                                order by f.position
                                limit 1)
                        end
                        left join webhook_endpoint e
                            on e.partner_id = former.partner_id and e.endpoint_id = former.endpoint_id
                        where n.notification_id = any(:ids::text[]) and n.state = 'pending' and former.position < n.position
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("ids", ids.toArray(String[]::new))
                .query((row, number) ->
                        Map.entry(
                                row.getString("notification_id"),
                                new Former(
                                        row.getString("former_id"),
                                        row.getTimestamp("former_due_at").toInstant())))
                .list()
                .forEach(each -> formers.put(each.getKey(), each.getValue()));
        return formers;
    }
}
