package com.comptappart.sandbox;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stripe Tax for a seller in France: 20 % there and for consumers in the Union, nothing for its
 * businesses with a VAT number (reverse charge) and for the rest of the world.
 */
final class AutomaticTax {

    private static final BigDecimal FRENCH_PERCENTAGE = BigDecimal.valueOf(20);
    private static final String HOME = "FR";
    private static final Set<String> OTHER_UNION =
            Set.of(
                    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GR", "HR", "HU",
                    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

    /** Whose money is taxed: where they live and what they are to a tax office. */
    record Buyer(String country, String exempt, boolean hasVatNumber) {

        static Buyer of(Store store, JsonNode customer) {
            boolean vat =
                    CustomerTaxIds.of(store, customer.path("id").asString(""))
                            .anyMatch(id -> id.path("type").asString().equals("eu_vat"));
            return new Buyer(
                    customer.path("address").path("country").asString(""),
                    customer.path("tax_exempt").asString("none"),
                    vat);
        }

        boolean isSomewhere() {
            return !country.isEmpty();
        }
    }

    private final Store store;

    AutomaticTax(Store store) {
        this.store = store;
    }

    List<TaxShare> on(long amount, JsonNode price, String currency, Buyer buyer) {
        if (!buyer.isSomewhere()) {
            return List.of();
        }
        boolean inclusive = isInclusive(price, currency);
        String reason = reason(buyer);
        boolean taxed = reason.equals("standard_rated");
        BigDecimal percentage = taxed ? FRENCH_PERCENTAGE : BigDecimal.ZERO;
        return TaxShare.of(amount, List.of(rate(percentage, inclusive, buyer.country())), reason);
    }

    private static String reason(Buyer buyer) {
        boolean abroadInUnion = OTHER_UNION.contains(buyer.country());
        if (buyer.exempt().equals("exempt")) {
            return "customer_exempt";
        }
        if (buyer.exempt().equals("reverse") || (abroadInUnion && buyer.hasVatNumber())) {
            return "reverse_charge";
        }
        return buyer.country().equals(HOME) || abroadInUnion ? "standard_rated" : "not_collecting";
    }

    /** Unless the price says, prices include tax but where people write them without. */
    private static boolean isInclusive(JsonNode price, String currency) {
        return switch (price.path("tax_behavior").asString("unspecified")) {
            case "inclusive" -> true;
            case "exclusive" -> false;
            default -> !Set.of("usd", "cad").contains(currency);
        };
    }

    /** One rate object per percentage, way of counting and country, as Stripe Tax makes them. */
    private ObjectNode rate(BigDecimal percentage, boolean inclusive, String country) {
        return store.newestFirst(Kind.TAX_RATE).stream()
                .filter(rate -> rate.path("metadata").has("automatic"))
                .filter(rate -> rate.path("percentage").asDecimal().compareTo(percentage) == 0)
                .filter(rate -> rate.path("inclusive").asBoolean() == inclusive)
                .filter(rate -> rate.path("country").asString().equals(country))
                .findFirst()
                .orElseGet(() -> newRate(percentage, inclusive, country));
    }

    private ObjectNode newRate(BigDecimal percentage, boolean inclusive, String country) {
        ObjectNode rate = TaxRates.blank(store, "VAT", percentage);
        rate.put("active", false);
        rate.put("country", country);
        rate.put("inclusive", inclusive);
        rate.put("jurisdiction", country);
        rate.put("jurisdiction_level", "country");
        rate.put("tax_type", "vat");
        ((ObjectNode) rate.path("metadata")).put("automatic", "true");
        return store.put(Kind.TAX_RATE, rate);
    }
}
