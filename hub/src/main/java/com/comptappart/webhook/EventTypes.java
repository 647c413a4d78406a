package com.comptappart.webhook;

import com.comptappart.kernel.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What partners can be told. */
public final class EventTypes {

    static final String PING = "ping";

    /** Sent unless the endpoint chose; existing partner code answers 400 to others. */
    static final List<String> DEFAULT = List.of("order.created", "order.renewed");

    static final List<String> KNOWN =
            List.of(
                    "order.created",
                    "order.renewed",
                    "order.refunded",
                    "order.disputed",
                    "subscription.created",
                    "subscription.updated",
                    "subscription.canceled",
                    "subscription.payment_failed",
                    PING);

    private EventTypes() {}

    /** Every type that an endpoint may ask for, and {@code ping}. */
    public static List<String> known() {
        return KNOWN;
    }

    /** Those that an endpoint gets unless it chose. */
    public static List<String> byDefault() {
        return DEFAULT;
    }

    /**
     * @throws Refused when a type is unknown or the list is empty
     */
    static List<String> checked(@Nullable List<String> wanted) {
        if (wanted == null) {
            return DEFAULT;
        }
        if (wanted.isEmpty()) {
            throw Refused.invalid("event_types_invalid", "event_types: at least one of " + words());
        }
        for (String each : wanted) {
            if (!KNOWN.contains(each)) {
                throw Refused.invalid(
                        "event_types_invalid",
                        "event_types: '" + each + "' is unknown; the types are " + words());
            }
        }
        return wanted.stream().distinct().toList();
    }

    private static String words() {
        return String.join(", ", KNOWN);
    }
}
