package com.comptappart.invoice;

import com.comptappart.invoice.InvoiceRows.Due;
import com.comptappart.invoice.InvoiceRows.Writer;
import com.comptappart.queue.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Numbers, renders and stores the invoices that are owed, in batches: numbers are counted from
 * where the series stands and documents are rendered outside any transaction; the storing
 * transaction moves the counter from exactly there, or stores nothing.
 */
@Component
class InvoiceWork implements Work {

    static final String NAME = "invoice";
    private static final Logger LOG = LoggerFactory.getLogger(InvoiceWork.class);
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final int BATCH = 256;
    private static final Duration FIRST_DELAY = Duration.ofSeconds(30);
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    private final InvoiceRows rows;
    private final SeriesLock lock;
    private final InvoiceRenderer renderer;
    private final InvoiceStore store;
    private final Clock clock;

    InvoiceWork(
            InvoiceRows rows,
            SeriesLock lock,
            InvoiceRenderer renderer,
            InvoiceStore store,
            Clock clock) {
        this.rows = rows;
        this.lock = lock;
        this.renderer = renderer;
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
        for (Writer writer : rows.writersWithWork(clock.instant())) {
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
        var due = rows.due(writer, now, BATCH);
        if (due.isEmpty()) {
            return 0;
        }
        var series = series(writer, due.getFirst().prefix(), now);
        var entries = number(series, due, now);
        if (!entries.isEmpty() && !store.store(series, entries)) {
            LOG.info(
                    "series {} moved meanwhile; {} invoices are numbered again",
                    series.prefix(),
                    entries.size());
        }
        return due.size();
    }

    /** The series of today, in Paris; a date never goes back, even when the clock does. */
    private Series series(Writer writer, String sellerPrefix, Instant now) {
        var today = LocalDate.ofInstant(now, PARIS);
        var newest = rows.newest(writer, InvoiceRows.INVOICE);
        if (newest.isPresent() && newest.get().key().year() >= today.getYear()) {
            return newest.get();
        }
        var key =
                new Series.Key(
                        writer.sellerId(),
                        writer.environment(),
                        InvoiceRows.INVOICE,
                        today.getYear());
        byte[] former = newest.map(Series::lastHash).orElse(Series.NO_FORMER_ENTRY);
        var fresh =
                new Series(
                        key, Series.prefix(writer.environment(), sellerPrefix), 0, today, former);
        rows.open(fresh);
        return rows.newest(writer, InvoiceRows.INVOICE).orElse(fresh);
    }

    private List<LedgerEntry> number(Series series, List<Due> due, Instant now) {
        var today = LocalDate.ofInstant(now, PARIS);
        var date = today.isBefore(series.lastDate()) ? series.lastDate() : today;
        var entries = new ArrayList<LedgerEntry>(due.size());
        byte[] previous = series.lastHash();
        for (Due request : due) {
            long sequence = series.lastNumber() + entries.size() + 1;
            try {
                var invoice = new NumberedInvoice(series.number(sequence), date, request.read());
                var entry =
                        new LedgerEntry(
                                request.partner(),
                                request.order(),
                                series.key(),
                                sequence,
                                invoice,
                                request.content(),
                                renderer.render(invoice),
                                previous,
                                now);
                entries.add(entry);
                previous = entry.hash();
            } catch (RuntimeException e) {
                // One bad request takes no number and stops nobody else's invoice.
                postpone(request, now, e);
            }
        }
        return entries;
    }

    private void postpone(Due request, Instant now, RuntimeException reason) {
        var delay = FIRST_DELAY.multipliedBy(1L << Math.min(request.attempts(), 7));
        var until = now.plus(delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay);
        LOG.error(
                "the invoice of order {} can't be made; attempt {} at {}",
                request.order(),
                request.attempts() + 2,
                until,
                reason);
        rows.postpone(request, until, "can't be rendered: " + reason);
    }
}
