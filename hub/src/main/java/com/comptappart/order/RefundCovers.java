package com.comptappart.order;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Credit notes whose money came back, and the refunds that stand behind them in place of their own.
 */
@Repository
class RefundCovers {

    /**
     * What of an order's credit note has no money behind it.
     *
     * @param refundId the refund that the credit note is of
     * @param minor more than 0, minor units
     * @param completes nothing of the order was left after that refund
     */
    record Unfunded(
            PaymentKey payment,
            PartnerId partner,
            OrderId order,
            String refundId,
            Currency currency,
            long minor,
            boolean completes) {

        Unfunded less(long covered) {
            return new Unfunded(
                    payment, partner, order, refundId, currency, minor - covered, completes);
        }
    }

    /** So much of a refund that succeeded stands behind a credit note. */
    record Cover(Unfunded note, Refund by, long minor) {}

    private final JdbcClient jdbc;

    RefundCovers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of those payments, the oldest refund first. */
    List<Unfunded> unfunded(Collection<PaymentKey> payments) {
        return jdbc.sql(
                        """
                        select u.account, u.environment, u.payment_reference, u.partner_id, u.order_id, u.refund_id, u.currency,
                            u.amount_minor, u.completes
                        from (
                            select distinct account, environment, reference
                            from unnest(:accounts::text[], :environments::text[], :references::text[])
                                as given (account, environment, reference)) as payment
                        join unfunded_refund u
                            on u.account = payment.account and u.environment = payment.environment
                                and u.payment_reference = payment.reference
                        order by u.refunded_at, u.refund_id, u.order_id
                        """)
                .param("accounts", Columns.texts(payments, PaymentKey::account))
                .param("environments", Columns.texts(payments, each -> each.environment().code()))
                .param("references", Columns.texts(payments, PaymentKey::reference))
                .query(RefundCovers::unfunded)
                .list();
    }

    /** Of those orders, by order and refund. */
    List<Unfunded> unfundedOf(Collection<OrderId> orders) {
        return jdbc.sql(
                        """
                        select account, environment, payment_reference, partner_id, order_id, refund_id, currency,
                            amount_minor, completes
                        from unfunded_refund
                        where order_id = any(:orders::bigint[])
                        order by order_id, refunded_at, refund_id
                        """)
                .param("orders", Columns.longs(orders, OrderId::value))
                .query(RefundCovers::unfunded)
                .list();
    }

    /** Writes what refunds stand behind, and that it is taken from them. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void keep(List<Cover> covers, Instant now) {
        jdbc.sql(
                        """
                        with kept as (
                            insert into refund_cover (
                                partner_id, order_id, refund_id, covered_by, account, environment, amount_minor, created_at)
                            select partner_id, order_id, refund_id, covered_by, account, environment, amount_minor, :now
                            from unnest(
                                :partners::text[], :orders::bigint[], :ids::text[], :by::text[], :accounts::text[],
                                :environments::text[], :amounts::bigint[])
                                as given (partner_id, order_id, refund_id, covered_by, account, environment, amount_minor)
                            on conflict (partner_id, order_id, refund_id, covered_by) do update
                            set amount_minor = refund_cover.amount_minor + excluded.amount_minor
                            returning 1),
                        total as (
                            select account, environment, covered_by, sum(amount_minor) as minor
                            from unnest(
                                :by::text[], :accounts::text[], :environments::text[], :amounts::bigint[])
                                as given (covered_by, account, environment, amount_minor)
                            group by account, environment, covered_by)
                        update refund r
                        set placed_minor = r.placed_minor + total.minor
                        from total
                        where r.account = total.account and r.environment = total.environment
                            and r.refund_id = total.covered_by
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("partners", Columns.texts(covers, each -> each.note().partner().value()))
                .param("orders", Columns.longs(covers, each -> each.note().order().value()))
                .param("ids", Columns.texts(covers, each -> each.note().refundId()))
                .param("by", Columns.texts(covers, each -> each.by().refundId()))
                .param("accounts", Columns.texts(covers, each -> each.by().account()))
                .param(
                        "environments",
                        Columns.texts(covers, each -> each.by().environment().code()))
                .param("amounts", Columns.longs(covers, Cover::minor))
                .update();
    }

    /** What refunds give back of those orders behind credit notes of others, oldest first. */
    List<OrderRefund> ofOrders(Collection<OrderId> orders) {
        return jdbc.sql(
                        """
                        select c.partner_id, c.order_id, c.covered_by as refund_id, c.refund_id as covers, c.environment,
                            c.amount_minor, t.completes, r.currency, r.status, r.reason, r.failure_reason, r.event_id,
                            r.refunded_at, 0 as unfunded_minor, r.means, r.products,
                            case when r.named_order_id = c.order_id then r.lines else '{}' end as lines
                        from refund_cover c
                        join order_refund t
                            on t.partner_id = c.partner_id and t.order_id = c.order_id and t.refund_id = c.refund_id
                        join refund r
                            on r.account = c.account and r.environment = c.environment and r.refund_id = c.covered_by
                        where c.order_id = any(:orders::bigint[])
                        order by r.refunded_at, c.covered_by, c.refund_id
                        """)
                .param("orders", Columns.longs(orders, OrderId::value))
                .query(RefundCovers::orderRefund)
                .list();
    }

    static OrderRefund orderRefund(ResultSet row, int number) throws SQLException {
        return new OrderRefund(
                new PartnerId(row.getString("partner_id")),
                new OrderId(row.getLong("order_id")),
                Environment.of(row.getString("environment")),
                row.getString("refund_id"),
                row.getLong("amount_minor"),
                new Currency(row.getString("currency")),
                Refund.Status.of(row.getString("status")),
                true,
                row.getBoolean("completes"),
                row.getString("reason"),
                row.getString("failure_reason"),
                row.getString("event_id"),
                row.getObject("refunded_at", OffsetDateTime.class).toInstant(),
                row.getString("covers"),
                row.getLong("unfunded_minor"),
                Credit.Means.of(row.getString("means")),
                RefundRows.of(row));
    }

    private static Unfunded unfunded(ResultSet row, int number) throws SQLException {
        return new Unfunded(
                PaymentKey.of(row),
                new PartnerId(row.getString("partner_id")),
                new OrderId(row.getLong("order_id")),
                row.getString("refund_id"),
                new Currency(row.getString("currency")),
                row.getLong("amount_minor"),
                row.getBoolean("completes"));
    }
}
