package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.order.Order;
import com.comptappart.stripe.RefundRequests;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the last button of a refund sends: all amounts worked out, so that sent twice it is the same
 * refund, whatever is left by then.
 *
 * @param token of the form
 * @param lines how much for which line of the order, by its place from 0; empty for all
 */
record RefundSent(
        String token, long minor, Map<Integer, Long> lines, String reason, long seenLeft) {

    RefundSent {
        lines = Map.copyOf(lines);
    }

    static RefundSent of(RefundAsked asked, RefundPlan plan, long seenLeft) {
        return new RefundSent(
                asked.token().orElseThrow(), plan.minor(), plan.lines(), plan.reason(), seenLeft);
    }

    /**
     * @throws Refused where it is not what the page sends
     */
    static RefundSent of(Map<String, String> fields) {
        var lines = new TreeMap<Integer, Long>();
        fields.forEach((name, value) -> {
            if (name.matches("l[1-9][0-9]{0,3}")) {
                lines.put(Integer.parseInt(name.substring(1)) - 1, number(value));
            }
        });
        String token = fields.getOrDefault("jeton", "");
        if (!StripeForms.isToken(token)) {
            throw incomplete();
        }
        return new RefundSent(
                token,
                number(fields.getOrDefault("somme", "")),
                lines,
                fields.getOrDefault("motif", ""),
                number(fields.getOrDefault("vu", "")));
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,15}")) {
            throw incomplete();
        }
        return Long.parseLong(text);
    }

    private static Refused incomplete() {
        return Refused.invalid("form_incomplete", "begin the refund again from its order");
    }

    /** As the page sends it. */
    Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("jeton", token);
        fields.put("somme", Long.toString(minor));
        fields.put("motif", reason);
        fields.put("vu", Long.toString(seenLeft));
        new TreeMap<>(lines).forEach((line, part) -> fields.put("l" + (line + 1), part.toString()));
        return fields;
    }

    RefundRequests.Wanted wanted() {
        return new RefundRequests.Wanted(minor, reason.isEmpty() ? null : reason, lines, seenLeft);
    }

    /** The same for the same form sent again, another for anything else. */
    String stripeKey(Order order) {
        return StripeForms.key(
                token,
                order.paid().partner().value(),
                order.id().toString(),
                Long.toString(minor),
                new TreeMap<>(lines).toString(),
                reason);
    }
}
