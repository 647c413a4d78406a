package com.comptappart.console;

import com.comptappart.kernel.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The days that figures are about, all of Paris, as the address says it.
 *
 * @param days of those up to today; 0 where a person chose both ends
 * @param last inclusive
 * @param problem the key of what was wrong with what was asked, empty where nothing was
 */
record HomePeriod(int days, LocalDate first, LocalDate last, String problem) {

    static final int LONGEST = 90;
    static final List<Integer> OFFERED = List.of(1, 7, 30);
    private static final int USUAL = 7;

    /** What stands in the address. */
    record Asked(@Nullable String periode, @Nullable String depuis, @Nullable String jusqua) {

        private boolean choosesDays() {
            return !isBlank(depuis) || !isBlank(jusqua);
        }
    }

    static HomePeriod of(Asked asked, LocalDate today) {
        if (asked.choosesDays()) {
            return chosen(asked, today);
        }
        return OFFERED.stream()
                .filter(days -> Integer.toString(days).equals(asked.periode()))
                .findFirst()
                .map(days -> upTo(today, days, ""))
                .orElseGet(() -> upTo(today, USUAL, ""));
    }

    /** One end alone is one day, or up to today. */
    private static HomePeriod chosen(Asked asked, LocalDate today) {
        try {
            var last = isBlank(asked.jusqua()) ? today : LocalDate.parse(asked.jusqua());
            var first = isBlank(asked.depuis()) ? last : LocalDate.parse(asked.depuis());
            if (first.isAfter(last) || first.getYear() < 2000 || last.getYear() > 9999) {
                return upTo(today, USUAL, "home.period.wrong");
            }
            var earliest = last.minusDays(LONGEST - 1);
            return first.isBefore(earliest)
                    ? new HomePeriod(0, earliest, last, "home.period.too-long")
                    : new HomePeriod(0, first, last, "");
        } catch (DateTimeParseException e) {
            return upTo(today, USUAL, "home.period.wrong");
        }
    }

    private static HomePeriod upTo(LocalDate today, int days, String problem) {
        return new HomePeriod(days, today.minusDays(days - 1), today, problem);
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    Instant from() {
        return first.atStartOfDay(Paris.ZONE).toInstant();
    }

    /** Exclusive. */
    Instant until() {
        return last.plusDays(1).atStartOfDay(Paris.ZONE).toInstant();
    }

    List<LocalDate> all() {
        int count = (int) ChronoUnit.DAYS.between(first, last) + 1;
        return IntStream.range(0, count).mapToObj(first::plusDays).toList();
    }

    /** As a list's filter takes it. */
    String filter() {
        return "depuis=" + first + "&jusqua=" + last;
    }
}
