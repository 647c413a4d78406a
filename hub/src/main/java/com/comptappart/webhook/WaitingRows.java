package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Counts what an endpoint did not get, and what its orders are worth by the bodies that tell. */
@Repository
class WaitingRows {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    /** Orders that are counted; whoever has more than that waiting needs no exact number. */
    static final int MOST_ORDERS = 100_000;

    private static final int MOST_ENDPOINTS = 100;

    private final JdbcClient jdbc;

    WaitingRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Pings that failed are nothing that anybody lacks.
     *
     * @param statuses of {@code pending}, {@code failed} and {@code held}
     * @param until exclusive
     */
    void count(
            Waiting.Count count,
            Endpoint endpoint,
            Collection<String> statuses,
            Instant since,
            Instant until) {
        int rows =
                jdbc.sql(
                                """
                                select n.state, n.order_id, count(*) as notifications,
                                    max((n.body::jsonb #>> '{order,total_amount}')::numeric) as total,
                                    max(n.body::jsonb #>> '{order,currency}') as currency
                                from (
                                    select state, order_id, body, created_at
                                    from webhook_notification
                                    where partner_id = :partner and endpoint_id = :endpoint and state = 'pending'
                                        and 'pending' = any(:statuses::text[])
                                    union all
                                    select state, order_id, body, created_at
                                    from webhook_notification
                                    where partner_id = :partner and endpoint_id = :endpoint and state in ('failed', 'held')
                                        and state = any(:statuses::text[]) and not (state = 'failed' and event_type = 'ping')) n
                                where n.created_at >= :since and n.created_at < :until
                                group by n.state, n.order_id
                                limit :limit
                                """)
                        .param("partner", endpoint.partner().value())
                        .param("endpoint", endpoint.id())
                        .param("statuses", statuses.toArray(String[]::new))
                        .param("since", since.atOffset(ZoneOffset.UTC))
                        .param("until", until.atOffset(ZoneOffset.UTC))
                        .param("limit", MOST_ORDERS)
                        .query((row, number) -> {
                            add(count, row.getString("state"), row);
                            return true;
                        })
                        .list()
                        .size();
        if (rows == MOST_ORDERS) {
            count.isMore();
        }
    }

    List<Recoveries.Unsent> unsent(@Nullable PartnerId partner, @Nullable Environment environment) {
        return jdbc.sql(
                        """
                        select partner_id, endpoint_id, count(*) filter (where state = 'failed') as failed,
                            count(*) filter (where state = 'held') as held, min(created_at) as oldest
                        from webhook_notification
                        where (:partner::text is null or partner_id = :partner)
                            and (:environment::text is null or environment = :environment)
                            and state in ('failed', 'held') and not (state = 'failed' and event_type = 'ping')
                        group by partner_id, endpoint_id
                        order by oldest
                        limit :limit
                        """)
                .param("partner", partner == null ? null : partner.value())
                .param("environment", environment == null ? null : environment.code())
                .param("limit", MOST_ENDPOINTS)
                .query((row, number) ->
                        new Recoveries.Unsent(
                                new PartnerId(row.getString("partner_id")),
                                row.getString("endpoint_id"),
                                row.getLong("failed"),
                                row.getLong("held"),
                                row.getTimestamp("oldest").toInstant()))
                .list();
    }

    static void add(Waiting.Count count, String status, ResultSet row) throws SQLException {
        count.add(status, row.getLong("notifications"));
        long order = row.getLong("order_id");
        if (order != 0) {
            count.worth(order, row.getBigDecimal("total"), row.getString("currency"));
        }
    }

    /** Since when something can be recovered; empty where nothing can. */
    Optional<Instant> oldest(Endpoint endpoint, Instant since) {
        return jdbc.sql(
                        """
                        select created_at
                        from webhook_notification
                        where partner_id = :partner and endpoint_id = :endpoint and state in ('failed', 'held')
                            and not (state = 'failed' and event_type = 'ping') and created_at >= :since
                        order by position
                        limit 1
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getTimestamp("created_at").toInstant())
                .optional();
    }

    /** Counts a fact that was never owed. */
    static void missing(Waiting.Count count, OwedNotification fact) {
        count.add("missing", 1);
        var order = fact.order();
        if (order == null) {
            return;
        }
        JsonNode told = JSON.readTree(fact.body()).path("order");
        count.worth(
                order.value(),
                told.path("total_amount").isNumber()
                        ? told.path("total_amount").decimalValue()
                        : null,
                told.path("currency").asString("XXX"));
    }
}
