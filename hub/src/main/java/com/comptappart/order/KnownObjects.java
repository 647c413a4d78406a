package com.comptappart.order;

import com.comptappart.kernel.Environment;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
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

    /** Of invoices, those that are orders, or credits on orders. */
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

    /** Of sessions, those that are orders, and with their state those that wait for their money. */
    public Map<String, String> sessions(
            String account, Environment environment, Collection<String> ids) {
        return known(
                """
                select id, min(status) as status
                from (
                    select stripe_object as id, '' as status
                    from paid_order
                    where account = :account and environment = :environment and stripe_object = any(:ids)
                    union all
                    select stripe_object, state
                    from pending_order
                    where account = :account and environment = :environment and stripe_object = any(:ids)
                        and state <> 'paid') found
                group by id
                """,
                account,
                environment,
                ids);
    }

    /**
     * The sessions that have waited for their money since then at most; those that wait longest
     * first.
     */
    public List<String> awaiting(
            String account, Environment environment, Instant since, int limit) {
        return jdbc.sql(
                        """
                        select stripe_object
                        from pending_order
                        where account = :account and environment = :environment and state = 'awaiting'
                            and created_at >= :since
                        group by stripe_object
                        order by min(created_at), stripe_object
                        limit :limit
                        """)
                .param("account", account)
                .param("environment", environment.code())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, number) -> row.getString("stripe_object"))
                .list();
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
