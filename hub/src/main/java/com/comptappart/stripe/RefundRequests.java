package com.comptappart.stripe;

import com.comptappart.kernel.Money;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Refused;
import com.comptappart.order.Order;
import com.comptappart.order.PaidOrder;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks Stripe to give money back; the credit note follows from Stripe's event. */
@Component
public class RefundRequests {

    private static final List<String> REASONS =
            List.of("duplicate", "fraudulent", "requested_by_customer");

    private final StripeCalls calls;
    private final PartnerSource sources;
    private final RefundRequestRows rows;

    RefundRequests(StripeCalls calls, PartnerSource sources, RefundRequestRows rows) {
        this.calls = calls;
        this.sources = sources;
        this.rows = rows;
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
        if (reason != null && !REASONS.contains(reason)) {
            throw Refused.invalid(
                    "reason_invalid",
                    "reason: 'duplicate', 'fraudulent' or 'requested_by_customer'");
        }
        var paid = order.paid();
        String payment = paid.payment().reference();
        String parameter = parameter(payment);
        Long minor = amount == null ? null : minor(amount, paid);
        long asked = rows.ask(order, minor, reason == null ? "" : reason, stripeKey);
        var form =
                new StripeForm()
                        .with(parameter, payment)
                        .with("amount", asked)
                        .with("reason", reason)
                        .with("metadata[comptappart_order]", order.id().value())
                        .with("metadata[partner]", paid.partner().value());
        return PartnerSource.asking(() -> send(order, form, asked, reason, stripeKey));
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
        }
    }

    private static String parameter(String payment) {
        if (payment.startsWith("pi_")) {
            return "payment_intent";
        }
        if (payment.startsWith("ch_") || payment.startsWith("py_")) {
            return "charge";
        }
        throw Refused.conflict(
                "order_not_refundable",
                "Stripe took no payment for this order, so it has none to give back");
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
