package com.comptappart.sandbox;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The names that stand for test cards and test accounts in API calls: {@code pm_card_visa}, {@code
 * tok_visa}, {@code pm_sepaDebit_success_fr}.
 */
final class TestTokens {

    private static final String PAYMENT_METHOD = "pm_card_";
    private static final String TOKEN = "tok_";
    private static final String SEPA = "pm_sepaDebit_";

    private static final Map<String, String> CARDS = cards();

    private TestTokens() {}

    /** The card that a {@code tok_…} stands for. */
    static Optional<TestCard> card(String token) {
        return token.startsWith(TOKEN) ? named(token.substring(TOKEN.length())) : Optional.empty();
    }

    /** The card or account that a {@code pm_card_…} or {@code pm_sepaDebit_…} stands for. */
    static Optional<Instrument> instrument(String method, int expiryYear) {
        if (method.startsWith(SEPA)) {
            return TestIban.named(method.substring(SEPA.length())).map(Instrument.SepaDebit::new);
        }
        if (!method.startsWith(PAYMENT_METHOD)) {
            return Optional.empty();
        }
        return named(method.substring(PAYMENT_METHOD.length()))
                .map(card -> new Instrument.Card(card, 12, expiryYear));
    }

    private static Optional<TestCard> named(String name) {
        return Optional.ofNullable(CARDS.get(name)).flatMap(TestCard::of);
    }

    private static Map<String, String> cards() {
        var cards = new HashMap<String, String>();
        cards.put("visa", "4242424242424242");
        cards.put("us", "4242424242424242");
        cards.put("visa_debit", "4000056655665556");
        cards.put("fr", "4000002500000003");
        cards.put("mastercard", "5555555555554444");
        cards.put("mastercard_debit", "5200828282828210");
        cards.put("mastercard_prepaid", "5105105105105100");
        cards.put("amex", "378282246310005");
        cards.put("discover", "6011111111111117");
        cards.put("diners", "3056930009020004");
        cards.put("jcb", "3566002020360505");
        cards.put("unionpay", "6200000000000005");
        cards.put("bypassPending", "4000000000000077");
        cards.put("bypassPendingInternational", "4000003720000278");
        both(cards, "chargeDeclined", "4000000000000002");
        both(cards, "chargeDeclinedInsufficientFunds", "4000000000009995");
        both(cards, "chargeDeclinedLostCard", "4000000000009987");
        both(cards, "chargeDeclinedStolenCard", "4000000000009979");
        both(cards, "chargeDeclinedVelocityLimitExceeded", "4000000000006975");
        both(cards, "chargeDeclinedFraudulent", "4100000000000019");
        both(cards, "chargeDeclinedExpiredCard", "4000000000000069");
        both(cards, "chargeDeclinedIncorrectCvc", "4000000000000127");
        both(cards, "chargeDeclinedProcessingError", "4000000000000119");
        both(cards, "chargeCustomerFail", "4000000000000341");
        both(cards, "createDispute", "4000000000000259");
        both(cards, "createDisputeProductNotReceived", "4000000000002685");
        both(cards, "createDisputeInquiry", "4000000000001976");
        both(cards, "pendingRefund", "4000000000007726");
        both(cards, "refundFail", "4000000000005126");
        cards.put("authenticationRequired", "4000002760003184");
        cards.put("authenticationRequiredOnSetup", "4000002500003155");
        cards.put("authenticationRequiredSetupForOffSession", "4000002500003155");
        cards.put("threeDSecure2Required", "4000000000003220");
        cards.put("threeDSecureRequired", "4000000000003220");
        cards.put("authenticationRequiredChargeDeclinedInsufficientFunds", "4000008400001629");
        return Map.copyOf(cards);
    }

    /** Stripe takes some names with the brand and without. */
    private static void both(Map<String, String> cards, String name, String number) {
        cards.put(name, number);
        cards.put("visa_" + name, number);
    }
}
