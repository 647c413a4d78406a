package com.comptappart.kernel;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The time of French law and books: a day ends at midnight in Paris. */
public final class Paris {

    public static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    private Paris() {}

    public static LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZONE);
    }
}
