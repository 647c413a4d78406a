package com.comptappart.stripe;

import com.comptappart.kernel.Money;
import com.comptappart.kernel.Refused;
import com.comptappart.order.Order;
import com.comptappart.order.RefundedAmounts;
import com.comptappart.stripe.RefundRequests.Open;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The refunds that somebody asked us for. */
@Repository
class RefundRequestRows {

    /**
     * Stripe forgets a key after a day; what became of the request its events have told by then.
     */
    private static final Duration OPEN = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final RefundedAmounts refunded;
    private final Clock clock;

    RefundRequestRows(JdbcClient jdbc, RefundedAmounts refunded, Clock clock) {
        this.jdbc = jdbc;
        this.refunded = refunded;
        this.clock = clock;
    }

    /**
     * Stores a request, one at a time for each order; a repeat finds its own.
     *
     * @param lines of the order as the refund's metadata will say them, empty for all
     * @return how much to ask Stripe for, minor units
     * @throws Refused when that is more than is left, when something else is left than was seen, or
     *     when Stripe may have forgotten the key
     */
    @Transactional
    public long ask(Order order, RefundRequests.Wanted wish, String lines, String stripeKey) {
        String reason = wish.reason();
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:text, 9))")
                .param("text", "refund " + order.id())
                .query((row, number) -> true)
                .list();
        var former = amount(order, stripeKey);
        if (former.isPresent()) {
            return former.get();
        }
        long left = left(order);
        if (wish.seenLeft() != null && wish.seenLeft() != left) {
            throw Refused.conflict(
                    "refunded_meanwhile",
                    "of this order "
                            + new Money(left, order.paid().currency())
                            + " is left to refund, which is not what was left when you looked");
        }
        long wanted = wish.minor() == null ? left : wish.minor();
        if (wanted > left || left == 0) {
            throw Refused.conflict(
                    "amount_too_large",
                    "of this order "
                            + new Money(left, order.paid().currency())
                            + " is left to refund");
        }
        jdbc.sql(
                        """
                        insert into refund_request (
                            partner_id, order_id, stripe_key, amount_minor, reason, lines, state, created_at)
                        values (:partner, :order, :key, :amount, :reason, :lines, 'asked', :now)
                        """)
                .param("partner", order.paid().partner().value())
                .param("order", order.id().value())
                .param("key", stripeKey)
                .param("amount", wanted)
                .param("reason", reason == null ? "" : reason)
                .param("lines", lines)
                .param("now", now())
                .update();
        return wanted;
    }

    /**
     * What is left to refund, minor units: what was paid less what Stripe told of, less what was
     * asked for that Stripe has not told of yet; of what the customer's balance paid, nothing.
     *
     * <p>What was told is read first, at one moment, under the lock that lets nobody else ask: a
     * refund that is told or answered after it still counts as asked for.
     */
    long left(Order order) {
        var told = refunded.of(order);
        long asked = open(order, told).stream().mapToLong(Open::minor).sum();
        long of = order.paid().total() - told.minor();
        return Math.max(
                0, Math.min(of, money(order) - told.minor() + told.creditedMinor()) - asked);
    }

    /** What was asked for and Stripe has not told of, the oldest first. */
    List<Open> open(Order order) {
        return open(order, refunded.of(order));
    }

    private List<Open> open(Order order, RefundedAmounts.Refunded told) {
        return jdbc.sql(
                        """
                        select amount_minor, lines
                        from refund_request
                        where partner_id = :partner and order_id = :order
                            and (state = 'made' or (state = 'asked' and created_at > :open))
                            and not refund_id = any(:told)
                        order by created_at, stripe_key
                        """)
                .param("partner", order.paid().partner().value())
                .param("order", order.id().value())
                .param("open", now().minus(OPEN))
                .param("told", told.refunds().toArray(String[]::new))
                .query((row, number) ->
                        new Open(
                                row.getLong("amount_minor"),
                                RefundLines.of(row.getString("lines"))))
                .list();
    }

    /** What of an order Stripe was paid in money: it gives back no more. */
    private static long money(Order order) {
        return order.paid().total() - order.paid().payment().withoutMoney();
    }

    private Optional<Long> amount(Order order, String stripeKey) {
        return jdbc.sql(
                        """
                        select amount_minor, created_at > :open as remembered
                        from refund_request
                        where partner_id = :partner and order_id = :order and stripe_key = :key and state <> 'refused'
                        """)
                .param("partner", order.paid().partner().value())
                .param("order", order.id().value())
                .param("key", stripeKey)
                .param("open", now().minus(OPEN))
                .query((row, number) -> {
                    if (!row.getBoolean("remembered")) {
                        throw Refused.conflict(
                                "refund_asked_long_ago",
                                "this refund was asked for more than a day ago; look at the order");
                    }
                    return row.getLong("amount_minor");
                })
                .optional();
    }

    /** Stripe took it. */
    @Transactional
    public void made(Order order, String stripeKey, String refund) {
        end(order, stripeKey, "made", refund);
    }

    /** Stripe did not take it: its amount is free again. */
    @Transactional
    public void refused(Order order, String stripeKey) {
        end(order, stripeKey, "refused", "");
    }

    private void end(Order order, String stripeKey, String state, String refund) {
        jdbc.sql(
                        """
                        update refund_request
                        set state = :state, refund_id = :refund
                        where partner_id = :partner and order_id = :order and stripe_key = :key
                        """)
                .param("partner", order.paid().partner().value())
                .param("order", order.id().value())
                .param("key", stripeKey)
                .param("state", state)
                .param("refund", refund)
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
