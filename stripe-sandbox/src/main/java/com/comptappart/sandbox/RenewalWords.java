package com.comptappart.sandbox;

import tools.jackson.databind.JsonNode;

/** How often a price is paid, for people: {@code / an}, {@code / 3 mois}; nothing if once. */
final class RenewalWords {

    private RenewalWords() {}

    static String of(JsonNode price, Words words) {
        JsonNode recurring = price.path("recurring");
        if (!recurring.isObject()) {
            return "";
        }
        String interval =
                switch (recurring.path("interval").asString()) {
                    case "day" -> words.say("jour", "day");
                    case "week" -> words.say("semaine", "week");
                    case "month" -> words.say("mois", "month");
                    default -> words.say("an", "year");
                };
        long count = recurring.path("interval_count").asLong(1);
        return count == 1 ? " / " + interval : " / %d %s".formatted(count, interval);
    }
}
