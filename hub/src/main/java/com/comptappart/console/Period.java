package com.comptappart.console;

import com.comptappart.kernel.Paris;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Days of Paris that a filter asks for, both included; null asks nothing. */
record Period(@Nullable LocalDate from, @Nullable LocalDate to) {

    /** Empty where one of them is no day. */
    static Optional<Period> of(@Nullable String from, @Nullable String to) {
        try {
            return Optional.of(
                    new Period(
                            from == null ? null : LocalDate.parse(from),
                            to == null ? null : LocalDate.parse(to)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What of it lies in a year. */
    Period in(int year) {
        var first = LocalDate.of(year, 1, 1);
        var last = LocalDate.of(year, 12, 31);
        return new Period(
                from == null || from.isBefore(first) ? first : from,
                to == null || to.isAfter(last) ? last : to);
    }

    @Nullable Instant since() {
        return from == null ? null : from.atStartOfDay(Paris.ZONE).toInstant();
    }

    /** The moment after the last day. */
    @Nullable Instant until() {
        return to == null ? null : to.plusDays(1).atStartOfDay(Paris.ZONE).toInstant();
    }
}
