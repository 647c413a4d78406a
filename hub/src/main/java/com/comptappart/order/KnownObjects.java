package com.comptappart.order;

import com.comptappart.kernel.Environment;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which of Stripe's objects we have a fact of, and the status in which we know them, as Stripe
 * writes it; empty where that is none of it.
 */
@Repository
public class KnownObjects {

    private final JdbcClient jdbc;

    KnownObjects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of sessions and invoices, those that are orders, or credits on orders. */
    public Map<String, String> orders(
            String account, Environment environment, Collection<String> ids) {
        return known(
                """
                select distinct stripe_object as id, '' as status
                from paid_order
                where account = :account and environment = :environment and stripe_object = any(:ids)
                union
                select refund_id, ''
                from refund
                where account = :account and environment = :environment and refund_id = any(:ids)
                """,
                account,
                environment,
                ids);
    }

    public Map<String, String> refunds(
            String account, Environment environment, Collection<String> ids) {
        return known(
                """
                select refund_id as id, status
                from refund
                where account = :account and environment = :environment and refund_id = any(:ids)
                """,
                account,
                environment,
                ids);
    }

    /** Of a payment, the refunds that succeeded and did not come back so far, by their ids. */
    public Set<String> standingRefunds(
            String account, Environment environment, String paymentReference) {
        return jdbc.sql(
                        """
                        select refund_id
                        from refund
                        where account = :account and environment = :environment
                            and payment_reference = :payment and status = 'succeeded'
                        """)
                .param("account", account)
                .param("environment", environment.code())
                .param("payment", paymentReference)
                .query((row, number) -> row.getString("refund_id"))
                .set();
    }

    /**
     * Where the orders of one payment know it in several statuses, those are separated by spaces.
     */
    public Map<String, String> disputes(
            String account, Environment environment, Collection<String> ids) {
        return known(
                """
                select d.dispute_id as id, string_agg(distinct d.status, ' ') as status
                from dispute d
                join paid_order o on o.partner_id = d.partner_id and o.order_id = d.order_id
                where o.account = :account and d.environment = :environment and d.dispute_id = any(:ids)
                group by d.dispute_id
                """,
                account,
                environment,
                ids);
    }

    private Map<String, String> known(
            String sql, String account, Environment environment, Collection<String> ids) {
        var found =
                jdbc.sql(sql)
                        .param("account", account)
                        .param("environment", environment.code())
                        .param("ids", ids.toArray(String[]::new))
                        .query((row, number) ->
                                Map.entry(row.getString("id"), row.getString("status")))
                        .list();
        return found.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
