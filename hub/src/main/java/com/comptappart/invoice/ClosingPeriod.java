package com.comptappart.invoice;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Locale;

/** What is closed: every day, every month, every fiscal year. */
public enum ClosingPeriod {
    DAY,
    MONTH,
    YEAR;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ClosingPeriod of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Whether such a period ends with that day. */
    boolean endsWith(LocalDate day, MonthDay fiscalYearEnd) {
        return switch (this) {
            case DAY -> true;
            case MONTH -> day.getDayOfMonth() == day.lengthOfMonth();
            case YEAR -> day.equals(fiscalYearEnd.atYear(day.getYear()));
        };
    }

    /** The first day of the period that ends with that day. */
    LocalDate firstDay(LocalDate lastDay, MonthDay fiscalYearEnd) {
        return switch (this) {
            case DAY -> lastDay;
            case MONTH -> lastDay.withDayOfMonth(1);
            case YEAR -> fiscalYearEnd.atYear(lastDay.getYear() - 1).plusDays(1);
        };
    }
}
