package com.comptappart.stripe;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The {@code coverage} metadata: what properties and tax years the payment is for (contract,
 * section 3).
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
        return new Coverage(
                "[]",
                "the metadata 'coverage' is no array of {year, property: {external_id, name}}");
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
}
