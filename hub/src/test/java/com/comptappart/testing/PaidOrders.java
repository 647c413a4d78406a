package com.comptappart.testing;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.Buyer;
import com.comptappart.order.OrderLine;
import com.comptappart.order.PaidOrder;
import com.comptappart.order.Payment;
import com.comptappart.order.Refund;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts as the readers of Stripe's events make them, for tests of what becomes of them. */
public final class PaidOrders {

    /** When all of it happened. */
    public static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");

    private PaidOrders() {}

    /** A guide without tax, bought with the payment {@code pi_} and the name. */
    public static PaidOrder guide(String name, PartnerId partner, long total) {
        return of(
                Environment.STAGING,
                name,
                partner,
                null,
                Currency.EUR,
                List.of(
                        new OrderLine(
                                "prod_1", "Guide", 1, total, 0, BigDecimal.ZERO, "services")));
    }

    public static PaidOrder of(
            Environment environment,
            String name,
            PartnerId partner,
            @Nullable String email,
            Currency currency,
            List<OrderLine> lines) {
        return new PaidOrder(
                "",
                environment,
                "cs_" + name,
                "evt_" + name,
                partner,
                new Buyer(
                        "Marie Martin",
                        email,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "FR",
                        null,
                        null,
                        false,
                        "fr"),
                currency,
                lines,
                new Payment(AT, "card", "4242", "pi_" + name),
                "one_time",
                null,
                List.of(),
                "[]",
                Map.of(),
                "",
                null);
    }

    /** A refund of the payment of that name which succeeded. */
    public static Refund refund(
            Environment environment, String name, String id, long amount, Currency currency) {
        return new Refund(
                "",
                environment,
                id,
                "pi_" + name,
                null,
                amount,
                currency,
                Refund.Status.SUCCEEDED,
                "",
                "",
                null,
                "evt_" + id,
                AT);
    }
}
