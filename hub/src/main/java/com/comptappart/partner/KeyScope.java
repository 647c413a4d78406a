package com.comptappart.partner;

import com.comptappart.kernel.Refused;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One thing that a key may do: read what is of a kind, or write it, which takes reading in. */
public enum KeyScope {
    API_KEYS_READ,
    API_KEYS_WRITE,
    CHECKOUT_SESSIONS_WRITE,
    EVENTS_READ,
    INVOICES_READ,
    INVOICES_WRITE,
    NOTIFICATIONS_READ,
    NOTIFICATIONS_WRITE,
    ORDERS_READ,
    PORTAL_SESSIONS_WRITE,
    REFUNDS_WRITE,
    WEBHOOK_ENDPOINTS_READ,
    WEBHOOK_ENDPOINTS_WRITE;

    private static final String WRITE = ":write";

    private final String code;

    KeyScope() {
        int split = name().lastIndexOf('_');
        this.code =
                (name().substring(0, split) + ":" + name().substring(split + 1))
                        .toLowerCase(Locale.ROOT);
    }

    /**
     * @throws Refused when there is no such scope
     */
    public static KeyScope of(@Nullable String code) {
        return Stream.of(values())
                .filter(scope -> scope.code.equals(code))
                .findFirst()
                .orElseThrow(() ->
                        Refused.invalid(
                                "scope_unknown",
                                "there is no scope '" + code + "'; there are " + all()));
    }

    /** The word that the API has for it, such as {@code invoices:read}. */
    public String code() {
        return code;
    }

    /** Whether who has this one may do what the other allows. */
    boolean includes(KeyScope other) {
        return this == other
                || (code.endsWith(WRITE)
                        && other.code.equals(
                                code.substring(0, code.length() - WRITE.length()) + ":read"));
    }

    /** Every one's word. */
    public static String all() {
        return Stream.of(values()).map(KeyScope::code).collect(Collectors.joining(", "));
    }
}
