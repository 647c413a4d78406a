package com.comptappart.order;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What orders are looked for by besides whose they are; null asks nothing.
 *
 * @param product its name, in any case, or Stripe's id
 * @param least in units of the order's currency, tax included
 * @param most in units of the order's currency, tax included
 * @param since paid then or later
 * @param until paid before then
 */
public record Sought(
        @Nullable State state,
        @Nullable String product,
        @Nullable BigDecimal least,
        @Nullable BigDecimal most,
        @Nullable String billingReason,
        @Nullable Instant since,
        @Nullable Instant until) {

    public static final Sought ANYTHING = new Sought(null, null, null, null, null, null, null);

    /** What became of an order's money. */
    public enum State {
        /** Nothing given back, nothing disputed. */
        PAID,
        PARTLY_REFUNDED,
        REFUNDED,
        DISPUTED,
        /** A person must look at it. */
        ATTENTION
    }
}
