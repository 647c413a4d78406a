package com.comptappart.stripe;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What Stripe says about the tax of a line.
 *
 * @param computed whether Stripe computed it, be it zero
 * @param amount minor units, within the line's total
 * @param percentage the one rate that Stripe names, empty where it names none or several
 * @param country of that rate, empty where Stripe does not say
 * @param reason Stripe's {@code taxability_reason}, empty where it gives none
 */
record StripeTax(boolean computed, long amount, String percentage, String country, String reason) {

    static final StripeTax NONE = new StripeTax(false, 0, "", "", "");

    /**
     * Of a session's line or shipping.
     *
     * @param computed whether Stripe Tax computed the whole
     */
    static StripeTax of(JsonNode line, boolean computed) {
        long amount = SessionFields.amountOrZero(line, "amount_tax");
        var taxes = new ArrayList<Share>();
        for (JsonNode tax : line.path("taxes")) {
            var rate = tax.path("rate");
            taxes.add(
                    new Share(
                            tax.path("amount").asLong(0),
                            rate.path("percentage").asString(""),
                            rate.path("country").asString(""),
                            tax.path("taxability_reason").asString("")));
        }
        return of(amount, taxes, computed || amount > 0);
    }

    /** One tax of a line. */
    record Share(long amount, String percentage, String country, String reason) {}

    /** Several taxes have no rate that could be printed; those that took nothing do not count. */
    static StripeTax of(long amount, List<Share> taxes, boolean computed) {
        if (taxes.isEmpty()) {
            return new StripeTax(computed, amount, "", "", "");
        }
        var charging = taxes.stream().filter(tax -> tax.amount() != 0).toList();
        var counted = charging.isEmpty() ? taxes : charging;
        var first = counted.getFirst();
        return new StripeTax(
                true,
                amount,
                counted.size() == 1 ? first.percentage() : "",
                first.country(),
                first.reason());
    }

    StripeTax withAmount(long other) {
        return new StripeTax(computed, other, percentage, country, reason);
    }
}
