package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How deliveries go, in figures. A null partner stands for the operator. */
@Repository
public class DeliveryFigures {

    /** Orders that are looked up; whoever has more than that waiting needs no exact sum. */
    private static final int MOST_ORDERS = 10_000;

    /**
     * The attempts of one day.
     *
     * @param day of Paris
     * @param p50 of the attempts that delivered, within 26 %; null where none did
     * @param p95 likewise
     */
    public record Day(
            LocalDate day,
            long attempts,
            long delivered,
            @Nullable Duration p50,
            @Nullable Duration p95) {}

    /**
     * What an endpoint was not told and won't be by itself.
     *
     * @param orders those that it is about, ten thousand of them at most
     * @param more whether there are more of them
     */
    public record Untold(long notifications, List<OrderId> orders, boolean more) {
        public Untold {
            orders = List.copyOf(orders);
        }
    }

    private final JdbcClient jdbc;
    private final AttemptTallies tallies;

    DeliveryFigures(JdbcClient jdbc, AttemptTallies tallies) {
        this.jdbc = jdbc;
        this.tallies = tallies;
    }

    /** Oldest first; both inclusive. Days without an attempt are left out. */
    public List<Day> days(
            @Nullable PartnerId partner, Environment environment, LocalDate first, LocalDate last) {
        return tallies.days(partner, environment, first, last);
    }

    /**
     * How many of those that became due in that time are delivered by now.
     *
     * @param until exclusive
     */
    public long delivered(
            @Nullable PartnerId partner, Environment environment, Instant from, Instant until) {
        return jdbc.sql(
                        """
                        select count(*)
                        from webhook_notification
                        where environment = :environment and created_at >= :from and created_at < :until
                            and state = 'delivered' and (:partner::text is null or partner_id = :partner)
                        """)
                .param("environment", environment.code())
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("partner", partner == null ? null : partner.value())
                .query(Long.class)
                .single();
    }

    /**
     * What failed, or is held; no ping, and not what failed at an endpoint that was deleted.
     *
     * @param state FAILED or HELD
     */
    public Untold untold(
            @Nullable PartnerId partner, Environment environment, Notification.State state) {
        var counted = new long[1];
        var orders =
                jdbc
                        .sql(
                                """
                                select n.order_id, count(*) as notifications
                                from webhook_notification n left join webhook_endpoint e
                                    on e.partner_id = n.partner_id and e.endpoint_id = n.endpoint_id
                                where n.state in ('failed', 'held') and n.state = :state and n.event_type <> 'ping'
                                    and not (n.state = 'failed' and coalesce(e.state = 'deleted', false))
                                    and n.environment = :environment and (:partner::text is null or n.partner_id = :partner)
                                group by n.order_id
                                limit :limit
                                """)
                        .param("state", state.name().toLowerCase(Locale.ROOT))
                        .param("environment", environment.code())
                        .param("partner", partner == null ? null : partner.value())
                        .param("limit", MOST_ORDERS + 1)
                        .query((row, number) -> {
                            counted[0] += row.getLong("notifications");
                            // 0 where it is about no order
                            return row.getLong("order_id");
                        })
                        .list()
                        .stream()
                        .filter(order -> order != 0)
                        .map(OrderId::new)
                        .toList();
        return new Untold(counted[0], orders, orders.size() > MOST_ORDERS);
    }
}
