package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import java.time.LocalDate;

/**
 * A number series and where it stands: one per seller, environment, kind and year.
 *
 * @param prefix as printed before the year; test mode's own series begin with {@code TEST-}
 * @param lastHash the chain's last entry; a new year goes on from the former year's
 */
record Series(Key key, String prefix, long lastNumber, LocalDate lastDate, byte[] lastHash) {

    /** What the hub numbers with one counter. */
    record Key(String sellerId, Environment environment, DocumentKind kind, int year) {}

    static final byte[] NO_FORMER_ENTRY = new byte[32];
    private static final int DIGITS = 6;

    /** {@code {prefix}-{yyyy}-{nnnnnn}}. */
    String number(long sequence) {
        return number(prefix, key.year(), sequence);
    }

    static String number(String prefix, int year, long sequence) {
        String digits = Long.toString(sequence);
        String zeros = "0".repeat(Math.max(0, DIGITS - digits.length()));
        return prefix + "-" + year + "-" + zeros + digits;
    }

    static String prefix(Environment environment, String sellerPrefix) {
        return environment.livemode() ? sellerPrefix : "TEST-" + sellerPrefix;
    }
}
