package com.comptappart.sandbox;

import static com.comptappart.sandbox.PageHtml.text;

import java.util.List;
import java.util.Map;

/** How to pay: the card, the bank account, and the choice between them where both are offered. */
record MethodFields(List<String> offered, Words words) {

    static final String CHOICE = "method";

    MethodFields {
        offered = List.copyOf(offered);
    }

    /** The method that was chosen, or the only one. */
    static String chosen(List<String> offered, Map<String, String> fields) {
        String asked = fields.getOrDefault(CHOICE, "");
        return offered.contains(asked) ? asked : offered.getFirst();
    }

    String html(Fields fields) {
        String chosen = chosen(offered, fields.typed());
        var groups = new StringBuilder();
        if (offered.size() > 1) {
            groups.append(choice(chosen));
        }
        if (offered.contains(MethodTypes.CARD)) {
            groups.append(card(fields));
        }
        if (offered.contains(MethodTypes.SEPA_DEBIT)) {
            groups.append(account(fields));
        }
        return groups.toString();
    }

    private String choice(String chosen) {
        var radios = new StringBuilder();
        for (String type : offered) {
            radios.append(
                    "<label><input type=\"radio\" name=\"%s\" value=\"%s\"%s> %s</label>"
                            .formatted(
                                    CHOICE,
                                    text(type),
                                    type.equals(chosen) ? " checked" : "",
                                    text(name(type))));
        }
        return group(words.say("Moyen de paiement", "Payment method"), radios.toString());
    }

    private String name(String type) {
        return type.equals(MethodTypes.CARD)
                ? words.say("Carte", "Card")
                : words.say("Prélèvement SEPA", "SEPA debit");
    }

    private String card(Fields fields) {
        return group(
                words.say("Carte de test", "Test card"),
                "<p class=\"hint\">4242 4242 4242 4242 : %s · 4000 0000 0000 0002 : %s · 4000 0027 6000 3184 : 3-D Secure</p>"
                                .formatted(
                                        text(words.say("acceptée", "accepted")),
                                        text(words.say("refusée", "declined")))
                        + cardInputs(fields, words));
    }

    /** What is typed from a card. */
    static String cardInputs(Fields fields, Words words) {
        return fields.input(
                        "card_number", words.say("Numéro de carte", "Card number"), "text", "off")
                + "<div class=\"two\">"
                + fields.input(
                        "card_expiry",
                        words.say("Expiration (MM/AA)", "Expiry (MM/YY)"),
                        "text",
                        "off")
                + fields.input(
                        "card_cvc", words.say("Code de sécurité", "Security code"), "text", "off")
                + "</div>";
    }

    private String account(Fields fields) {
        return group(
                words.say("Compte de test (prélèvement SEPA)", "Test account (SEPA debit)"),
                "<p class=\"hint\">FR1420041010050500013M02606 : %s · FR8420041010050500013M02607 : %s</p>"
                                .formatted(
                                        text(words.say("réussit", "succeeds")),
                                        text(words.say("échoue", "fails")))
                        + fields.input("iban", "IBAN", "text", "off"));
    }

    private static String group(String title, String inputs) {
        return "<fieldset><legend>%s</legend>%s</fieldset>".formatted(text(title), inputs);
    }
}
