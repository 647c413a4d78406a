package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * The tiers of a price, and how many units the lines charge that Stripe writes for them: one for
 * the units of each tier that they reach and one, of quantity 1 and so no unit, for each flat fee
 * of such a tier.
 *
 * @param volume all units are of the tier that the whole quantity falls in, instead of each of its
 *     own
 */
record PriceTiers(boolean volume, List<Tier> tiers) {

    static final PriceTiers UNKNOWN = new PriceTiers(false, List.of());

    private static final int MOST = 1000;

    /**
     * @param upTo the last unit of it; the greatest number for the last tier
     * @param flat whether it has a fee for itself, whatever the number of units
     */
    record Tier(long upTo, boolean flat) {}

    PriceTiers {
        tiers = List.copyOf(tiers);
        if (tiers.size() > MOST) {
            throw new Unreadable(Reason.PRICE_TIERS_TOO_MANY.text(tiers.size()));
        }
    }

    /** Of a price with its tiers; none where Stripe shows none. */
    static PriceTiers of(JsonNode price) {
        var tiers = new ArrayList<Tier>();
        for (JsonNode tier : price.path("tiers")) {
            boolean flat = isFee(tier.path("flat_amount"), tier.path("flat_amount_decimal"));
            var end = tier.path("up_to");
            tiers.add(new Tier(end.isNumber() ? end.longValue() : Long.MAX_VALUE, flat));
        }
        return new PriceTiers(price.path("tiers_mode").asString("").equals("volume"), tiers);
    }

    private static boolean isFee(JsonNode amount, JsonNode decimal) {
        String text = decimal.asString("");
        return text.isEmpty()
                ? amount.asLong(0) != 0
                : text.matches("[0-9.]{1,40}") && new BigDecimal(text).signum() != 0;
    }

    /**
     * The quantity of the subscription item that these lines charge: theirs together less those of
     * flat fees.
     */
    long quantity(List<JsonNode> lines) {
        long sum = 0;
        long ones = 0;
        long zeros = 0;
        long named = 0;
        for (JsonNode line : lines) {
            long quantity = Math.max(0, line.path("quantity").asLong(1));
            sum += quantity;
            ones += quantity == 1 ? 1 : 0;
            zeros += quantity == 0 ? 1 : 0;
            named += quantity == 1 && isCalledFlatFee(line) ? 1 : 0;
        }
        if (tiers.isEmpty()) {
            return sum - named;
        }
        // A fee whose line has the quantity 0 is no unit already.
        long most = Math.clamp(lines.size() - 1 - zeros, 0, ones);
        if (volume) {
            return sum - most;
        }
        for (long fees = 0; fees <= most; fees++) {
            if (Math.max(0, fees(sum - fees) - zeros) == fees) {
                return sum - fees;
            }
        }
        return sum - named;
    }

    private static boolean isCalledFlatFee(JsonNode line) {
        return line.path("description").asString("").toLowerCase(Locale.ROOT).contains("flat fee");
    }

    /** How many tiers that so many units reach have a flat fee; the first one is always reached. */
    private long fees(long units) {
        long fees = 0;
        long before = 0;
        for (Tier tier : tiers) {
            boolean reached = before == 0 || units > before;
            fees += reached && tier.flat() ? 1 : 0;
            before = tier.upTo();
        }
        return fees;
    }
}
