package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What other endpoints of the partner were told: read first, so that an endpoint gets the very body
 * that the others got.
 */
@Repository
@Order(1)
class ToldFacts implements OwedFacts {

    private record Told(long position, OwedNotification fact) {}

    private final JdbcClient jdbc;

    ToldFacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "told";
    }

    @Override
    public Facts read(Asked asked, String after, int limit) {
        var told =
                jdbc.sql(
                                """
                                select partner_id, environment, order_id, event_type, event_id, subject, body, created_at, position
                                from webhook_notification
                                where partner_id = :partner and environment = :environment and event_type <> :ping
                                    and created_at >= :since and created_at < :until and position > :after
                                order by position
                                limit :limit
                                """)
                        .param("partner", asked.partner().value())
                        .param("environment", asked.environment().code())
                        .param("ping", EventTypes.PING)
                        .param("since", asked.since().atOffset(ZoneOffset.UTC))
                        .param("until", asked.until().atOffset(ZoneOffset.UTC))
                        .param("after", after.isEmpty() ? 0 : Long.parseLong(after))
                        .param("limit", limit)
                        .query(ToldFacts::told)
                        .list();
        return new Facts(
                told.stream().map(Told::fact).toList(),
                told.size() < limit ? null : Long.toString(told.getLast().position()));
    }

    private static Told told(ResultSet row, int number) throws SQLException {
        long order = row.getLong("order_id");
        return new Told(
                row.getLong("position"),
                new OwedNotification(
                        new PartnerId(row.getString("partner_id")),
                        Environment.of(row.getString("environment")),
                        order == 0 ? null : new OrderId(order),
                        row.getString("event_type"),
                        row.getString("event_id"),
                        row.getString("subject"),
                        row.getString("body"),
                        row.getTimestamp("created_at").toInstant()));
    }
}
