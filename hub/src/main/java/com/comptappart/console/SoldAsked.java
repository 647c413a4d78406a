package com.comptappart.console;

import com.comptappart.order.Sought;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person asked of the list of orders by what was sold, as it stands in the address.
 *
 * @param etat a state's name in lower case
 * @param produit a name or {@code prod_…}
 * @param du the first day of Paris
 * @param au the last day of Paris
 * @param min in units of the currency, with a comma or a point
 * @param max in units of the currency
 * @param raison Stripe's billing reason
 */
record SoldAsked(
        @Nullable String etat,
        @Nullable String produit,
        @Nullable String du,
        @Nullable String au,
        @Nullable String min,
        @Nullable String max,
        @Nullable String raison) {

    SoldAsked {
        etat = Cursors.typed(etat);
        produit = Cursors.typed(produit);
        du = Cursors.typed(du);
        au = Cursors.typed(au);
        min = Cursors.typed(min);
        max = Cursors.typed(max);
        raison = Cursors.typed(raison);
    }

    public boolean nothing() {
        return parts().isEmpty();
    }

    /** As the address has them; those that ask nothing are missing. */
    Map<String, String> parts() {
        var parts = new LinkedHashMap<String, String>();
        add(parts, "etat", etat);
        add(parts, "produit", produit);
        add(parts, "du", du);
        add(parts, "au", au);
        add(parts, "min", min);
        add(parts, "max", max);
        add(parts, "raison", raison);
        return parts;
    }

    /** Empty where what was asked for can match nothing. */
    Optional<Sought> sought() {
        var state =
                Arrays.stream(Sought.State.values())
                        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(etat))
                        .findFirst();
        if (etat != null && state.isEmpty()) {
            return Optional.empty();
        }
        try {
            var days = TypedDays.of(du, au);
            return Optional.of(
                    new Sought(
                            state.orElse(null),
                            produit,
                            amount(min),
                            amount(max),
                            raison,
                            days.since(),
                            days.until()));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static @Nullable BigDecimal amount(@Nullable String typed) {
        if (typed == null) {
            return null;
        }
        return TypedAmount.of(typed)
                .orElseThrow(() -> new NumberFormatException("no amount: " + typed));
    }

    private static void add(Map<String, String> parts, String name, @Nullable String value) {
        if (value != null) {
            parts.put(name, value);
        }
    }
}
