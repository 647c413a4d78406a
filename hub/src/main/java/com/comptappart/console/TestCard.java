package com.comptappart.console;

import java.util.List;

/**
 * A number that Stripe publishes for its test mode (docs.stripe.com/testing): it moves no money,
 * and in live mode it is refused.
 *
 * @param code of the words that say what it does
 */
record TestCard(String code, String number) {

    private static final List<TestCard> CARDS =
            List.of(
                    new TestCard("pays", "4242 4242 4242 4242"),
                    new TestCard("french", "4000 0025 0000 0003"),
                    new TestCard("three-d-secure", "4000 0027 6000 3184"),
                    new TestCard("three-d-secure-once", "4000 0025 0000 3155"),
                    new TestCard("declined", "4000 0000 0000 0002"),
                    new TestCard("funds", "4000 0000 0000 9995"),
                    new TestCard("expired", "4000 0000 0000 0069"),
                    new TestCard("cvc", "4000 0000 0000 0127"),
                    new TestCard("renewal", "4000 0000 0000 0341"),
                    new TestCard("disputed", "4000 0000 0000 0259"),
                    new TestCard("refund", "4000 0000 0000 5126"));

    private static final List<TestCard> DEBITS =
            List.of(
                    new TestCard("debit-pays", "FR1420041010050500013M02606"),
                    new TestCard("debit-later", "FR3020041010050500013M02609"),
                    new TestCard("debit-fails", "FR8420041010050500013M02607"),
                    new TestCard("debit-disputed", "FR5720041010050500013M02608"));

    static List<TestCard> cards() {
        return CARDS;
    }

    /** Accounts for SEPA direct debits. */
    static List<TestCard> debits() {
        return DEBITS;
    }
}
