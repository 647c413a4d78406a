package com.comptappart.stripe;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code coverage} of an order of a subscription: its properties stay, the years move on with
 * what is paid (contract, section 3).
 *
 * @param json the JSON array
 * @param attention what is wrong with the metadata, empty where nothing is
 */
record CoveredYears(String json, String attention) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /** As the metadata say it. */
    static CoveredYears asTold(Coverage coverage) {
        return new CoveredYears(coverage.json(), coverage.attention());
    }

    /** Every entry for the year in which the paid period starts, in Paris; each property once. */
    static CoveredYears renewed(Coverage coverage, Instant periodStart) {
        int year = LocalDate.ofInstant(periodStart, PARIS).getYear();
        var renewed = JSON.createArrayNode();
        Set<String> seen = new HashSet<>();
        for (var entry : JSON.readTree(coverage.json())) {
            if (seen.add(property((ObjectNode) entry))) {
                renewed.add(((ObjectNode) entry.deepCopy()).put("year", year));
            }
        }
        return new CoveredYears(renewed.toString(), coverage.attention());
    }

    /** Only what no earlier order covered; {@code covered} as {@link #key} writes it. */
    static CoveredYears added(Coverage coverage, Set<String> covered) {
        var added = JSON.createArrayNode();
        for (var entry : JSON.readTree(coverage.json())) {
            if (!covered.contains(key((ObjectNode) entry))) {
                added.add(entry);
            }
        }
        return new CoveredYears(added.toString(), coverage.attention());
    }

    /** What one entry covers: a property in a year. */
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
