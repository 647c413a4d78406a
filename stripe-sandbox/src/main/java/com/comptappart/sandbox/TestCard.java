package com.comptappart.sandbox;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A card number that Stripe publishes for testing, and what happens when somebody pays with it. */
record TestCard(String brand, String last4, String country, String funding, Outcome outcome) {

    private static final String CARD_DECLINED = "card_declined";
    private static final Map<String, TestCard> PUBLISHED = published();

    sealed interface Outcome {}

    /** The payment succeeds; what comes of it later depends on the card. */
    record Pays(Aftermath aftermath) implements Outcome {}

    record Declines(String code, String declineCode) implements Outcome {}

    /** 3-D Secure first; a card that was set up once needs it no more, unless it always does. */
    record Challenges(boolean always, Outcome whenPassed) implements Outcome {}

    enum Aftermath {
        NONE,
        DISPUTED_AS_FRAUDULENT,
        DISPUTED_AS_NOT_RECEIVED,
        INQUIRED,
        REFUND_PENDING_FIRST,
        REFUND_FAILS_LATER
    }

    static Optional<TestCard> of(String digits) {
        return Optional.ofNullable(PUBLISHED.get(digits));
    }

    /** What happens to a refund or after the payment; nothing for a card that doesn't pay. */
    Aftermath aftermath() {
        return switch (outcome) {
            case Pays pays -> pays.aftermath();
            case Challenges(boolean _, Pays pays) -> pays.aftermath();
            case Challenges _, Declines _ -> Aftermath.NONE;
        };
    }

    private static Map<String, TestCard> published() {
        var cards = new HashMap<String, TestCard>();
        var pays = new Pays(Aftermath.NONE);
        add(cards, "4242424242424242", "visa", "US", "credit", pays);
        add(cards, "4000056655665556", "visa", "US", "debit", pays);
        add(cards, "4000002500000003", "visa", "FR", "credit", pays);
        add(cards, "4000002500001001", "visa", "FR", "credit", pays);
        add(cards, "4000000000000077", "visa", "US", "credit", pays);
        add(cards, "4000003720000278", "visa", "IE", "credit", pays);
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
        addStories(cards);
        return Map.copyOf(cards);
    }

    private static void addDeclines(Map<String, TestCard> cards) {
        declines(cards, "4000000000000002", CARD_DECLINED, "generic_decline");
        declines(cards, "4000000000009995", CARD_DECLINED, "insufficient_funds");
        declines(cards, "4000000000009987", CARD_DECLINED, "lost_card");
        declines(cards, "4000000000009979", CARD_DECLINED, "stolen_card");
        declines(cards, "4000000000006975", CARD_DECLINED, "card_velocity_exceeded");
        declines(cards, "4100000000000019", CARD_DECLINED, "fraudulent");
        declines(cards, "4000000000000341", CARD_DECLINED, "generic_decline");
        declines(cards, "4000000000000069", "expired_card", "expired_card");
        declines(cards, "4000000000000127", "incorrect_cvc", "incorrect_cvc");
        declines(cards, "4000000000000119", "processing_error", "processing_error");
        declines(cards, "4242424242424241", "incorrect_number", "incorrect_number");
    }

    private static void addStories(Map<String, TestCard> cards) {
        var pays = new Pays(Aftermath.NONE);
        story(cards, "4000000000000259", new Pays(Aftermath.DISPUTED_AS_FRAUDULENT));
        story(cards, "4000000000002685", new Pays(Aftermath.DISPUTED_AS_NOT_RECEIVED));
        story(cards, "4000000000001976", new Pays(Aftermath.INQUIRED));
        story(cards, "4000000000007726", new Pays(Aftermath.REFUND_PENDING_FIRST));
        story(cards, "4000000000005126", new Pays(Aftermath.REFUND_FAILS_LATER));
        story(cards, "4000002500003155", new Challenges(false, pays));
        story(cards, "4000002760003184", new Challenges(true, pays));
        story(cards, "4000000000003220", new Challenges(true, pays));
        story(
                cards,
                "4000008400001629",
                new Challenges(true, new Declines(CARD_DECLINED, "generic_decline")));
    }

    private static void declines(
            Map<String, TestCard> cards, String number, String code, String declineCode) {
        story(cards, number, new Declines(code, declineCode));
    }

    private static void story(Map<String, TestCard> cards, String number, Outcome outcome) {
        add(cards, number, "visa", "US", "credit", outcome);
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
