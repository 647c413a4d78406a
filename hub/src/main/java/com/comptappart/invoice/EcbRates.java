package com.comptappart.invoice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rates as the European Central Bank publishes them, units of a currency for one euro: a line of
 * codes after {@code Date}, and a line a day, {@code 2026-11-23} or {@code 23 November 2026}.
 */
final class EcbRates {

    static final EcbRates NONE = new EcbRates(new TreeMap<>());

    /** The longest time without a rate is Easter; a rate that is older is another week's. */
    private static final int DAYS = 7;

    private static final long MOST_BYTES = 16L << 20;
    private static final DateTimeFormatter WORDS =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    /** A rate and the day that it is of. */
    record Rate(LocalDate day, BigDecimal units) {}

    private final NavigableMap<LocalDate, Map<String, BigDecimal>> days;

    private EcbRates(NavigableMap<LocalDate, Map<String, BigDecimal>> days) {
        this.days = days;
    }

    /**
     * @throws IllegalArgumentException when a file is not what the bank publishes
     */
    static EcbRates read(List<Path> files) {
        var days = new TreeMap<LocalDate, Map<String, BigDecimal>>();
        for (Path file : files) {
            try {
                if (Files.size(file) > MOST_BYTES) {
                    throw new IllegalArgumentException(file + " is larger than 16 MB");
                }
                read(file, Files.readAllLines(file, StandardCharsets.UTF_8), days);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new EcbRates(days);
    }

    private static void read(
            Path file, List<String> lines, NavigableMap<LocalDate, Map<String, BigDecimal>> days) {
        if (lines.isEmpty() || !lines.getFirst().strip().startsWith("Date")) {
            throw new IllegalArgumentException(
                    file + " does not begin with 'Date' and the currencies");
        }
        String[] codes = lines.getFirst().split(",", -1);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            if (cells[0].isBlank()) {
                continue;
            }
            var rates = days.computeIfAbsent(day(file, cells[0].strip()), _ -> new HashMap<>());
            for (int i = 1; i < Math.min(codes.length, cells.length); i++) {
                String value = cells[i].strip();
                if (value.matches("[0-9]{1,9}(\\.[0-9]{1,10})?")
                        && new BigDecimal(value).signum() > 0) {
                    rates.put(codes[i].strip(), new BigDecimal(value));
                }
            }
        }
    }

    private static LocalDate day(Path file, String text) {
        try {
            return text.matches("[0-9]{4}-.*")
                    ? LocalDate.parse(text)
                    : LocalDate.parse(text, WORDS);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(file + " has the date '" + text + "'", e);
        }
    }

    /** That day's, or the last before it, at most a week. */
    Optional<Rate> of(String currency, LocalDate day) {
        for (var entry = days.floorEntry(day);
                entry != null && !entry.getKey().isBefore(day.minusDays(DAYS));
                entry = days.lowerEntry(entry.getKey())) {
            var units = entry.getValue().get(currency);
            if (units != null) {
                return Optional.of(new Rate(entry.getKey(), units));
            }
        }
        return Optional.empty();
    }
}
