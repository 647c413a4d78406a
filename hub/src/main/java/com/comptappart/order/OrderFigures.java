package com.comptappart.order;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Money;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
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
     * Oldest day first; days without an order are left out.
     *
     * @param until exclusive
     */
    public List<Day> days(
            @Nullable PartnerId partner, Environment environment, Instant from, Instant until) {
        return jdbc.sql(
                        """
                        select (created_at at time zone 'Europe/Paris')::date as day, currency, count(*) as orders,
                            sum(total_minor) as total
                        from paid_order
                        where environment = :environment and created_at >= :from and created_at < :until
                            and (:partner::text is null or partner_id = :partner)
                        group by 1, 2
                        order by 1, 2
                        """)
                .param("environment", environment.code())
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
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
