package com.comptappart.accounting;

import com.comptappart.kernel.Currency;
import com.comptappart.testing.Sale;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A sale and what its documents must say.
 *
 * @param classes what kind of sale it is: the words of which every pair must occur
 * @param taxes categories, each with its rate or the code of its exemption
 * @param lines all of them, of which the event may not have all
 * @param refunds what is given back, in minor units, one after the other
 */
record GeneratedSale(
        Sale sale,
        Regime regime,
        Currency currency,
        List<String> classes,
        Set<String> taxes,
        List<JsonNode> lines,
        List<Long> refunds) {

    GeneratedSale {
        classes = List.copyOf(classes);
        taxes = Set.copyOf(taxes);
        lines = List.copyOf(lines);
        refunds = List.copyOf(refunds);
    }

    String session() {
        return "cs_" + sale.id();
    }

    String refund(int number) {
        return "re_" + sale.id() + "_" + number;
    }

    String stripeCurrency() {
        return currency.code().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public String toString() {
        return session() + " " + classes;
    }
}
