package com.comptappart.sandbox;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a quantity costs, one share per tier; a price without tiers has one share.
 *
 * @param amount in the smallest unit of the currency
 * @param unitAmount for one unit, in the same
 * @param note says which tier; empty without tiers
 */
record PriceShare(long quantity, long amount, long unitAmount, String note) {

    static long total(Store store, JsonNode price, long quantity) {
        return of(store, price, quantity).stream().mapToLong(PriceShare::amount).sum();
    }

    static List<PriceShare> of(Store store, JsonNode price, long quantity) {
        if (!price.path("billing_scheme").asString("").equals("tiered")) {
            long unit = price.path("unit_amount").asLong();
            return List.of(new PriceShare(quantity, Math.multiplyExact(unit, quantity), unit, ""));
        }
        JsonNode tiers = store.aside(price.path("id").asString(), PriceTiers.ASIDE);
        return price.path("tiers_mode").asString().equals("volume")
                ? volume(tiers, quantity)
                : graduated(tiers, quantity);
    }

    /** All units cost what the tier says in which the whole quantity falls. */
    private static List<PriceShare> volume(JsonNode tiers, long quantity) {
        int number = 0;
        for (JsonNode tier : tiers) {
            number++;
            if (tier.path("up_to").isNull() || quantity <= tier.path("up_to").asLong()) {
                var shares = new ArrayList<PriceShare>();
                add(shares, tier, quantity, number);
                return shares;
            }
        }
        throw new IllegalStateException("the last tier has no end");
    }

    /** Each tier's units cost what that tier says. */
    private static List<PriceShare> graduated(JsonNode tiers, long quantity) {
        var shares = new ArrayList<PriceShare>();
        long before = 0;
        int number = 0;
        for (JsonNode tier : tiers) {
            number++;
            long end = tier.path("up_to").isNull() ? quantity : tier.path("up_to").asLong();
            long units = Math.min(quantity, end) - before;
            if (units > 0 || number == 1) {
                add(shares, tier, Math.max(units, 0), number);
            }
            before = end;
        }
        return shares;
    }

    private static void add(List<PriceShare> shares, JsonNode tier, long units, int number) {
        long unit = tier.path("unit_amount").asLong(0);
        String note = "Tier %d".formatted(number);
        shares.add(new PriceShare(units, Math.multiplyExact(unit, units), unit, note));
        long flat = tier.path("flat_amount").asLong(0);
        if (flat > 0) {
            shares.add(new PriceShare(1, flat, flat, note + ", flat fee"));
        }
    }
}
