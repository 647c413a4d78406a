package com.comptappart.stripe;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A buyer's tax ids that a French invoice mentions.
 *
 * @param any whether there is one of any kind: then the buyer is a business
 */
record TaxIds(@Nullable String siren, @Nullable String vatNumber, boolean any) {

    static TaxIds of(JsonNode list) {
        String siren = null;
        String vatNumber = null;
        boolean any = false;
        for (JsonNode taxId : list) {
            String value = Clean.line(taxId.path("value").asString("")).strip();
            String digits = value.replaceAll("[^0-9]", "");
            any |= !value.isEmpty();
            switch (taxId.path("type").asString("")) {
                case "eu_vat" -> vatNumber = value.isEmpty() ? null : value.replace(" ", "");
                case "fr_siren" -> siren = digits.length() == 9 ? digits : siren;
                case "fr_siret" -> siren = digits.length() == 14 ? digits.substring(0, 9) : siren;
                default -> {
                    // other countries' ids are no mention of a French invoice
                }
            }
        }
        return new TaxIds(siren == null ? sirenOf(vatNumber) : siren, vatNumber, any);
    }

    /** A French VAT number is a key of two characters and the SIREN; Monaco's holds none. */
    private static @Nullable String sirenOf(@Nullable String vatNumber) {
        if (vatNumber == null || !vatNumber.matches("FR[0-9A-Z]{2}[0-9]{9}")) {
            return null;
        }
        return vatNumber.startsWith("000", 4) ? null : vatNumber.substring(4);
    }
}
