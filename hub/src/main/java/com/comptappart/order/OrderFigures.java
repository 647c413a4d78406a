package com.comptappart.order;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Money;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Paris;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How many orders there were, and for how much. A null partner stands for the operator. */
@Repository
public class OrderFigures {

    /**
     * The orders of one day in one currency.
     *
     * @param day of Paris
     */
    public record Day(LocalDate day, long orders, Money total) {}

    private final JdbcClient jdbc;

    OrderFigures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * By the day of the payment, oldest first; days without an order are left out. Each day is a
     * range of the index, so that no row's day has to be worked out.
     */
    public List<Day> days(
            @Nullable PartnerId partner, Environment environment, List<LocalDate> days) {
        return jdbc.sql(
                        """
                        select given.day, sold.currency, sold.orders, sold.total
                        from unnest(:days::date[], :from::timestamptz[], :until::timestamptz[]) as given (day, since, until)
                        cross join lateral (
                            select currency, count(*) as orders, sum(total_minor) as total
                            from paid_order
                            where environment = :environment and paid_at >= given.since and paid_at < given.until
                                and (:partner::text is null or partner_id = :partner)
                            group by currency) as sold
                        order by given.day, sold.currency
                        """)
                .param("days", Columns.texts(days, LocalDate::toString))
                .param("from", Columns.texts(days, OrderFigures::start))
                .param("until", Columns.texts(days, day -> start(day.plusDays(1))))
                .param("environment", environment.code())
                .param("partner", partner == null ? null : partner.value())
                .query((row, number) ->
                        new Day(
                                row.getObject("day", LocalDate.class),
                                row.getLong("orders"),
                                new Money(
                                        row.getLong("total"),
                                        new Currency(row.getString("currency")))))
                .list();
    }

    private static String start(LocalDate day) {
        return day.atStartOfDay(Paris.ZONE).toInstant().toString();
    }

    /**
     * When the last order of each partner was; those without one are left out. A range of one
     * partner keeps PostgreSQL to that partner's orders: by the equal sign it reads everybody's,
     * newest first, until it meets one, for each partner who has none.
     */
    public Map<PartnerId, Instant> latest(Collection<PartnerId> partners, Environment environment) {
        Map<PartnerId, Instant> latest = new HashMap<>();
        jdbc.sql(
                        """
                        select given.partner_id, last.created_at
                        from unnest(:partners::text[]) as given (partner_id)
                        cross join lateral (
                            select o.created_at
                            from paid_order o
                            where o.partner_id between given.partner_id and given.partner_id and o.environment = :environment
                            order by o.partner_id desc, o.order_id desc
                            limit 1) as last
                        """)
                .param("partners", Columns.texts(partners, PartnerId::value))
                .param("environment", environment.code())
                .query((row, number) ->
                        latest.put(
                                new PartnerId(row.getString("partner_id")),
                                row.getTimestamp("created_at").toInstant()))
                .list();
        return latest;
    }

    /** What those orders add up to, in each currency. */
    public List<Money> worth(@Nullable PartnerId partner, Collection<OrderId> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(
                        """
                        select currency, sum(total_minor) as total
                        from paid_order
                        where order_id = any(:orders::bigint[])
                            and (:partner::text is null or partner_id = :partner)
                        group by currency
                        order by currency
                        """)
                .param("orders", Columns.longs(orders, OrderId::value))
                .param("partner", partner == null ? null : partner.value())
                .query((row, number) ->
                        new Money(row.getLong("total"), new Currency(row.getString("currency"))))
                .list();
    }
}
