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
    private final ClaimedNumbers claimed;
    private final SeriesLock locks;
    private final TransactionTemplate transaction;

    ClosingStore(
            ClosingRows rows,
            SeriesRows series,
            LedgerKeys keys,
            ClaimedNumbers claimed,
            SeriesLock locks,
            TransactionTemplate transaction) {
        this.rows = rows;
        this.series = series;
        this.keys = keys;
        this.claimed = claimed;
        this.locks = locks;
        this.transaction = transaction;
    }

    /**
     * Stores all or nothing. No writer works meanwhile: a document that it claims in the archive
     * between the look there and the commit here could never be stored, and its number neither
     * given again.
     *
     * @param stands what was read of each series
     * @return false where a document of the day came after the reading, or is or may be claimed and
     *     not stored, or another node closed the day: to be read again
     */
    boolean close(Books books, LocalDate day, List<Closing.Stand> stands, List<Closing> closings) {
        var signed = closings.stream().map(this::sign).toList();
        return Boolean.TRUE.equals(
                transaction.execute(status -> {
                    locks.takeUntilCommit(books);
                    boolean stored =
                            series.of(books).stream().noneMatch(claimed::areAheadOf)
                                    && series.endDay(books, day, stands)
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
