package com.comptappart.kernel;

import java.math.BigDecimal;

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

    /** As a machine reads it: {@code 99.99 EUR}. */
    @Override
    public String toString() {
        return decimal().toPlainString() + " " + currency;
    }
}
