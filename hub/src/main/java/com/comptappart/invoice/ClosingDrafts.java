package com.comptappart.invoice;

import com.comptappart.invoice.ClosingRows.Books;
import com.comptappart.kernel.Paris;
import java.time.Clock;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says which day is to be closed, and what its closings say. */
@Component
class ClosingDrafts {

    private final ClosingRows rows;
    private final Clock clock;
    private final MonthDay fiscalYearEnd;

    ClosingDrafts(ClosingRows rows, Clock clock, FiscalYear fiscalYear) {
        this.rows = rows;
        this.clock = clock;
        this.fiscalYearEnd = fiscalYear.end();
    }

    /** The day behind the last closing, or that of the first document; none before it has ended. */
    Optional<LocalDate> due(Books books, Optional<Closing.Signed> former) {
        var today = Paris.dayOf(clock.instant());
        return former.map(signed -> signed.closing().lastDay().plusDays(1))
                .or(() -> rows.firstDay(books))
                .filter(day -> day.isBefore(today));
    }

    /** The day's, and what ends with it. */
    List<Closing> of(
            Books books, LocalDate day, Optional<Closing.Signed> former, DayReading.Day read) {
        var perpetual = new PeriodTotals();
        former.ifPresent(signed -> perpetual.add(signed.closing().said().perpetual()));
        perpetual.add(read.totals());
        var closings = new ArrayList<Closing>();
        long sequence = former.map(signed -> signed.closing().sequence()).orElse(0L);
        byte[] hash = former.map(Closing.Signed::hash).orElse(Series.NO_FORMER_ENTRY);
        for (ClosingPeriod period : ClosingPeriod.values()) {
            if (!period.endsWith(day, fiscalYearEnd)) {
                continue;
            }
            var content =
                    new Closing.Content(
                            read.series(),
                            totals(books, period, day, read).list(),
                            perpetual.list(),
                            Journal.software(),
                            Closing.at(clock.instant()));
            sequence++;
            var closing =
                    new Closing(
                            books.sellerId(),
                            books.environment(),
                            sequence,
                            period,
                            period.firstDay(day, fiscalYearEnd),
                            day,
                            content.json(),
                            hash);
            closings.add(closing);
            hash = closing.hash();
        }
        return closings;
    }

    private PeriodTotals totals(
            Books books, ClosingPeriod period, LocalDate day, DayReading.Day read) {
        var totals = new PeriodTotals();
        if (period != ClosingPeriod.DAY) {
            rows.days(books, period.firstDay(day, fiscalYearEnd), day.minusDays(1))
                    .forEach(signed -> totals.add(signed.closing().said().totals()));
        }
        totals.add(read.totals());
        return totals;
    }
}
