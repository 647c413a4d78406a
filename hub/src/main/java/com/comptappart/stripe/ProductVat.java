package com.comptappart.stripe;

import tools.jackson.databind.JsonNode;

/**
 * What a product's metadata say about its tax, empty where they say nothing.
 *
 * @param rate {@code vat_rate}, a percentage
 * @param nature {@code goods} or {@code services}
 * @param exemption {@code vat_exemption}: the VATEX code of the article that exempts it
 */
record ProductVat(String rate, String nature, String exemption) {

    static final ProductVat NONE = new ProductVat("", "", "");

    static ProductVat of(JsonNode metadata) {
        return new ProductVat(
                Clean.line(metadata.path("vat_rate").asString("")).strip(),
                metadata.path("nature").asString("").strip(),
                exemption(metadata.path("vat_exemption").asString("")));
    }

    /** A code as it is written in metadata; empty where it is no code. */
    static String exemption(String text) {
        String code = text.strip().toUpperCase(java.util.Locale.ROOT);
        return code.matches("VATEX-[A-Z0-9-]{2,40}") ? code : "";
    }
}
