package com.comptappart.invoice;

import com.comptappart.archive.ArchiveUnavailable;
import com.comptappart.invoice.ClosingRows.Books;
import com.comptappart.queue.Work;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * Closes each day after midnight in Paris, empty ones too, and with its last day the month and the
 * fiscal year; days that were missed are closed one after the other.
 */
@Component
class ClosingWork implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(ClosingWork.class);

    private final ClosingRows rows;
    private final DayReading reading;
    private final ClosingDrafts drafts;
    private final ClosingStore store;
    private final Journal journal;

    ClosingWork(
            ClosingRows rows,
            DayReading reading,
            ClosingDrafts drafts,
            ClosingStore store,
            Journal journal) {
        this.rows = rows;
        this.reading = reading;
        this.drafts = drafts;
        this.store = store;
        this.journal = journal;
    }

    @Override
    public String name() {
        return "closing";
    }

    @Override
    public Duration poll() {
        return Duration.ofMinutes(1);
    }

    @Override
    public int round() {
        int closed = 0;
        for (Books books : rows.allBooks()) {
            try {
                closed += close(books);
            } catch (ArchiveUnavailable e) {
                LOG.error("{}; no day is closed, the next try is in {}", e.getMessage(), poll());
            } catch (PessimisticLockingFailureException e) {
                LOG.info(
                        "documents of {} are being issued without a pause; its day is closed later, the next try is in"
                                + " {}",
                        books.sellerId(),
                        poll());
            } catch (LedgerBroken e) {
                LOG.error("the books of {} are not closed: {}", books.sellerId(), e.getMessage());
                journal.recordOnce(JournalKind.INTEGRITY, String.valueOf(e.getMessage()));
            }
        }
        return closed;
    }

    private int close(Books books) {
        var former = rows.last(books);
        var due = drafts.due(books, former);
        if (due.isEmpty()) {
            return 0;
        }
        var day = due.get();
        var read =
                reading.read(
                        books,
                        day,
                        former.map(signed -> signed.closing().said().series()).orElse(List.of()));
        return store.close(books, day, read.series(), drafts.of(books, day, former, read)) ? 1 : 0;
    }
}
