package com.comptappart.webhook;

import com.comptappart.kernel.Columns;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Facts that an endpoint wants and was never owed. */
@Repository
class MissingNotifications {

    private final JdbcClient jdbc;
    private final FeedOrder feed;
    private final Clock clock;

    MissingNotifications(JdbcClient jdbc, FeedOrder feed, Clock clock) {
        this.jdbc = jdbc;
        this.feed = feed;
        this.clock = clock;
    }

    /** Those of the facts that are missing; what is held for want of an endpoint is not. */
    List<OwedNotification> among(List<OwedNotification> facts, Endpoint endpoint) {
        var wanted =
                facts.stream()
                        .filter(fact -> endpoint.eventTypes().contains(fact.eventType()))
                        .toList();
        if (wanted.isEmpty()) {
            return List.of();
        }
        var missing =
                new HashSet<>(
                        given(
                                        """
                                        select given.ordinal - 1
                                        from unnest(:orders::bigint[], :types::text[], :events::text[], :subjects::text[])
                                            with ordinality as given (order_id, event_type, event_id, subject, ordinal)
                                        where not exists (
                                            select 1
                                            from webhook_notification n
                                            where n.partner_id = :partner and n.endpoint_id in ('', :endpoint)
                                                and n.event_id = given.event_id and n.event_type = given.event_type
                                                and n.order_id is not distinct from given.order_id
                                                and n.subject = given.subject)
                                        """,
                                        wanted,
                                        endpoint)
                                .query(Integer.class)
                                .list());
        return IntStream.range(0, wanted.size())
                .filter(missing::contains)
                .mapToObj(wanted::get)
                .toList();
    }

    /**
     * Owes them to that endpoint alone, each once, whoever else does so at this moment.
     *
     * @return how many were owed
     */
    int owe(List<OwedNotification> facts, Endpoint endpoint, String askedBy) {
        if (facts.isEmpty()) {
            return 0;
        }
        feed.writing();
        return given(
                        """
                        insert into webhook_notification (
                            partner_id, notification_id, environment, endpoint_id, order_id, event_type, event_id, subject, body,
                            state, backlog, created_at, due_at, asked_by)
                        select :partner, 'msg_' || replace(gen_random_uuid()::text, '-', ''), :environment, :endpoint,
                            given.order_id, given.event_type, given.event_id, given.subject, given.body, 'pending', true,
                            :now, :now, :asked_by
                        from unnest(:orders::bigint[], :types::text[], :events::text[], :subjects::text[], :bodies::text[])
                            with ordinality as given (order_id, event_type, event_id, subject, body, ordinal)
                        order by given.ordinal
                        on conflict (partner_id, endpoint_id, event_id, event_type, order_id, subject) do nothing
                        """,
                        facts,
                        endpoint)
                .param("environment", endpoint.environment().code())
                .param("bodies", Columns.texts(facts, OwedNotification::body))
                .param("asked_by", askedBy)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private JdbcClient.StatementSpec given(
            String sql, List<OwedNotification> facts, Endpoint endpoint) {
        return jdbc.sql(sql)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .param(
                        "orders",
                        facts.stream()
                                .map(fact -> fact.order() == null ? null : fact.order().value())
                                .toArray(Long[]::new))
                .param("types", Columns.texts(facts, OwedNotification::eventType))
                .param("events", Columns.texts(facts, OwedNotification::eventId))
                .param("subjects", Columns.texts(facts, OwedNotification::subject));
    }
}
