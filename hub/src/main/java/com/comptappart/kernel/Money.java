package com.comptappart.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount in Stripe's minor units.
 *
 * @param minor minor units; cents for euros
 */
public record Money(long minor, Currency currency) {

    /** The amount in units, with exactly the currency's decimals. */
    public BigDecimal decimal() {
        return BigDecimal.valueOf(minor, currency.decimals());
    }

    /** What each of so many costs, rounded half up to the currency's decimals. */
    public BigDecimal each(long quantity) {
        return decimal()
                .divide(BigDecimal.valueOf(quantity), currency.decimals(), RoundingMode.HALF_UP);
    }

    /** As a machine reads it: {@code 99.99 EUR}. */
    @Override
    public String toString() {
        return decimal().toPlainString() + " " + currency;
    }
}
