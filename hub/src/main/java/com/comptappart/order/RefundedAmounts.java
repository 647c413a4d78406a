package com.comptappart.order;

import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was given back of an order, or is on its way. */
@Repository
public class RefundedAmounts {

    private final JdbcClient jdbc;

    RefundedAmounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What we know of the refunds of an order.
     *
     * @param minor what the order gave back and did not come back, and what pending refunds that
     *     name it will give; minor units
     * @param creditedMinor what of it was credited, without money; minor units
     * @param refunds the ids of all refunds of its payment, whatever became of them
     */
    public record Refunded(long minor, long creditedMinor, Set<String> refunds) {
        public Refunded {
            refunds = Set.copyOf(refunds);
        }
    }

    /**
     * As of one moment, so that a refund which is recorded meanwhile is in both or in neither: each
     * statement has a snapshot of its own.
     */
    public Refunded of(Order order) {
        var paid = order.paid();
        return jdbc.sql(
                        """
                        select coalesce((
                                select sum(amount_minor)
                                from order_refund
                                where partner_id = :partner and order_id = :order), 0)
                            - coalesce((
                                select sum(amount_minor)
                                from unfunded_refund
                                where partner_id = :partner and order_id = :order), 0)
                            + coalesce(
                                sum(amount_minor) filter (where named_order_id = :order and status = 'pending'), 0) as minor,
                            coalesce((
                                select sum(t.amount_minor)
                                from order_refund t
                                join refund c
                                    on c.account = t.account and c.environment = t.environment and c.refund_id = t.refund_id
                                where t.partner_id = :partner and t.order_id = :order and c.means <> ''), 0) as credited,
                            coalesce(array_agg(refund_id), '{}') as refunds
                        from refund
                        where account = :account and environment = :environment and payment_reference = :payment
                        """)
                .param("partner", paid.partner().value())
                .param("order", order.id().value())
                .param("account", paid.account())
                .param("environment", paid.environment().code())
                .param("payment", paid.payment().reference())
                .query((row, number) ->
                        new Refunded(
                                row.getLong("minor"),
                                row.getLong("credited"),
                                Set.of((String[]) row.getArray("refunds").getArray())))
                .single();
    }
}
