package com.comptappart.order;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Orders found by what they are at Stripe: a payment, a session, an invoice, a subscription. */
@Repository
public class PaidObjects {

    private final JdbcClient jdbc;

    PaidObjects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The orders that a payment made, one for each partner; oldest first.
     *
     * @param reference the payment intent, or the session or invoice where there is none
     */
    public List<Order> ofPayment(String account, Environment environment, String reference) {
        return found(
                """
                select order_id, created_at, content
                from paid_order
                where account = :account and environment = :environment and payment_reference = :wanted
                order by order_id
                """,
                account,
                environment,
                reference);
    }

    /** The orders that a session or invoice made, one for each partner; oldest first. */
    public List<Order> ofObject(String account, Environment environment, String stripeObject) {
        return found(
                """
                select order_id, created_at, content
                from paid_order
                where account = :account and environment = :environment and stripe_object = :wanted
                order by order_id
                """,
                account,
                environment,
                stripeObject);
    }

    /** Null where there is none. */
    public @Nullable Order byId(Environment environment, OrderId id) {
        return jdbc.sql(
                        """
                        select order_id, created_at, content
                        from paid_order
                        where environment = :environment and order_id = :id
                        """)
                .param("environment", environment.code())
                .param("id", id.value())
                .query(Orders::order)
                .optional()
                .orElse(null);
    }

    private List<Order> found(String sql, String account, Environment environment, String wanted) {
        return jdbc.sql(sql)
                .param("account", account)
                .param("environment", environment.code())
                .param("wanted", wanted)
                .query(Orders::order)
                .list();
    }

    /**
     * What the orders of a subscription cover, each the JSON array of contract section 3.
     *
     * @param but the Stripe object whose orders don't count
     */
    public List<String> coverageOf(
            String account, Environment environment, String subscriptionId, String but) {
        return jdbc.sql(
                        """
                        select coalesce(content::jsonb ->> 'coverage', '[]') as coverage
                        from paid_order
                        where billing_reason <> 'one_time' and subscription_id = :subscription
                            and account = :account and environment = :environment and stripe_object <> :but
                        """)
                .param("subscription", subscriptionId)
                .param("account", account)
                .param("environment", environment.code())
                .param("but", but)
                .query((row, number) -> row.getString("coverage"))
                .list();
    }
}
