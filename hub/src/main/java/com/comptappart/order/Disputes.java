package com.comptappart.order;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.OrderId;
import com.comptappart.order.Dispute.Stage;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Disputes about payments of orders; a closed one stays closed, whatever is told afterwards. */
@Repository
public class Disputes {

    /**
     * A dispute as it is shown with its order.
     *
     * @param amountMinor in the currency's minor units
     */
    public record Known(
            OrderId order,
            String disputeId,
            long amountMinor,
            Currency currency,
            String reason,
            String status,
            boolean closed,
            Instant asOf) {}

    private final JdbcClient jdbc;
    private final PaidObjects orders;
    private final DisputeTellings tellings;
    private final ApplicationEventPublisher events;

    Disputes(
            JdbcClient jdbc,
            PaidObjects orders,
            DisputeTellings tellings,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.orders = orders;
        this.tellings = tellings;
        this.events = events;
    }

    /** Records disputes of payments whose orders are there, in the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(List<Dispute> disputes) {
        if (disputes.isEmpty()) {
            return;
        }
        tellings.lock();
        var told = new ArrayList<OrdersDisputed.Told>();
        disputes.stream()
                .sorted(Comparator.comparing(Dispute::disputeId).thenComparing(Dispute::at))
                .forEach(dispute ->
                        orders
                                .ofPayment(
                                        dispute.account(),
                                        dispute.environment(),
                                        dispute.paymentReference())
                                .stream()
                                .sorted(Comparator.comparingLong(order -> order.id().value()))
                                .forEach(order -> record(order, dispute, told)));
        if (!told.isEmpty()) {
            events.publishEvent(new OrdersDisputed(told));
        }
    }

    private void record(Order order, Dispute dispute, List<OrdersDisputed.Told> told) {
        store(order, dispute);
        if (dispute.stage() != Stage.GOES_ON && tellings.isFirst(order, dispute)) {
            told.add(new OrdersDisputed.Told(order, dispute));
        }
    }

    private void store(Order order, Dispute dispute) {
        jdbc.sql(
                        """
                        insert into dispute (
                            partner_id, order_id, dispute_id, environment, amount_minor, currency, reason, status, closed, as_of)
                        values (:partner, :order, :dispute, :environment, :amount, :currency, :reason, :status, :closed, :as_of)
                        on conflict (partner_id, order_id, dispute_id) do update
                        set amount_minor = excluded.amount_minor, reason = excluded.reason, status = excluded.status,
                            closed = excluded.closed, as_of = excluded.as_of
                        where (excluded.closed, excluded.as_of, :stage <> 'OPENED')
                            > (dispute.closed, dispute.as_of, false)
                        """)
                .param("partner", order.paid().partner().value())
                .param("order", order.id().value())
                .param("dispute", dispute.disputeId())
                .param("environment", dispute.environment().code())
                .param("amount", dispute.amountMinor())
                .param("currency", dispute.currency().code())
                .param("reason", dispute.reason())
                .param("status", dispute.status())
                .param("closed", dispute.stage() == Stage.CLOSED)
                .param("stage", dispute.stage().name())
                .param("as_of", dispute.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The disputes of those orders, oldest first; an order without one is missing. */
    public Map<OrderId, List<Known>> ofOrders(Collection<OrderId> ids) {
        Map<OrderId, List<Known>> found = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        select order_id, dispute_id, amount_minor, currency, reason, status, closed, as_of
                        from dispute
                        where order_id = any(:orders::bigint[])
                        order by as_of, dispute_id
                        """)
                .param("orders", ids.stream().map(OrderId::value).toArray(Long[]::new))
                .query((row, number) ->
                        new Known(
                                new OrderId(row.getLong("order_id")),
                                row.getString("dispute_id"),
                                row.getLong("amount_minor"),
                                new Currency(row.getString("currency")),
                                row.getString("reason"),
                                row.getString("status"),
                                row.getBoolean("closed"),
                                row.getObject("as_of", OffsetDateTime.class).toInstant()))
                .list()
                .forEach(each ->
                        found.computeIfAbsent(each.order(), _ -> new ArrayList<>()).add(each));
        return found;
    }
}
