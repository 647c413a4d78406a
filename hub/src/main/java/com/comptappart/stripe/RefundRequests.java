package com.comptappart.stripe;

import com.comptappart.kernel.Money;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Refused;
import com.comptappart.order.Disputes;
import com.comptappart.order.Order;
import com.comptappart.order.PaidOrder;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks Stripe to give money back; the credit note follows from Stripe's event. */
@Component
public class RefundRequests {

    /** Stripe's words for why money is given back. */
    public static final List<String> REASONS =
            List.of("duplicate", "fraudulent", "requested_by_customer");

    /** Disputes that hold the money: Stripe lets a refund wait for their end. */
    private static final Set<String> HOLDING = Set.of("needs_response", "under_review", "lost");

    private final StripeCalls calls;
    private final PartnerSource sources;
    private final RefundRequestRows rows;
    private final Disputes disputes;

    RefundRequests(
            StripeCalls calls, PartnerSource sources, RefundRequestRows rows, Disputes disputes) {
        this.calls = calls;
        this.sources = sources;
        this.rows = rows;
        this.disputes = disputes;
    }

    /**
     * What somebody wants to give back.
     *
     * @param minor minor units; null for all that is left
     * @param reason one of Stripe's, null for none
     * @param lines how much of it for which lines of the order, by their place from 0, tax
     *     included; empty for all in proportion
     * @param seenLeft what was left when it was decided; null where nobody looked
     */
    public record Wanted(
            @Nullable Long minor,
            @Nullable String reason,
            Map<Integer, Long> lines,
            @Nullable Long seenLeft) {

        public Wanted {
            lines = Collections.unmodifiableMap(new TreeMap<>(lines));
            if (reason != null && !REASONS.contains(reason)) {
                throw Refused.invalid(
                        "reason_invalid",
                        "reason: 'duplicate', 'fraudulent' or 'requested_by_customer'");
            }
            if (minor != null && minor < 1) {
                throw Refused.invalid("amount_invalid", "amount: more than 0");
            }
        }
    }

    /** Why an order can't be refunded here now. */
    public enum Obstacle {
        NO_KEY,
        NOT_STRIPES,
        DISPUTED,
        NOTHING_LEFT
    }

    /**
     * What was asked for and Stripe has not told of.
     *
     * @param lines as in {@link Wanted}
     */
    public record Open(long minor, Map<Integer, Long> lines) {
        public Open {
            lines = Collections.unmodifiableMap(new TreeMap<>(lines));
        }
    }

    /**
     * @param left minor units
     * @param obstacle null where it may be refunded
     * @param open what is taken from what is left already, the oldest first
     */
    public record Room(long left, @Nullable Obstacle obstacle, List<Open> open) {
        public Room {
            open = List.copyOf(open);
        }
    }

    /**
     * A refund as Stripe took it.
     *
     * @param id {@code re_…}
     * @param status Stripe's: {@code pending}, {@code requires_action}, {@code succeeded}, {@code
     *     failed} or {@code canceled}
     */
    public record Requested(
            String id, OrderId order, String status, Money amount, @Nullable String reason) {}

    /**
     * Refunds an order or a part of it; under the same key once. The request is stored with its key
     * before Stripe is asked, and its amount is taken from what is left from then on, so that two
     * requests at once never refund more than was paid.
     *
     * @param amount in the currency's units; null for all that is left
     * @throws Refused when it can't be refunded, or Stripe refuses
     * @throws StripeUnavailable when Stripe does not answer: whether it refunds is not known
     */
    public Requested create(
            Order order, @Nullable BigDecimal amount, @Nullable String reason, String stripeKey) {
        Long minor = amount == null ? null : minor(amount, order.paid());
        return create(order, new Wanted(minor, reason, Map.of(), null), stripeKey);
    }

    /**
     * The same, for some lines of the order or for whoever looked at what is left before. Stripe
     * keeps the lines with the refund, and its events bring them back: the credit note says them
     * whichever event comes first.
     *
     * @throws Refused when it can't be refunded, Stripe refuses, or something else is left by now
     * @throws StripeUnavailable when Stripe does not answer: whether it refunds is not known
     */
    public Requested create(Order order, Wanted wanted, String stripeKey) {
        String reason = wanted.reason();
        var paid = order.paid();
        String payment = paid.payment().reference();
        String parameter = parameter(payment);
        String lines = RefundLines.text(wanted.lines());
        long asked = rows.ask(order, wanted, lines == null ? "" : lines, stripeKey);
        var form =
                new StripeForm()
                        .with(parameter, payment)
                        .with("amount", asked)
                        .with("reason", reason)
                        .with("metadata[comptappart_order]", order.id().value())
                        .with("metadata[partner]", paid.partner().value())
                        .with("metadata[" + RefundLines.METADATA + "]", lines);
        return PartnerSource.asking(() -> send(order, form, asked, reason, stripeKey));
    }

    /** What may be refunded of an order now, and why nothing may. */
    public Room room(Order order) {
        if (!calls.canAsk(order.paid().environment())) {
            return new Room(0, Obstacle.NO_KEY, List.of());
        }
        if (!isStripes(order.paid().payment().reference())) {
            return new Room(0, Obstacle.NOT_STRIPES, List.of());
        }
        var disputed =
                disputes.ofOrders(List.of(order.id())).getOrDefault(order.id(), List.of()).stream()
                        .anyMatch(each -> HOLDING.contains(each.status()));
        long left = rows.left(order);
        var obstacle = disputed ? Obstacle.DISPUTED : left == 0 ? Obstacle.NOTHING_LEFT : null;
        return new Room(left, obstacle, rows.open(order));
    }

    private Requested send(
            Order order, StripeForm form, long asked, @Nullable String reason, String stripeKey) {
        var paid = order.paid();
        try {
            var source = sources.of(paid.partner(), paid.environment(), paid.account());
            var refund = calls.post(source, "/v1/refunds", form, stripeKey);
            String id = SessionFields.id(refund.path("id"), "id");
            rows.made(order, stripeKey, id);
            return new Requested(
                    id,
                    order.id(),
                    SessionFields.required(refund, "status"),
                    new Money(asked, paid.currency()),
                    reason);
        } catch (Refused refused) {
            rows.refused(order, stripeKey);
            throw refused;
        } catch (StripeUnavailable away) {
            if (away.isUnconfigured()) {
                // Nobody was asked.
                rows.refused(order, stripeKey);
            }
            throw away;
        }
    }

    private static boolean isStripes(String payment) {
        return payment.startsWith("pi_") || payment.startsWith("ch_") || payment.startsWith("py_");
    }

    private static String parameter(String payment) {
        if (!isStripes(payment)) {
            throw Refused.conflict(
                    "order_not_refundable",
                    "Stripe took no payment for this order, so it has none to give back");
        }
        return payment.startsWith("pi_") ? "payment_intent" : "charge";
    }

    private static long minor(BigDecimal amount, PaidOrder paid) {
        int decimals = paid.currency().decimals();
        if (amount.signum() <= 0
                || amount.precision() - amount.scale() > 15
                || amount.stripTrailingZeros().scale() > decimals) {
            throw Refused.invalid(
                    "amount_invalid",
                    "amount: more than 0, with at most "
                            + decimals
                            + " decimals for "
                            + paid.currency());
        }
        return amount.movePointRight(decimals).longValueExact();
    }
}
