package com.comptappart.order;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Where refunds that a person must look at are found. */
@Repository
public class TroubledRefunds {

    private final JdbcClient jdbc;

    TroubledRefunds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Newest first; a null partner or environment stands for all. */
    public List<TroubledRefund> newest(
            @Nullable PartnerId partner, @Nullable Environment environment, int limit) {
        return jdbc.sql(
                        """
                        select r.account, r.environment, r.refund_id, r.payment_reference, r.charge_id, r.named_order_id,
                            r.amount_minor, r.currency, r.status, r.succeeded, r.placed_minor, r.reason, r.failure_reason,
                            r.event_id, r.refunded_at, r.means, r.credited_partner, r.credited_object, r.products, r.lines, taker.partner_id, taker.order_id, coalesce(taker.unfunded_minor, 0) as unfunded_minor
                        from refund r
                        left join lateral (
                            select o.partner_id, o.order_id, u.amount_minor as unfunded_minor
                            from paid_order o
                            left join unfunded_refund u
                                on u.partner_id = o.partner_id and u.order_id = o.order_id and u.refund_id = r.refund_id
                            where o.account = r.account and o.environment = r.environment
                                and (o.payment_reference = r.payment_reference
                                    or o.subscription_id = r.payment_reference and o.subscription_id <> '')
                                and (:partner::text is null or o.partner_id = :partner)
                            order by u.amount_minor is null, o.order_id
                            limit 1) as taker on true
                        where (r.status = 'failed' or r.succeeded and (r.placed_minor < r.amount_minor or r.status = 'canceled'))
                            and (not r.succeeded or r.status = 'succeeded' or taker.unfunded_minor is not null)
                            -- What was made again since is no trouble any more.
                            and (r.succeeded or not exists (
                                select 1
                                from refund again
                                where again.account = r.account and again.environment = r.environment
                                    and again.payment_reference = r.payment_reference and again.refund_id <> r.refund_id
                                    and again.status = 'succeeded' and again.amount_minor >= r.amount_minor
                                    and again.refunded_at >= r.refunded_at))
                            and (:environment::text is null or r.environment = :environment)
                            and (:partner::text is null or taker.order_id is not null)
                        order by r.refunded_at desc, r.refund_id desc
                        limit :limit
                        """)
                .param("partner", partner == null ? null : partner.value())
                .param("environment", environment == null ? null : environment.code())
                .param("limit", limit)
                .query(TroubledRefunds::troubled)
                .list();
    }

    private static TroubledRefund troubled(ResultSet row, int number) throws SQLException {
        var kept = RefundRows.kept(row, number);
        String partner = row.getString("partner_id");
        return new TroubledRefund(
                kept.refund(),
                kept.cameBack() ? 0 : kept.waitingMinor(),
                row.getLong("unfunded_minor"),
                partner == null ? null : new PartnerId(partner),
                partner == null ? null : new OrderId(row.getLong("order_id")));
    }
}
