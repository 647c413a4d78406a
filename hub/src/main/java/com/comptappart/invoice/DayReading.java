package com.comptappart.invoice;

import com.comptappart.invoice.ClosingRows.Books;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads the documents of a day, from where the day before ended, and checks each on the way. */
@Component
class DayReading {

    private static final int PAGE = 500;

    private final LedgerRows ledger;

    DayReading(LedgerRows ledger) {
        this.ledger = ledger;
    }

    /** What a day adds up to, and where each series stood at its end. */
    record Day(PeriodTotals totals, List<Closing.Stand> series) {}

    /**
     * @param before where the series stood a day earlier
     * @throws LedgerBroken where a document is not chained to the one before it
     */
    Day read(Books books, LocalDate day, List<Closing.Stand> before) {
        var read = new Day(new PeriodTotals(), new ArrayList<>());
        for (Series series : ledger.allSeries()) {
            if (series.key().sellerId().equals(books.sellerId())
                    && series.key().environment() == books.environment()) {
                read(series, day, stand(series, before), read)
                        .ifPresent(stand -> read.series().add(stand));
            }
        }
        return read;
    }

    /** Empty where the series has no document up to that day. */
    private Optional<Closing.Stand> read(
            Series series, LocalDate day, Optional<Closing.Stand> before, Day into) {
        long last = before.map(Closing.Stand::lastNumber).orElse(0L);
        byte[] hash =
                before.map(stand -> HexFormat.of().parseHex(stand.lastHash())).orElse(new byte[0]);
        while (true) {
            var page = ledger.pageOfEntries(series, last, PAGE);
            for (LedgerRows.Kept kept : page) {
                if (kept.entry().invoice().issueDate().isAfter(day)) {
                    return stand(series, last, hash);
                }
                check(kept, hash);
                into.totals().add(kept.entry().invoice().content());
                last = kept.entry().sequence();
                hash = kept.hash();
            }
            if (page.size() < PAGE) {
                return stand(series, last, hash);
            }
        }
    }

    /**
     * @param former empty before the first document that is read of a series
     */
    private static void check(LedgerRows.Kept kept, byte[] former) {
        var entry = kept.entry();
        if (!Arrays.equals(entry.hash(), kept.hash())
                || (former.length > 0 && !Arrays.equals(entry.previousHash(), former))) {
            throw new LedgerBroken(
                    entry.invoice().number()
                            + " is not what was issued; ./comptappart verify tells more");
        }
    }

    private static Optional<Closing.Stand> stand(Series series, long last, byte[] hash) {
        return last == 0
                ? Optional.empty()
                : Optional.of(
                        new Closing.Stand(
                                series.key().kind().code(),
                                series.key().year(),
                                last,
                                HexFormat.of().formatHex(hash)));
    }

    private static Optional<Closing.Stand> stand(Series series, List<Closing.Stand> stands) {
        return stands.stream()
                .filter(stand ->
                        stand.kind().equals(series.key().kind().code())
                                && stand.year() == series.key().year())
                .findFirst();
    }
}
