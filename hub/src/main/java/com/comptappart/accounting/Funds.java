package com.comptappart.accounting;

import com.comptappart.accounting.Accounts.Account;
import com.comptappart.invoice.IssuedDocument;
import com.comptappart.invoice.Payment;
import com.comptappart.kernel.Proportion;
import java.util.ArrayList;
import java.util.List;

/**
 * The account that a part of a document's total came into; out of which it went, where it is
 * negative.
 *
 * @param gross minor units of the document's currency
 * @param euro the same in euro cents
 */
record Funds(Account account, long gross, long euro) {

    /**
     * What Stripe, the seller and the customer's balance paid; together the document's total.
     *
     * @param stripe where what Stripe paid goes
     */
    static List<Funds> of(
            Accounts accounts, Account stripe, IssuedDocument document, long gross, long euro) {
        var payment = document.content().payment();
        var rest =
                switch (payment.method()) {
                    case Payment.BALANCE, Payment.REDUCTION -> accounts.balance();
                    case Payment.ELSEWHERE -> accounts.elsewhere();
                    default -> stripe;
                };
        long balance = payment.fromBalance() + payment.reduced();
        if (balance == 0) {
            return List.of(new Funds(rest, gross, euro));
        }
        long[] euros = Proportion.spread(euro, new long[] {gross - balance, balance});
        var funds = new ArrayList<Funds>();
        funds.add(new Funds(rest, gross - balance, euros[0]));
        funds.add(new Funds(accounts.balance(), balance, euros[1]));
        funds.removeIf(each -> each.gross() == 0 && each.euro() == 0);
        return funds;
    }

    Funds plus(Funds other) {
        return new Funds(
                account, Math.addExact(gross, other.gross), Math.addExact(euro, other.euro));
    }
}
