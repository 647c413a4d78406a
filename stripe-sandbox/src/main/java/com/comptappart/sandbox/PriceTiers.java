package com.comptappart.sandbox;

import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** The tiers of a price: kept beside it, because Stripe shows them only on demand. */
final class PriceTiers {

    static final String ASIDE = "tiers";
    private static final int MOST = 100;
    private static final long MOST_AMOUNT = 999_999_999_999L;

    private final Store store;

    PriceTiers(Store store) {
        this.store = store;
    }

    void read(Params params, ObjectNode price) {
        price.put("billing_scheme", "tiered");
        price.put(
                "tiers_mode",
                params.oneOf("tiers_mode", "graduated", "volume")
                        .orElseThrow(() -> Refusal.missing(params.nameOf("tiers_mode"))));
        price.putNull("unit_amount");
        price.putNull("unit_amount_decimal");
        List<Params> given = params.childrenOf("tiers");
        if (given.isEmpty() || given.size() > MOST) {
            throw Refusal.of(
                    "parameter_missing",
                    params.nameOf("tiers"),
                    "A tiered price needs from 1 to %d `tiers`.".formatted(MOST));
        }
        var tiers = Json.array();
        long below = 0;
        for (Params tier : given) {
            boolean last = tiers.size() == given.size() - 1;
            ObjectNode read = tier(tier, below, last);
            below = read.path("up_to").asLong(Long.MAX_VALUE);
            tiers.add(read);
        }
        store.putAside(price.path("id").asString(), ASIDE, tiers);
    }

    private static ObjectNode tier(Params given, long below, boolean last) {
        OptionalLong unit = amount(given, "unit_amount");
        OptionalLong flat = amount(given, "flat_amount");
        if (unit.isEmpty() && flat.isEmpty()) {
            throw Refusal.missing(given.nameOf("unit_amount"));
        }
        ObjectNode tier = Json.object();
        putAmount(tier, "flat_amount", flat);
        putAmount(tier, "unit_amount", unit);
        String upTo = given.required("up_to");
        if (last != upTo.equals("inf")) {
            throw Refusal.of(
                    null,
                    given.nameOf("up_to"),
                    "Only the last tier, and always the last, has `up_to` = `inf`.");
        }
        if (last) {
            return tier.putNull("up_to");
        }
        long end = given.integer("up_to").orElseThrow();
        if (end <= below) {
            throw Refusal.of(
                    null, given.nameOf("up_to"), "Tiers must be in order of rising `up_to`.");
        }
        return tier.put("up_to", end);
    }

    private static OptionalLong amount(Params given, String name) {
        OptionalLong amount = given.integer(name);
        if (amount.isPresent() && (amount.getAsLong() < 0 || amount.getAsLong() > MOST_AMOUNT)) {
            throw Refusal.of(
                    "parameter_invalid_integer",
                    given.nameOf(name),
                    "Invalid amount: must be from 0 to %d.".formatted(MOST_AMOUNT));
        }
        return amount;
    }

    private static void putAmount(ObjectNode tier, String name, OptionalLong amount) {
        if (amount.isEmpty()) {
            tier.putNull(name).putNull(name + "_decimal");
            return;
        }
        tier.put(name, amount.getAsLong());
        tier.put(name + "_decimal", String.valueOf(amount.getAsLong()));
    }
}
