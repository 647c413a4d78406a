package com.comptappart.sandbox;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The kinds of payment methods that the sandbox imitates: cards, and SEPA debits of euros. */
final class MethodTypes {

    static final String CARD = "card";
    static final String SEPA_DEBIT = "sepa_debit";

    private MethodTypes() {}

    /** What is offered when nobody says: as the settings of an account in the euro area. */
    static List<String> usual(String currency) {
        return currency.equals("eur") ? List.of(CARD, SEPA_DEBIT) : List.of(CARD);
    }

    /** What a session offers: what was asked for, or the usual less what was excluded. */
    static void read(Params params, ObjectNode session) {
        List<String> asked = params.texts("payment_method_types");
        requireImitated(asked, "payment_method_types");
        List<String> excluded = params.texts("excluded_payment_method_types");
        String currency = session.path("currency").asString();
        if (asked.contains(SEPA_DEBIT) && !currency.equals("eur")) {
            throw Refusal.of(
                    null, "payment_method_types", "The payment method sepa_debit takes only eur.");
        }
        List<String> offered =
                (asked.isEmpty() ? usual(currency) : asked)
                        .stream().filter(type -> !excluded.contains(type)).toList();
        if (offered.isEmpty()) {
            throw Refusal.of(
                    null, "excluded_payment_method_types", "No payment method is left to offer.");
        }
        var kept = session.putArray("payment_method_types");
        offered.forEach(kept::add);
    }

    static void requireImitated(List<String> asked, String param) {
        for (String type : asked) {
            if (!type.equals(CARD) && !type.equals(SEPA_DEBIT)) {
                throw Refusal.notImitated(param, "payments by `" + type + "`");
            }
        }
    }
}
