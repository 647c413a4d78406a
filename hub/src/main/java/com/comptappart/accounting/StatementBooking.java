package com.comptappart.accounting;

import com.comptappart.accounting.Accounts.Account;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Money;
import com.comptappart.kernel.Paris;
import com.comptappart.order.BalanceTransaction;
import com.comptappart.order.BalanceTransaction.Kind;
import com.comptappart.order.Statements.Opening;

/**
 * Says what a line of Stripe's statement does to the accounts: 467 moves by what the balance moved
 * by, 627 gets the fee, and the money came from or went to 511 (payments and refunds, which
 * documents put there), 416 (disputes), 512 (payouts), or waits on 471 for a person.
 */
final class StatementBooking {

    private final Accounts accounts;
    private final Transit transit;
    private final Euros euros;

    StatementBooking(Accounts accounts, Transit transit, Euros euros) {
        this.accounts = accounts;
        this.transit = transit;
        this.euros = euros;
    }

    Booking of(BalanceTransaction transaction) {
        var currency = transaction.currency();
        var booking = new Booking();
        add(booking, stripe(transaction), transaction.net(), transaction);
        add(booking, accounts.fees(), transaction.fee() - transaction.feeTax(), transaction);
        add(booking, accounts.feeVat(), transaction.feeTax(), transaction);
        var from = accounts.counterpart(transaction.kind());
        if (transaction.kind() != Kind.PAYMENT) {
            return booking.rest(from, new Money(-transaction.amount(), currency));
        }
        var source = transaction.source();
        var paid = new Money(-source.minor(), source.currency());
        var known =
                source.currency().equals(Currency.EUR)
                        ? java.util.OptionalLong.of(source.minor())
                        : transit.take(transaction.reference(), source);
        if (known.isEmpty()) {
            return booking.rest(from, paid);
        }
        booking.add(from, -known.getAsLong(), paid);
        long exchange = booking.rest();
        return exchange == 0
                ? booking
                : booking.rest(accounts.exchange(exchange), new Money(exchange, Currency.EUR));
    }

    /** What moves another balance of Stripe's than the one that we are asked about waits too. */
    private Account stripe(BalanceTransaction transaction) {
        return transaction.inBalance() ? accounts.stripe() : accounts.waiting();
    }

    private void add(Booking booking, Account account, long minor, BalanceTransaction transaction) {
        if (minor != 0) {
            var amount = new Money(minor, transaction.currency());
            booking.add(account, euros.cents(amount, Paris.dayOf(transaction.createdAt())), amount);
        }
    }

    /** What Stripe held before: where it came from, the books of before say. */
    Booking of(Opening opening) {
        var amount = opening.amount();
        return new Booking()
                .add(accounts.stripe(), euros.cents(amount, opening.bookedOn()), amount)
                .rest(accounts.waiting(), new Money(-amount.minor(), amount.currency()));
    }

    /** Takes off Stripe's account what documents had put there before its statement was read. */
    Booking carried(Booking.Part part) {
        var amount = part.amount();
        return new Booking()
                .add(accounts.stripe(), -part.cents(), part.negated().amount())
                .rest(accounts.waiting(), amount);
    }

    /** What is written beside the entry. */
    static String words(BalanceTransaction transaction) {
        return switch (transaction.kind()) {
            case PAYMENT ->
                    switch (transaction.category()) {
                        case "refund", "payment_refund" -> "Remboursement";
                        case "refund_failure" -> "Remboursement revenu de la banque";
                        case "charge", "payment" -> "Paiement";
                        default -> "Paiement repris";
                    };
            case DISPUTE -> transaction.amount() < 0 ? "Litige" : "Litige, fonds rendus";
            case FEE -> "Services de Stripe";
            case TAX -> "Taxe sur frais Stripe";
            case PAYOUT ->
                    transaction.amount() < 0 ? "Virement vers la banque" : "Virement de la banque";
            case OTHER -> "A ventiler (" + transaction.type() + ")";
        };
    }
}
