package com.comptappart.order;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;

/**
 * A fact: how a Stripe object was paid, as Stripe says. The orders that it made add up to all of
 * it. Minor units.
 *
 * @param stripeObject {@code cs_…} or {@code in_…}
 * @param capturedMinor the money that Stripe took
 * @param elsewhereMinor what the seller received outside of Stripe
 * @param balanceMinor what came from the customer's credit balance or was not asked for, credit
 *     notes of before the payment among it; negative where a debt of theirs was charged on top
 */
public record Receipt(
        String account,
        Environment environment,
        String stripeObject,
        Currency currency,
        long capturedMinor,
        long elsewhereMinor,
        long balanceMinor) {

    public Receipt {
        if (capturedMinor < 0 || elsewhereMinor < 0) {
            throw new IllegalArgumentException("no less than nothing is received");
        }
    }

    /** Of an object of which Stripe took all. */
    public static Receipt captured(
            String account,
            Environment environment,
            String stripeObject,
            Currency currency,
            long minor) {
        return new Receipt(account, environment, stripeObject, currency, minor, 0, 0);
    }
}
