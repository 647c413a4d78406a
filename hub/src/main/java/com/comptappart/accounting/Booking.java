package com.comptappart.accounting;

import com.comptappart.accounting.Accounts.Account;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Money;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a line of Stripe's statement does to each account; together nothing, in euros. */
final class Booking {

    /**
     * @param cents euro cents; debit where positive
     * @param amount the same in the currency in which it happened
     */
    record Part(Account account, long cents, Money amount) {

        Part plus(Part other) {
            return new Part(
                    account,
                    Math.addExact(cents, other.cents),
                    new Money(
                            Math.addExact(amount.minor(), other.amount.minor()),
                            amount.currency()));
        }

        Part negated() {
            return new Part(account, -cents, new Money(-amount.minor(), amount.currency()));
        }

        /** Null where that is the euro. */
        @Nullable Money foreign() {
            return amount.currency().equals(Currency.EUR) ? null : amount;
        }
    }

    private final List<Part> parts = new ArrayList<>();

    Booking add(Account account, long cents, Money amount) {
        parts.add(new Part(account, cents, amount));
        return this;
    }

    /** Adds what an account must get for all to be nothing. */
    Booking rest(Account account, Money amount) {
        return add(account, rest(), amount);
    }

    /** What is missing to nothing, euro cents. */
    long rest() {
        return -parts.stream().mapToLong(Part::cents).reduce(0, Math::addExact);
    }

    List<Part> parts() {
        return parts;
    }
}
