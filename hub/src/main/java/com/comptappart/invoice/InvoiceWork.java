package com.comptappart.invoice;

import com.comptappart.archive.ArchiveUnavailable;
import com.comptappart.invoice.RequestRows.Due;
import com.comptappart.invoice.RequestRows.Writer;
import com.comptappart.kernel.Reason;
import com.comptappart.queue.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Numbers, renders and stores the invoices and credit notes that are owed, in batches: numbers are
 * counted from where the series stands and documents are rendered outside any transaction; the
 * storing transaction moves the counter from exactly there, or stores nothing.
 */
@Component
class InvoiceWork implements Work {

    static final String NAME = "invoice";
    private static final Logger LOG = LoggerFactory.getLogger(InvoiceWork.class);

    /** Batches of one series before the others get their turn. */
    private static final int IN_A_ROW = 16;

    private static final Duration ARCHIVE_DELAY = Duration.ofSeconds(10);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(30);
    private static final Duration RATE_DELAY = Duration.ofMinutes(5);
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    private final RequestRows requests;
    private final SeriesLock lock;
    private final Drafts drafts;
    private final Witness witness;
    private final InvoiceStore store;
    private final Clock clock;

    InvoiceWork(
            RequestRows requests,
            SeriesLock lock,
            Drafts drafts,
            Witness witness,
            InvoiceStore store,
            Clock clock) {
        this.requests = requests;
        this.lock = lock;
        this.drafts = drafts;
        this.witness = witness;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int round() throws InterruptedException {
        int issued = 0;
        for (Writer writer : requests.writersWithWork(clock.instant())) {
            try (var held = lock.tryTake(writer)) {
                if (held.isTaken()) {
                    issued += issue(writer, held);
                }
            }
        }
        return issued;
    }

    /** Makes the next batch while one is stored; claims it only when that one is. */
    private int issue(Writer writer, SeriesLock.Held held) throws InterruptedException {
        int issued = 0;
        try (var beside = Executors.newVirtualThreadPerTaskExecutor()) {
            var next = drafts.first(writer);
            for (int batches = 1; next.isPresent(); batches++) {
                var draft = next.get();
                boolean isFollowed = draft.due().size() == Drafts.BATCH && batches < IN_A_ROW;
                var following = isFollowed ? beside.submit(() -> drafts.after(draft)) : null;
                issued += draft.due().size();
                if (!store(draft) || following == null || !held.keep()) {
                    break;
                }
                next = made(following);
            }
        }
        return issued;
    }

    private static Optional<Draft> made(Future<Optional<Draft>> following)
            throws InterruptedException {
        try {
            return following.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the next documents can't be made", e.getCause());
        }
    }

    /**
     * True where the series stands at the draft's end. It may stand elsewhere although documents
     * were stored: those that the archive had already.
     */
    private boolean store(Draft draft) {
        var batch = draft.batch();
        batch.failed().forEach((request, reason) -> postpone(request, draft.now(), reason));
        if (draft.isEmpty()) {
            return true;
        }
        try {
            var stored = witness.claim(draft).filter(held -> store.store(batch.from(), held));
            if (stored.isEmpty()) {
                LOG.info(
                        "series {} moved meanwhile; {} documents are numbered again",
                        batch.from().prefix(),
                        batch.entries().size());
            }
            return stored.filter(held -> held.batch().equals(draft.packed())).isPresent();
        } catch (ArchiveUnavailable | NumberTaken e) {
            LOG.error(
                    "{}; {} documents wait, the next try is in {}",
                    e.getMessage(),
                    draft.due().size(),
                    ARCHIVE_DELAY);
            requests.postpone(
                    draft.due(), draft.now().plus(ARCHIVE_DELAY), String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void postpone(Due request, Instant now, RuntimeException reason) {
        if (reason instanceof RateUnknown) {
            LOG.warn(
                    "order {} waits for its invoice until {}: {}",
                    request.order(),
                    now.plus(RATE_DELAY),
                    reason.getMessage());
            requests.postpone(
                    List.of(request), now.plus(RATE_DELAY), String.valueOf(reason.getMessage()));
            return;
        }
        var delay = FIRST_DELAY.multipliedBy(1L << Math.min(request.attempts(), 7));
        var until = now.plus(delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay);
        LOG.error(
                "the {} of order {} can't be made; attempt {} at {}",
                request.kind().code(),
                request.order(),
                request.attempts() + 2,
                until,
                reason);
        requests.postpone(List.of(request), until, Reason.INVOICE_NOT_DRAWN.text(reason));
    }
}
