package com.comptappart.invoice;

import com.comptappart.invoice.ClosingRows.Books;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends a day: from the transaction that stores its closing on, no document is dated into it, since
 * the counters that every document must move stand at the next day.
 */
@Component
class ClosingStore {

    private final ClosingRows rows;
    private final SeriesRows series;
    private final LedgerKeys keys;
    private final Witness witness;
    private final TransactionTemplate transaction;

    ClosingStore(
            ClosingRows rows,
            SeriesRows series,
            LedgerKeys keys,
            Witness witness,
            TransactionTemplate transaction) {
        this.rows = rows;
        this.series = series;
        this.keys = keys;
        this.witness = witness;
        this.transaction = transaction;
    }

    /**
     * Stores all or nothing.
     *
     * @param stands what was read of each series
     * @return false where a document of the day came after the reading, or is claimed but not
     *     stored, or another node closed the day: to be read again
     */
    boolean close(Books books, LocalDate day, List<Closing.Stand> stands, List<Closing> closings) {
        if (series.of(books).stream().anyMatch(witness::isAhead)) {
            return false;
        }
        var signed = closings.stream().map(this::sign).toList();
        return Boolean.TRUE.equals(
                transaction.execute(status -> {
                    boolean stored =
                            series.endDay(books, day, stands)
                                    && signed.stream().allMatch(rows::add);
                    if (!stored) {
                        status.setRollbackOnly();
                    }
                    return stored;
                }));
    }

    private Closing.Signed sign(Closing closing) {
        byte[] hash = closing.hash();
        var signature = keys.sign(Closing.signed(hash));
        return new Closing.Signed(closing, hash, signature.keyId(), signature.signature());
    }
}
