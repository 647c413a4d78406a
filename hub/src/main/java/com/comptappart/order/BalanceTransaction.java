package com.comptappart.order;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A fact: one line of Stripe's statement, which moved the balance of an account. Minor units of
 * {@code currency}; positive is money that came in.
 *
 * @param type Stripe's word; {@code category} its reporting category
 * @param inBalance whether it moves what Stripe calls pending and available; issuing and reserves
 *     have balances of their own
 * @param amount before the fee
 * @param fee what Stripe kept, taxes on it included
 * @param feeTax those taxes
 * @param fees Stripe's details of it, JSON
 * @param exchangeRate Stripe's, where the payment was made in another currency
 * @param sourceId the object that it is of; empty where there is none
 * @param reference what our documents call that: the payment of a charge, the refund itself
 * @param source the same amount as the buyer was charged or given it back
 */
public record BalanceTransaction(
        String account,
        Environment environment,
        String id,
        Kind kind,
        String type,
        String category,
        boolean inBalance,
        Currency currency,
        long amount,
        long fee,
        long feeTax,
        String fees,
        @Nullable BigDecimal exchangeRate,
        String sourceId,
        String reference,
        Money source,
        Instant createdAt,
        Instant availableOn) {

    /** What it is to an accountant. */
    public enum Kind {
        /** A buyer's payment or refund, and either coming back. */
        PAYMENT,
        /** Money that a bank took back on a buyer's complaint, or gave again. */
        DISPUTE,
        /** What Stripe takes for itself. */
        FEE,
        /** Taxes on what Stripe takes. */
        TAX,
        /** Between Stripe and the seller's bank. */
        PAYOUT,
        /** Anything else: a person must say what it is. */
        OTHER;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** What the balance moved by. */
    public long net() {
        return Math.subtractExact(amount, fee);
    }
}
