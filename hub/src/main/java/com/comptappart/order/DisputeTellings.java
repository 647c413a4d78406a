package com.comptappart.order;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.Dispute.Stage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What must be told of disputes, each end once, in the words of the event that told of it. It is
 * told with the order's invoice: where that is issued later, whoever issues it asks here.
 */
@Repository
public class DisputeTellings {

    private static final long LOCK = 0x6469_7370_7574_6573L;

    private final JdbcClient jdbc;

    DisputeTellings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Lets nobody issue invoices until the transaction ends, so that either who records the dispute
     * finds the invoice or who issues it finds the dispute. Disputes are rare.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock() {
        jdbc.sql("select pg_advisory_xact_lock(:key)")
                .param("key", LOCK)
                .query((row, number) -> true)
                .list();
    }

    /** Whether that end of the dispute is told for the first time. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean isFirst(Order order, Dispute dispute) {
        return jdbc.sql(
                                """
                                insert into dispute_telling (
                                    partner_id, order_id, dispute_id, stage, event_id, amount_minor, currency, reason, status, at)
                                values (:partner, :order, :dispute, :stage, :event, :amount, :currency, :reason, :status, :at)
                                on conflict do nothing
                                """)
                        .param("partner", order.paid().partner().value())
                        .param("order", order.id().value())
                        .param("dispute", dispute.disputeId())
                        .param("stage", dispute.stage().name().toLowerCase(Locale.ROOT))
                        .param("event", dispute.eventId())
                        .param("amount", dispute.amountMinor())
                        .param("currency", dispute.currency().code())
                        .param("reason", dispute.reason())
                        .param("status", dispute.status())
                        .param("at", dispute.at().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** What is to be told of those orders, whose invoices are issued in this transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<OrdersDisputed.Told> ofOrders(Collection<OrderId> ids) {
        jdbc.sql("select pg_advisory_xact_lock_shared(:key)")
                .param("key", LOCK)
                .query((row, number) -> true)
                .list();
        return jdbc.sql(
                        """
                        select o.order_id, o.created_at, o.content, t.dispute_id, t.stage, t.event_id, t.amount_minor,
                            t.currency, t.reason, t.status, t.at
                        from dispute_telling t
                        join paid_order o on o.partner_id = t.partner_id and o.order_id = t.order_id
                        where t.order_id = any(:orders::bigint[])
                        order by t.at, t.dispute_id, t.stage desc
                        """)
                .param("orders", ids.stream().map(OrderId::value).toArray(Long[]::new))
                .query(DisputeTellings::told)
                .list();
    }

    /**
     * What was told of a partner's disputes, oldest first.
     *
     * @param until exclusive
     * @param after the last one that is known; null for the first
     */
    public List<OrdersDisputed.Told> read(
            PartnerId partner,
            Environment environment,
            Instant since,
            Instant until,
            @Nullable After after,
            int limit) {
        return jdbc.sql(
                        """
                        select o.order_id, o.created_at, o.content, t.dispute_id, t.stage, t.event_id, t.amount_minor,
                            t.currency, t.reason, t.status, t.at
                        from dispute_telling t
                        join paid_order o on o.partner_id = t.partner_id and o.order_id = t.order_id
                        where t.partner_id = :partner and o.environment = :environment and t.event_id <> ''
                            and t.at >= :since and t.at < :until
                            and (:order = 0 or (t.at, t.order_id, t.dispute_id, t.stage)
                                > (:at, :order, :dispute::text, :stage::text))
                        order by t.at, t.order_id, t.dispute_id, t.stage
                        limit :limit
                        """)
                .param("partner", partner.value())
                .param("environment", environment.code())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("order", after == null ? 0 : after.order())
                .param("at", (after == null ? since : after.at()).atOffset(ZoneOffset.UTC))
                .param("dispute", after == null ? "" : after.dispute())
                .param("stage", after == null ? "" : after.stage())
                .param("limit", limit)
                .query(DisputeTellings::told)
                .list();
    }

    /** Where a reading goes on. */
    public record After(Instant at, long order, String dispute, String stage) {

        public static After of(OrdersDisputed.Told told) {
            var dispute = told.dispute();
            return new After(
                    dispute.at(),
                    told.order().id().value(),
                    dispute.disputeId(),
                    dispute.stage().name().toLowerCase(Locale.ROOT));
        }
    }

    private static OrdersDisputed.Told told(ResultSet row, int number) throws SQLException {
        var order = Orders.order(row, number);
        var paid = order.paid();
        return new OrdersDisputed.Told(
                order,
                new Dispute(
                        paid.account(),
                        paid.environment(),
                        row.getString("dispute_id"),
                        paid.payment().reference(),
                        row.getLong("amount_minor"),
                        new Currency(row.getString("currency")),
                        row.getString("reason"),
                        row.getString("status"),
                        Stage.valueOf(row.getString("stage").toUpperCase(Locale.ROOT)),
                        row.getString("event_id"),
                        row.getObject("at", OffsetDateTime.class).toInstant()));
    }
}
