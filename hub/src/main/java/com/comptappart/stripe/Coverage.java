package com.comptappart.stripe;

import com.comptappart.kernel.Paris;
import com.comptappart.kernel.Reason;
import com.comptappart.kernel.Refused;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code coverage} of an order: what properties and tax years the payment is for (contract,
 * section 3), from the metadata; with a subscription the years move on with what is paid.
 *
 * @param json the JSON array, {@code []} where there is none or it is malformed
 * @param attention what is wrong with it, empty where nothing is
 */
record Coverage(String json, String attention) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * @param text the metadata's value, empty where there is none
     */
    static Coverage of(String text) {
        if (text.isBlank()) {
            return new Coverage("[]", "");
        }
        try {
            var array = JSON.readTree(text);
            if (isWellFormed(array)) {
                return new Coverage(array.toString(), "");
            }
        } catch (JacksonException e) {
            // malformed, as said below
        }
        return new Coverage("[]", Reason.COVERAGE_UNREADABLE.text());
    }

    /**
     * Refuses what {@link #of} could not read, while there is nothing to lose yet.
     *
     * @throws Refused saying what it must look like
     */
    static void check(String text) {
        if (!of(text).attention().isEmpty()) {
            throw Refused.invalid(
                    "coverage_invalid",
                    "metadata.coverage: a text that is a JSON array of the years and properties paid for, such as "
                            + "[{\"year\":2026,\"property\":{\"external_id\":\"00322f69\",\"name\":\"Appartement Bordeaux\"}}]");
        }
    }

    private static boolean isWellFormed(JsonNode array) {
        if (!array.isArray()) {
            return false;
        }
        for (JsonNode entry : array) {
            var property = entry.path("property");
            if (!entry.path("year").isIntegralNumber()
                    || !property.path("external_id").isString()
                    || !property.path("name").isString()) {
                return false;
            }
        }
        return true;
    }

    /** The same properties, each once, for the year in which the paid period starts, in Paris. */
    Coverage renewed(Instant periodStart) {
        int year = Paris.dayOf(periodStart).getYear();
        var renewed = JSON.createArrayNode();
        Set<String> seen = new HashSet<>();
        for (var entry : JSON.readTree(json)) {
            if (seen.add(property((ObjectNode) entry))) {
                renewed.add(((ObjectNode) entry.deepCopy()).put("year", year));
            }
        }
        return new Coverage(renewed.toString(), attention);
    }

    /** Without what earlier orders covered; {@code covered} as {@link #keys} writes it. */
    Coverage without(Set<String> covered) {
        var added = JSON.createArrayNode();
        for (var entry : JSON.readTree(json)) {
            if (!covered.contains(key((ObjectNode) entry))) {
                added.add(entry);
            }
        }
        return new Coverage(added.toString(), attention);
    }

    /** What each entry of a JSON array covers: a property in a year. */
    static Set<String> keys(String json) {
        Set<String> keys = new HashSet<>();
        JSON.readTree(json).forEach(entry -> keys.add(key((ObjectNode) entry)));
        return keys;
    }

    private static String key(ObjectNode entry) {
        return entry.path("year").asLong() + " " + property(entry);
    }

    private static String property(ObjectNode entry) {
        return entry.path("property").path("external_id").asString("");
    }
}
