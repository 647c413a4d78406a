package com.comptappart.invoice;

import java.util.Locale;

/** Each kind is numbered in a series of its own. */
public enum DocumentKind {
    INVOICE,
    CREDIT_NOTE;

    /** {@code invoice} or {@code credit_note}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such kind
     */
    public static DocumentKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
