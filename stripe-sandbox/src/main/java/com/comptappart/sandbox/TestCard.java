package com.comptappart.sandbox;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A card number that Stripe publishes for testing, and what happens when somebody pays with it. */
record TestCard(String brand, String last4, String country, String funding, Outcome outcome) {

    private static final String CARD_DECLINED = "card_declined";
    private static final Map<String, TestCard> PUBLISHED = published();

    sealed interface Outcome {}

    record Pays() implements Outcome {}

    record Declines(String code, String declineCode) implements Outcome {}

    /** Published by Stripe, for a story that the sandbox doesn't play yet. */
    record NotPlayed() implements Outcome {}

    static Optional<TestCard> of(String digits) {
        return Optional.ofNullable(PUBLISHED.get(digits));
    }

    private static Map<String, TestCard> published() {
        var cards = new HashMap<String, TestCard>();
        var pays = new Pays();
        add(cards, "4242424242424242", "visa", "US", "credit", pays);
        add(cards, "4000056655665556", "visa", "US", "debit", pays);
        add(cards, "4000002500000003", "visa", "FR", "credit", pays);
        add(cards, "4000002500001001", "visa", "FR", "credit", pays);
        add(cards, "4000000000000077", "visa", "US", "credit", pays);
        add(cards, "5555555555554444", "mastercard", "US", "credit", pays);
        add(cards, "2223003122003222", "mastercard", "US", "credit", pays);
        add(cards, "5200828282828210", "mastercard", "US", "debit", pays);
        add(cards, "5105105105105100", "mastercard", "US", "prepaid", pays);
        add(cards, "5555552500001001", "mastercard", "FR", "credit", pays);
        add(cards, "378282246310005", "amex", "US", "credit", pays);
        add(cards, "371449635398431", "amex", "US", "credit", pays);
        add(cards, "6011111111111117", "discover", "US", "credit", pays);
        add(cards, "3056930009020004", "diners", "US", "credit", pays);
        add(cards, "36227206271667", "diners", "US", "credit", pays);
        add(cards, "3566002020360505", "jcb", "JP", "credit", pays);
        add(cards, "6200000000000005", "unionpay", "CN", "credit", pays);
        addDeclines(cards);
        for (String story :
                new String[] {
                    "4000002500003155", "4000002760003184", "4000008400001629", "4000000000000259",
                    "4000000000002685", "4000000000001976", "4000000000007726", "4000000000005126"
                }) {
            add(cards, story, "visa", "US", "credit", new NotPlayed());
        }
        return Map.copyOf(cards);
    }

    private static void addDeclines(Map<String, TestCard> cards) {
        declines(cards, "4000000000000002", CARD_DECLINED, "generic_decline");
        declines(cards, "4000000000009995", CARD_DECLINED, "insufficient_funds");
        declines(cards, "4000000000009987", CARD_DECLINED, "lost_card");
        declines(cards, "4000000000009979", CARD_DECLINED, "stolen_card");
        declines(cards, "4000000000000341", CARD_DECLINED, "generic_decline");
        declines(cards, "4000000000000069", "expired_card", "expired_card");
        declines(cards, "4000000000000127", "incorrect_cvc", "incorrect_cvc");
        declines(cards, "4000000000000119", "processing_error", "processing_error");
        declines(cards, "4242424242424241", "incorrect_number", "incorrect_number");
    }

    private static void declines(
            Map<String, TestCard> cards, String number, String code, String declineCode) {
        add(cards, number, "visa", "US", "credit", new Declines(code, declineCode));
    }

    private static void add(
            Map<String, TestCard> cards,
            String number,
            String brand,
            String country,
            String funding,
            Outcome outcome) {
        String last4 = number.substring(number.length() - 4);
        cards.put(number, new TestCard(brand, last4, country, funding, outcome));
    }
}
