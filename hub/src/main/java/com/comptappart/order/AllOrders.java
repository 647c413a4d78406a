package com.comptappart.order;

import com.comptappart.kernel.Environment;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads every order of a time, oldest first, a page in memory at a time. */
@Repository
public class AllOrders {

    private static final int PAGE = 200;

    private final JdbcClient jdbc;

    AllOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is done with each page.
     *
     * @param <E> what it may throw
     */
    @FunctionalInterface
    public interface Visitor<E extends Exception> {
        void visit(List<Order> page) throws E;
    }

    /**
     * @param from created then or later
     * @param before created before then
     */
    public <E extends Exception> void forEachPage(
            Environment environment, Instant from, Instant before, Visitor<E> visitor) throws E {
        long after = 0;
        while (true) {
            var page = page(environment, from, before, after);
            if (!page.isEmpty()) {
                visitor.visit(page);
                after = page.getLast().id().value();
            }
            if (page.size() < PAGE) {
                return;
            }
        }
    }

    private List<Order> page(Environment environment, Instant from, Instant before, long after) {
        return jdbc.sql(
                        """
                        select order_id, created_at, content
                        from paid_order
                        where environment = :environment and created_at >= :from and created_at < :before
                            and order_id > :after
                        order by order_id
                        limit :limit
                        """)
                .param("environment", environment.code())
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("after", after)
                .param("limit", PAGE)
                .query(Orders::order)
                .list();
    }
}
