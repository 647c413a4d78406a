package com.comptappart.console;

import com.comptappart.kernel.Paris;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Days of Paris as a list's address has them.
 *
 * @param since the start of the first; null for none
 * @param until the end of the last; null for none
 */
record TypedDays(@Nullable Instant since, @Nullable Instant until) {

    /**
     * @throws DateTimeException where one is no day
     */
    static TypedDays of(@Nullable String first, @Nullable String last) {
        return new TypedDays(
                first == null ? null : startOf(LocalDate.parse(first)),
                last == null ? null : startOf(LocalDate.parse(last).plusDays(1)));
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(Paris.ZONE).toInstant();
    }
}
