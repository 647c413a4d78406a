package com.comptappart.invoice;

import com.comptappart.invoice.ClosingRows.Books;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a walk over the whole ledger found of each day: sums, and where each series stood. */
final class LedgerDays {

    private final Map<Books, NavigableMap<LocalDate, PeriodTotals>> totals = new LinkedHashMap<>();
    private final Map<Series.Key, NavigableMap<LocalDate, Closing.Stand>> stands =
            new LinkedHashMap<>();

    /** Documents of a series come in the order of their numbers. */
    void add(LedgerEntry entry, byte[] hash) {
        var key = entry.series();
        var day = entry.invoice().issueDate();
        totals.computeIfAbsent(new Books(key.sellerId(), key.environment()), _ -> new TreeMap<>())
                .computeIfAbsent(day, _ -> new PeriodTotals())
                .add(entry.invoice().content());
        stands.computeIfAbsent(key, _ -> new TreeMap<>())
                .put(
                        day,
                        new Closing.Stand(
                                key.kind().code(),
                                key.year(),
                                entry.sequence(),
                                HexFormat.of().formatHex(hash)));
    }

    LocalDate first(Books books) {
        var days = totals.get(books);
        return days == null ? LocalDate.MIN : days.firstKey();
    }

    List<PeriodTotals.OfCurrency> totals(Books books, LocalDate from, LocalDate to) {
        var sum = new PeriodTotals();
        var days = totals.get(books);
        if (days != null) {
            days.subMap(from, true, to, true).values().forEach(sum::add);
        }
        return sum.list();
    }

    /** In the order of {@link LedgerRows#allSeries}. */
    List<Closing.Stand> stands(Books books, LocalDate day) {
        var found = new ArrayList<Closing.Stand>();
        stands.forEach((key, days) -> {
            var last = days.floorEntry(day);
            if (last != null
                    && key.sellerId().equals(books.sellerId())
                    && key.environment() == books.environment()) {
                found.add(last.getValue());
            }
        });
        return found;
    }
}
