package com.comptappart.accounting;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Refused;
import java.time.LocalDate;

/**
 * Which days of which mode, and who asks.
 *
 * @param from Europe/Paris
 * @param to the last day
 * @param by the API key's id, for the technical journal
 */
public record Days(Environment environment, LocalDate from, LocalDate to, String by) {

    private static final int MOST_YEARS = 11;

    public Days {
        if (to.isBefore(from)) {
            throw Refused.invalid(
                    "dates_invalid", "from " + from + " is after to " + to + ": swap them");
        }
        if (to.isAfter(from.plusYears(MOST_YEARS))) {
            throw Refused.invalid(
                    "dates_invalid", "at most " + MOST_YEARS + " years at once: ask for parts");
        }
    }

    boolean contains(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }

    /** {@code 20260101-20261231}, as files are named; a test's say so. */
    String name(String what) {
        return (environment.livemode() ? "" : "TEST-")
                + what
                + "-"
                + Texts.compact(from)
                + "-"
                + Texts.compact(to);
    }
}
