package com.comptappart.accounting;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/** Dates and numbers as files have them, the same under every locale. */
final class Texts {

    private Texts() {}

    /** {@code 20261123}. */
    static String compact(LocalDate date) {
        return DateTimeFormatter.BASIC_ISO_DATE.format(date);
    }

    /** {@code 1234,56}. */
    static String comma(BigDecimal number) {
        return number.toPlainString().replace('.', ',');
    }
}
