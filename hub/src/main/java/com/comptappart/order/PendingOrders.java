package com.comptappart.order;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Money;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Orders that await their money, and those whose money never came. */
@Repository
public class PendingOrders {

    private static final int MOST_SHOWN = 100;

    /** One of them as it is shown. */
    public record Shown(
            PartnerId partner,
            Environment environment,
            String stripeObject,
            PendingOrder.State state,
            String reason,
            String email,
            Money total,
            Instant createdAt) {}

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PendingOrders(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Records what became of the money, and publishes new failures, in the caller's transaction.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(List<PendingOrder> pending) {
        var failed = new ArrayList<PendingOrder>();
        pending.stream()
                .sorted(
                        Comparator.comparing((PendingOrder each) -> each.order().stripeObject())
                                .thenComparing(each -> each.order().partner().value()))
                .forEach(each -> {
                    if (store(each) && each.state() == PendingOrder.State.FAILED) {
                        failed.add(each);
                    }
                });
        if (!failed.isEmpty()) {
            events.publishEvent(new PaymentsFailed(failed));
        }
    }

    /** False where nothing changed. */
    private boolean store(PendingOrder pending) {
        var order = pending.order();
        String email = order.buyer().email();
        return jdbc.sql(
                                """
                                insert into pending_order (
                                    partner_id, account, environment, stripe_object, state, reason, email, currency, total_minor,
                                    created_at)
                                values (:partner, :account, :environment, :object, :state, :reason, :email, :currency, :total, :now)
                                on conflict (partner_id, account, environment, stripe_object) do update
                                set state = excluded.state, reason = excluded.reason
                                where array_position(array['awaiting', 'failed', 'paid'], excluded.state)
                                    > array_position(array['awaiting', 'failed', 'paid'], pending_order.state)
                                """)
                        .param("partner", order.partner().value())
                        .param("account", order.account())
                        .param("environment", order.environment().code())
                        .param("object", order.stripeObject())
                        .param("state", pending.state().code())
                        .param("reason", pending.reason())
                        .param("email", email == null ? "" : email)
                        .param("currency", order.currency().code())
                        .param("total", order.total())
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** The newest that are not paid; null stands for the operator, who sees all. */
    public List<Shown> open(@Nullable PartnerId partner, Environment environment) {
        return jdbc.sql(
                        """
                        select partner_id, environment, stripe_object, state, reason, email, currency, total_minor, created_at
                        from pending_order
                        where (:partner::text is null or partner_id = :partner) and environment = :environment
                            and state <> 'paid'
                        order by created_at desc, stripe_object
                        limit :limit
                        """)
                .param("partner", partner == null ? null : partner.value())
                .param("environment", environment.code())
                .param("limit", MOST_SHOWN)
                .query(PendingOrders::shown)
                .list();
    }

    private static Shown shown(ResultSet row, int number) throws SQLException {
        return new Shown(
                new PartnerId(row.getString("partner_id")),
                Environment.of(row.getString("environment")),
                row.getString("stripe_object"),
                PendingOrder.State.of(row.getString("state")),
                row.getString("reason"),
                row.getString("email"),
                new Money(row.getLong("total_minor"), new Currency(row.getString("currency"))),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
