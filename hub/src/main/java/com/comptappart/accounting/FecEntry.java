package com.comptappart.accounting;

import com.comptappart.kernel.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One entry of a journal: lines that add up to nothing. */
final class FecEntry {

    /** The journals that are kept here. */
    enum JournalCode {
        /** Sales. */
        VE("Ventes"),
        /** What Stripe received for us. */
        ST("Encaissements Stripe");

        private final String label;

        JournalCode(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /**
     * What stands behind an entry.
     *
     * @param date of the piece, which may be before the day of the entry
     */
    record Piece(String reference, LocalDate date, String label) {}

    /**
     * A line.
     *
     * @param cents euro cents; debit where positive, credit where negative
     * @param foreign the same in the document's currency; null where that is the euro
     */
    record Line(Accounts.Account account, String label, long cents, @Nullable Money foreign) {}

    private final JournalCode journal;
    private final LocalDate date;
    private final Piece piece;
    private final String lettering;
    private final List<Line> lines = new ArrayList<>();

    /**
     * @param lettering of the lines on the customers' account
     */
    FecEntry(JournalCode journal, LocalDate date, Piece piece, String lettering) {
        this.journal = journal;
        this.date = date;
        this.piece = piece;
        this.lettering = lettering;
    }

    /** Adds a line, unless it is of nothing. */
    FecEntry line(Accounts.Account account, String detail, long cents, @Nullable Money foreign) {
        if (cents != 0) {
            lines.add(new Line(account, piece.label() + detail, cents, foreign));
        }
        return this;
    }

    JournalCode journal() {
        return journal;
    }

    LocalDate date() {
        return date;
    }

    Piece piece() {
        return piece;
    }

    String lettering() {
        return lettering;
    }

    List<Line> lines() {
        return lines;
    }

    long balance() {
        return lines.stream().mapToLong(Line::cents).reduce(0, Math::addExact);
    }
}
