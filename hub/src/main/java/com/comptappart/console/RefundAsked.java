package com.comptappart.console;

import com.comptappart.kernel.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What was typed into the form of a refund, as its fields have it: {@code quoi} (all, an amount,
 * lines), {@code montant}, {@code motif}, {@code q1} and {@code m1} for the first line's quantity
 * and amount, {@code jeton} which makes a form one refund.
 */
record RefundAsked(Map<String, String> fields) {

    static final String ALL = "tout";
    static final String AMOUNT = "montant";
    static final String LINES = "lignes";

    private static final String TOKEN = "jeton";

    RefundAsked {
        var kept = new TreeMap<String, String>();
        fields.forEach((name, value) -> {
            if (name.matches("quoi|montant|motif|jeton|[qm][1-9][0-9]{0,3}") && !value.isBlank()) {
                kept.put(name, value.strip());
            }
        });
        fields = Map.copyOf(kept);
    }

    /** With a token: a new one for a form that had none. */
    static RefundAsked of(Map<String, String> fields) {
        var asked = new RefundAsked(fields);
        return asked.token().isPresent() ? asked : asked.with(TOKEN, StripeForms.token());
    }

    private RefundAsked with(String name, String value) {
        var more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new RefundAsked(more);
    }

    /** Nothing but the token and a reason, which a form has before anyone types. */
    boolean isEmpty() {
        return what().isEmpty() && field("montant").isEmpty() && !namesLines();
    }

    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /** What of the order; empty until it is chosen. */
    String what() {
        return field("quoi");
    }

    String reason() {
        return fields.getOrDefault("motif", "requested_by_customer");
    }

    Optional<String> token() {
        return Optional.of(field(TOKEN)).filter(StripeForms::isToken);
    }

    /** Whether something was typed for lines, whatever was chosen. */
    boolean namesLines() {
        return fields.keySet().stream().anyMatch(name -> name.matches("[qm][1-9][0-9]{0,3}"));
    }

    /**
     * An amount as people write it, in minor units; empty where it is none of that currency, or not
     * more than 0.
     */
    static OptionalLong minor(String typed, Currency currency) {
        var written = TypedAmount.of(typed);
        if (written.isEmpty()) {
            return OptionalLong.empty();
        }
        var amount = written.get();
        if (amount.signum() == 0 || amount.stripTrailingZeros().scale() > currency.decimals()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(amount.movePointRight(currency.decimals()).longValueExact());
    }
}
