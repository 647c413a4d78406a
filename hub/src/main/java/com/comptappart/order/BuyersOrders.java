package com.comptappart.order;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What one address bought, at one seller or at each; upper and lower case are the same address. */
@Repository
public class BuyersOrders {

    private final JdbcClient jdbc;

    BuyersOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest order at each seller that the address bought from, newest first. */
    public List<Order> newestOfEachSeller(String email, int limit) {
        return jdbc.sql(
                        """
                        select order_id, created_at, content
                        from (
                            select distinct on (partner_id, environment) order_id, created_at, content
                            from paid_order
                            where lower(email) = lower(:email)
                            order by partner_id, environment, order_id desc) as newest
                        order by order_id desc
                        limit :limit
                        """)
                .param("email", email)
                .param("limit", limit)
                .query(Orders::order)
                .list();
    }

    /** The subscriptions that the address paid at least once for, at that seller; newest first. */
    public List<SubscriptionState> subscriptions(
            PartnerId partner, Environment environment, String email, int limit) {
        return jdbc.sql(
                        """
                        select s.partner_id, s.account, s.environment, s.subscription_id, s.status, s.current_period_end,
                            s.cancel_at, s.canceled_at, s.content, s.as_of
                        from (
                            select account, subscription_id, max(order_id) as newest
                            from paid_order
                            where lower(email) = lower(:email) and partner_id = :partner and environment = :environment
                                and subscription_id <> ''
                            group by account, subscription_id) as paid
                        join subscription s on s.partner_id = :partner and s.account = paid.account
                            and s.environment = :environment and s.subscription_id = paid.subscription_id
                        order by paid.newest desc
                        limit :limit
                        """)
                .param("email", email)
                .param("partner", partner.value())
                .param("environment", environment.code())
                .param("limit", limit)
                .query(Subscriptions::state)
                .list();
    }

    /** The subscription of that name, for every seller that is in it. */
    public List<SubscriptionState> named(String subscriptionId) {
        return jdbc.sql(
                        """
                        select partner_id, account, environment, subscription_id, status, current_period_end, cancel_at,
                            canceled_at, content, as_of
                        from subscription
                        where subscription_id = :id
                        order by partner_id, account, environment
                        """)
                .param("id", subscriptionId)
                .query(Subscriptions::state)
                .list();
    }

    /** The newest order that the address paid for that subscription. */
    public Optional<OrderId> newestOf(SubscriptionState subscription, String email) {
        return jdbc.sql(
                        """
                        select order_id
                        from paid_order
                        where account = :account and environment = :environment and subscription_id = :id
                            and subscription_id <> '' and partner_id = :partner and lower(email) = lower(:email)
                        order by order_id desc
                        limit 1
                        """)
                .param("account", subscription.account())
                .param("environment", subscription.environment().code())
                .param("id", subscription.subscriptionId())
                .param("partner", subscription.partner().value())
                .param("email", email)
                .query((row, number) -> new OrderId(row.getLong("order_id")))
                .optional();
    }
}
