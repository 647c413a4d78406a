package com.comptappart.invoice;

import com.comptappart.invoice.RequestRows.Due;
import com.comptappart.invoice.RequestRows.Turn;
import com.comptappart.invoice.RequestRows.Writer;
import com.comptappart.kernel.Paris;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Makes the next documents of a series: all that takes time and changes nothing, so that it can be
 * done while those before them are still being stored.
 */
@Component
class Drafts {

    static final int BATCH = 1_000;

    private final RequestRows requests;
    private final Numbering numbering;
    private final InvoiceFiles files;
    private final Clock clock;

    Drafts(RequestRows requests, Numbering numbering, InvoiceFiles files, Clock clock) {
        this.requests = requests;
        this.numbering = numbering;
        this.files = files;
        this.clock = clock;
    }

    /** Numbered from where the series stands; empty where nothing is due. */
    Optional<Draft> first(Writer writer) {
        Instant now = clock.instant();
        var due = requests.due(writer, Turn.FIRST, now, BATCH);
        if (due.isEmpty()) {
            return Optional.empty();
        }
        var from = numbering.series(writer, due.getFirst().prefix(), now);
        return Optional.of(draft(writer, from, due, now));
    }

    /**
     * Numbered from where the series will stand when a draft is stored. Credit notes have none that
     * follow: what they may take depends on those that are stored.
     */
    Optional<Draft> after(Draft former) {
        var writer = former.writer();
        Instant now = clock.instant();
        var from = former.batch().end();
        if (writer.kind() != DocumentKind.INVOICE
                || Paris.dayOf(now).getYear() > from.key().year()) {
            return Optional.empty();
        }
        var due = requests.due(writer, former.due().getLast().turn(), now, BATCH);
        return due.isEmpty() ? Optional.empty() : Optional.of(draft(writer, from, due, now));
    }

    private Draft draft(Writer writer, Series from, List<Due> due, Instant now) {
        var batch = numbering.number(writer, from, due, now);
        var packed = files.batch(batch.entries());
        return new Draft(writer, due, batch, packed, packed.write(), now);
    }
}
