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
                            r.event_id, r.refunded_at, taker.partner_id, taker.order_id
                        from refund r
                        left join lateral (
                            select o.partner_id, o.order_id
                            from paid_order o
                            where o.account = r.account and o.environment = r.environment
                                and o.payment_reference = r.payment_reference
                                and (:partner::text is null or o.partner_id = :partner)
                            order by o.order_id
                            limit 1) as taker on true
                        where (r.status = 'failed' or r.succeeded and (r.placed_minor < r.amount_minor or r.status = 'canceled'))
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
                kept.succeeded(),
                kept.succeeded() ? kept.waitingMinor() : 0,
                partner == null ? null : new PartnerId(partner),
                partner == null ? null : new OrderId(row.getLong("order_id")));
    }
}
