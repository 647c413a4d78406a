package com.comptappart.demo;

import java.util.List;

/**
 * What the shop wants to know of a buyer, as a choice on the payment page.
 *
 * @param key as Stripe and the partner get it
 * @param usual the value that the demo's buyer chooses
 */
record Question(
        String key, String label, String inEnglish, List<Question.Choice> choices, String usual) {

    static final Question TAX_YEAR =
            new Question(
                    "anneedeladeclaration",
                    "Année de la déclaration",
                    "Tax year",
                    List.of(
                            new Choice("2025", "2025", "2025"),
                            new Choice("2024", "2024", "2024"),
                            new Choice("2023", "2023", "2023")),
                    "2024");

    static final Question REGIME =
            new Question(
                    "regimefiscal",
                    "Régime fiscal",
                    "Tax regime",
                    List.of(
                            new Choice("lmnpreel", "LMNP au réel", "Furnished, actual costs"),
                            new Choice("sciis", "SCI à l'IS", "SCI under corporate tax")),
                    "lmnpreel");

    /** One of the answers. */
    record Choice(String value, String label, String inEnglish) {}

    Question {
        choices = List.copyOf(choices);
    }
}
