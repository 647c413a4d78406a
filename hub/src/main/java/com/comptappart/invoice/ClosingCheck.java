package com.comptappart.invoice;

import com.comptappart.invoice.ClosingRows.Books;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Recomputes every closing from the documents. */
@Component
class ClosingCheck implements LedgerCheck {

    private static final int PAGE = 500;

    private final ClosingRows rows;
    private final LedgerKeys keys;

    ClosingCheck(ClosingRows rows, LedgerKeys keys) {
        this.rows = rows;
        this.keys = keys;
    }

    @Override
    public Optional<String> firstBreak(LedgerDays days) {
        for (Books books : rows.allBooks()) {
            var broken = new Chain(books, days).firstBreak();
            if (broken.isPresent()) {
                return broken;
            }
        }
        return rows.stray();
    }

    /** Walks one seller's closings from the first. */
    private final class Chain {

        private final Books books;
        private final LedgerDays days;
        private long sequence;
        private byte[] hash = Series.NO_FORMER_ENTRY;
        private Optional<LocalDate> lastDay = Optional.empty();

        Chain(Books books, LedgerDays days) {
            this.books = books;
            this.days = days;
        }

        Optional<String> firstBreak() {
            while (true) {
                var page = rows.page(books, sequence, PAGE);
                for (Closing.Signed signed : page) {
                    var wrong = wrong(signed).map(what -> name(signed.closing()) + " " + what);
                    if (wrong.isPresent()) {
                        return wrong;
                    }
                    sequence = signed.closing().sequence();
                    hash = signed.hash();
                    lastDay = Optional.of(signed.closing().lastDay());
                }
                if (page.size() < PAGE) {
                    return Optional.empty();
                }
            }
        }

        private Optional<String> wrong(Closing.Signed signed) {
            var closing = signed.closing();
            if (closing.sequence() != sequence + 1
                    || !Arrays.equals(closing.previousHash(), hash)) {
                return Optional.of("is not chained to the closing before it");
            }
            if (!Arrays.equals(closing.hash(), signed.hash())) {
                return Optional.of("was changed");
            }
            var signature = new LedgerKeys.Signed(signed.keyId(), signed.signature());
            if (!keys.isGenuine(Closing.signed(signed.hash()), signature)) {
                return Optional.of("does not carry a genuine signature");
            }
            if (closing.period() == ClosingPeriod.DAY && !closing.lastDay().equals(expected())) {
                return Optional.of("should be that of " + expected());
            }
            return figures(closing);
        }

        private Optional<String> figures(Closing closing) {
            var said = closing.said();
            if (!said.totals().equals(days.totals(books, closing.firstDay(), closing.lastDay()))) {
                return Optional.of("does not add up to the documents of its period");
            }
            if (!said.perpetual().equals(days.totals(books, LocalDate.MIN, closing.lastDay()))) {
                return Optional.of("does not add up to all documents since the first");
            }
            List<Closing.Stand> series = days.stands(books, closing.lastDay());
            return said.series().equals(series)
                    ? Optional.empty()
                    : Optional.of("does not say where the series stood");
        }

        private LocalDate expected() {
            return lastDay.map(day -> day.plusDays(1)).orElse(days.first(books));
        }

        private String name(Closing closing) {
            return "the closing of the "
                    + closing.period().code()
                    + " "
                    + closing.lastDay()
                    + " of seller "
                    + books.sellerId();
        }
    }
}
