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
    private static final int BATCH = 2_000;
    private static final Duration ARCHIVE_DELAY = Duration.ofSeconds(10);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(30);
    private static final Duration RATE_DELAY = Duration.ofMinutes(5);
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    private final RequestRows requests;
    private final SeriesLock lock;
    private final Numbering numbering;
    private final Witness witness;
    private final InvoiceStore store;
    private final Clock clock;

    InvoiceWork(
            RequestRows requests,
            SeriesLock lock,
            Numbering numbering,
            Witness witness,
            InvoiceStore store,
            Clock clock) {
        this.requests = requests;
        this.lock = lock;
        this.numbering = numbering;
        this.witness = witness;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int round() {
        int issued = 0;
        for (Writer writer : requests.writersWithWork(clock.instant())) {
            try (var held = lock.tryTake(writer)) {
                if (held.isTaken()) {
                    issued += issue(writer);
                }
            }
        }
        return issued;
    }

    private int issue(Writer writer) {
        Instant now = clock.instant();
        var due = requests.due(writer, now, BATCH);
        if (due.isEmpty()) {
            return 0;
        }
        var batch = numbering.number(writer, due, now);
        batch.failed().forEach((request, reason) -> postpone(request, now, reason));
        if (batch.entries().isEmpty()) {
            return due.size();
        }
        try {
            var claim = witness.claim(writer, batch);
            if (claim.filter(held -> store.store(batch.from(), held)).isEmpty()) {
                LOG.info(
                        "series {} moved meanwhile; {} documents are numbered again",
                        batch.from().prefix(),
                        batch.entries().size());
            }
        } catch (ArchiveUnavailable | NumberTaken e) {
            LOG.error(
                    "{}; {} documents wait, the next try is in {}",
                    e.getMessage(),
                    due.size(),
                    ARCHIVE_DELAY);
            requests.postpone(due, now.plus(ARCHIVE_DELAY), String.valueOf(e.getMessage()));
        }
        return due.size();
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
