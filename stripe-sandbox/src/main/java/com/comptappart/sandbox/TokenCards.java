package com.comptappart.sandbox;

import java.util.Map;
import java.util.Optional;

/** The names under which Stripe publishes its test cards, so that no number needs to be sent. */
final class TokenCards {

    private static final Map<String, String> NUMBERS =
            Map.ofEntries(
                    Map.entry("visa", "4242424242424242"),
                    Map.entry("visa_debit", "4000056655665556"),
                    Map.entry("mastercard", "5555555555554444"),
                    Map.entry("mastercard_debit", "5200828282828210"),
                    Map.entry("mastercard_prepaid", "5105105105105100"),
                    Map.entry("amex", "378282246310005"),
                    Map.entry("discover", "6011111111111117"),
                    Map.entry("diners", "3056930009020004"),
                    Map.entry("jcb", "3566002020360505"),
                    Map.entry("unionpay", "6200000000000005"),
                    Map.entry("fr", "4000002500000003"),
                    Map.entry("bypassPending", "4000000000000077"),
                    Map.entry("bypassPendingInternational", "4000003720000278"),
                    Map.entry("createDispute", "4000000000000259"),
                    Map.entry("createDisputeProductNotReceived", "4000000000002685"),
                    Map.entry("createDisputeInquiry", "4000000000001976"),
                    Map.entry("pendingRefund", "4000000000007726"),
                    Map.entry("refundFail", "4000000000005126"),
                    Map.entry("authenticationRequired", "4000002760003184"),
                    Map.entry("authenticationRequiredOnSetup", "4000002500003155"),
                    Map.entry("authenticationRequiredSetupForOffSession", "4000002500003155"),
                    Map.entry("threeDSecure2Required", "4000000000003220"),
                    Map.entry("threeDSecureRequired", "4000000000003220"),
                    Map.entry("chargeDeclinedVelocityLimitExceeded", "4000000000006975"),
                    Map.entry("chargeDeclinedFraudulent", "4100000000000019"),
                    Map.entry("chargeCustomerFail", "4000000000000341"),
                    Map.entry("chargeDeclined", "4000000000000002"),
                    Map.entry("chargeDeclinedInsufficientFunds", "4000000000009995"),
                    Map.entry("chargeDeclinedLostCard", "4000000000009987"),
                    Map.entry("chargeDeclinedStolenCard", "4000000000009979"),
                    Map.entry("chargeDeclinedExpiredCard", "4000000000000069"),
                    Map.entry("chargeDeclinedIncorrectCvc", "4000000000000127"),
                    Map.entry("chargeDeclinedProcessingError", "4000000000000119"));

    private TokenCards() {}

    /**
     * The card of {@code tok_visa}, {@code pm_card_visa} or {@code pm_card_visa_chargeDeclined}.
     */
    static Optional<TestCard> of(String token) {
        String name =
                token.startsWith("tok_")
                        ? token.substring("tok_".length())
                        : token.startsWith("pm_card_") ? token.substring("pm_card_".length()) : "";
        Optional<TestCard> whole = card(name);
        return whole.isPresent() || !name.startsWith("visa_")
                ? whole
                : card(name.substring("visa_".length()));
    }

    private static Optional<TestCard> card(String name) {
        return Optional.ofNullable(NUMBERS.get(name)).flatMap(TestCard::of);
    }
}
