package com.comptappart.order;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.OrderId;
import com.comptappart.order.RefundRows.Refundable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What orders took of refunds, as rows. */
@Repository
class OrderRefundRows {

    /** What an order, as it was before, takes of a refund. */
    record Taken(Refundable order, Refund refund, long minor) {

        boolean completes() {
            return order.leftMinor() == minor;
        }
    }

    /**
     * A refund that has a credit note of its own for all of its amount, in one or several orders.
     *
     * @param at when the refund was made
     */
    record Credited(PaymentKey payment, String refundId, long minor, Instant at) {}

    private final JdbcClient jdbc;

    OrderRefundRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes what orders take, and that it is taken from the refunds. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void take(List<Taken> taken, Instant now) {
        jdbc.sql(
                        """
                        with took as (
                            insert into order_refund (
                                partner_id, order_id, refund_id, account, environment, amount_minor, completes, event_id, created_at)
                            select partner_id, order_id, refund_id, account, environment, amount_minor, completes, event_id, :now
                            from unnest(
                                :partners::text[], :orders::bigint[], :ids::text[], :accounts::text[], :environments::text[],
                                :amounts::bigint[], :completes::boolean[], :events::text[])
                                as given (
                                    partner_id, order_id, refund_id, account, environment, amount_minor, completes, event_id)
                            returning account, environment, refund_id, amount_minor),
                        total as (
                            select account, environment, refund_id, sum(amount_minor) as minor
                            from took
                            group by account, environment, refund_id)
                        update refund r
                        set placed_minor = r.placed_minor + total.minor
                        from total
                        where r.account = total.account and r.environment = total.environment
                            and r.refund_id = total.refund_id
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("partners", Columns.texts(taken, each -> each.order().partner().value()))
                .param("orders", Columns.longs(taken, each -> each.order().order().value()))
                .param("ids", Columns.texts(taken, each -> each.refund().refundId()))
                .param("accounts", Columns.texts(taken, each -> each.refund().account()))
                .param(
                        "environments",
                        Columns.texts(taken, each -> each.refund().environment().code()))
                .param("amounts", Columns.longs(taken, Taken::minor))
                .param("completes", taken.stream().map(Taken::completes).toArray(Boolean[]::new))
                .param("events", Columns.texts(taken, each -> each.refund().eventId()))
                .update();
    }

    /** What those orders took, oldest first. */
    List<OrderRefund> ofOrders(Collection<OrderId> orders) {
        return jdbc.sql(
                        """
                        select t.partner_id, t.order_id, t.refund_id, t.environment, t.amount_minor, t.completes, t.event_id,
                            r.currency, r.status, r.reason, r.failure_reason, r.refunded_at, '' as covers,
                            coalesce(u.amount_minor, 0) as unfunded_minor, r.means, r.products,
                            case when r.named_order_id = t.order_id then r.lines else '{}' end as lines
                        from order_refund t
                        join refund r
                            on r.account = t.account and r.environment = t.environment and r.refund_id = t.refund_id
                        left join unfunded_refund u
                            on u.partner_id = t.partner_id and u.order_id = t.order_id and u.refund_id = t.refund_id
                        where t.order_id = any(:orders::bigint[])
                        order by r.refunded_at, t.created_at, t.refund_id
                        """)
                .param("orders", Columns.longs(orders, OrderId::value))
                .query(RefundCovers::orderRefund)
                .list();
    }

    /** The refunds of those payments that have a credit note of their own. */
    List<Credited> credited(Collection<PaymentKey> payments) {
        return jdbc.sql(
                        """
                        select r.account, r.environment, r.payment_reference, r.refund_id, r.amount_minor, r.refunded_at
                        from (
                            select distinct account, environment, reference
                            from unnest(:accounts::text[], :environments::text[], :references::text[])
                                as given (account, environment, reference)) as payment
                        join refund r
                            on r.account = payment.account and r.environment = payment.environment
                                and r.payment_reference = payment.reference
                        where r.amount_minor = (
                            select sum(t.amount_minor)
                            from order_refund t
                            where t.account = r.account and t.environment = r.environment and t.refund_id = r.refund_id)
                        """)
                .param("accounts", Columns.texts(payments, PaymentKey::account))
                .param("environments", Columns.texts(payments, each -> each.environment().code()))
                .param("references", Columns.texts(payments, PaymentKey::reference))
                .query((row, number) ->
                        new Credited(
                                PaymentKey.of(row),
                                row.getString("refund_id"),
                                row.getLong("amount_minor"),
                                row.getObject("refunded_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** The payments that made those orders. */
    List<PaymentKey> paymentsOf(Collection<OrderId> orders) {
        return jdbc.sql(
                        """
                        select distinct account, environment, payment_reference
                        from paid_order
                        where order_id = any(:orders::bigint[])
                        """)
                .param("orders", Columns.longs(orders, OrderId::value))
                .query((row, number) -> PaymentKey.of(row))
                .list();
    }
}
