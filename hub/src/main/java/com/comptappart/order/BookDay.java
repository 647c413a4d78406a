package com.comptappart.order;

import com.comptappart.kernel.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/** On which day of the books something stands that Stripe told of. */
final class BookDay {

    /** By then the statement of the day before was read; Europe/Paris. */
    private static final LocalTime CLOSING = LocalTime.of(6, 0);

    private BookDay() {}

    /**
     * The day on which it happened; the one on which it became known, once that is closed: what was
     * exported of a closed day stays.
     */
    static LocalDate of(Instant happened, Instant known) {
        var day = Paris.dayOf(happened);
        return isOpen(day, known) ? day : Paris.dayOf(known);
    }

    static boolean isOpen(LocalDate day, Instant now) {
        return now.isBefore(day.plusDays(1).atTime(CLOSING).atZone(Paris.ZONE).toInstant());
    }
}
