package com.comptappart.demo;

import java.util.List;

/**
 * A let property, as the partner knows it.
 *
 * @param externalId the partner's own id of it
 */
record Property(String externalId, String name) {

    static final Property BORDEAUX =
            new Property("00322f69-c2a2-41d3-9848-0d74c838a6c4", "Appartement Bordeaux");
    static final Property ARCACHON =
            new Property("5b0a7a1e-90b4-4c55-9d1f-2f6c1f0d6c11", "Studio Arcachon");

    /** The {@code coverage} metadata: these properties in that tax year (contract, section 3). */
    static String coverage(int year, List<Property> properties) {
        var entries = Json.MAPPER.createArrayNode();
        for (Property each : properties) {
            var entry = entries.addObject().put("year", year);
            entry.putObject("property").put("external_id", each.externalId).put("name", each.name);
        }
        return entries.toString();
    }
}
