package com.comptappart.stripe;

import com.comptappart.kernel.Refused;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * For which lines of its order a refund is, as text in its metadata at Stripe: {@code 1:4999
 * 3:500}, the place from 1 and minor units.
 */
final class RefundLines {

    /** Metadata of refunds that we asked for. */
    static final String METADATA = "comptappart_lines";

    /** Stripe's own limit for one value. */
    private static final int LONGEST = 500;

    private RefundLines() {}

    /**
     * @param lines by their place from 0
     * @return null where it is for all
     * @throws Refused when there are more lines than Stripe keeps with a refund
     */
    static @Nullable String text(Map<Integer, Long> lines) {
        if (lines.isEmpty()) {
            return null;
        }
        String text =
                new TreeMap<>(lines)
                        .entrySet().stream()
                                .map(line -> (line.getKey() + 1) + ":" + line.getValue())
                                .collect(Collectors.joining(" "));
        if (text.length() > LONGEST) {
            throw Refused.invalid(
                    "too_many_lines",
                    "Stripe keeps fewer lines with a refund; refund them in several goes");
        }
        return text;
    }

    /** Nothing where it is no such text: people may edit metadata. */
    static Map<Integer, Long> of(String text) {
        if (text.length() > LONGEST
                || !text.matches(
                        "[1-9][0-9]{0,3}:[1-9][0-9]{0,14}( [1-9][0-9]{0,3}:[1-9][0-9]{0,14})*")) {
            return Map.of();
        }
        var lines = new TreeMap<Integer, Long>();
        for (String line : text.split(" ", -1)) {
            int colon = line.indexOf(':');
            lines.merge(
                    Integer.parseInt(line.substring(0, colon)) - 1,
                    Long.parseLong(line.substring(colon + 1)),
                    Math::addExact);
        }
        return lines;
    }
}
