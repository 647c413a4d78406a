package com.comptappart.order;

import com.comptappart.kernel.Environment;
import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which of Stripe's objects we have a fact of. */
@Repository
public class KnownObjects {

    private final JdbcClient jdbc;

    KnownObjects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of sessions and invoices, those that are orders. */
    public Set<String> orders(String account, Environment environment, Collection<String> ids) {
        return known(
                """
                select distinct stripe_object as id
                from paid_order
                where account = :account and environment = :environment and stripe_object = any(:ids)
                """,
                account,
                environment,
                ids);
    }

    public Set<String> refunds(String account, Environment environment, Collection<String> ids) {
        return known(
                """
                select refund_id as id
                from refund
                where account = :account and environment = :environment and refund_id = any(:ids)
                """,
                account,
                environment,
                ids);
    }

    public Set<String> disputes(String account, Environment environment, Collection<String> ids) {
        return known(
                """
                select distinct d.dispute_id as id
                from dispute d
                join paid_order o on o.partner_id = d.partner_id and o.order_id = d.order_id
                where o.account = :account and d.environment = :environment and d.dispute_id = any(:ids)
                """,
                account,
                environment,
                ids);
    }

    private Set<String> known(
            String sql, String account, Environment environment, Collection<String> ids) {
        return jdbc.sql(sql)
                .param("account", account)
                .param("environment", environment.code())
                .param("ids", ids.toArray(String[]::new))
                .query((row, number) -> row.getString("id"))
                .set();
    }
}
