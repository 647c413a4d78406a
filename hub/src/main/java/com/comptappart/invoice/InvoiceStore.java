package com.comptappart.invoice;

import com.comptappart.kernel.Money;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The storing transaction: counter, documents, the end of the requests and what follows from them.
 */
@Component
class InvoiceStore {

    private final SeriesRows series;
    private final InvoiceRows rows;
    private final ArchiveRows archive;
    private final InvoiceTokens tokens;
    private final ApplicationEventPublisher events;

    InvoiceStore(
            SeriesRows series,
            InvoiceRows rows,
            ArchiveRows archive,
            InvoiceTokens tokens,
            ApplicationEventPublisher events) {
        this.series = series;
        this.rows = rows;
        this.archive = archive;
        this.tokens = tokens;
        this.events = events;
    }

    /**
     * Stores all or nothing; false where the series is not where the entries were numbered from.
     */
    @Transactional
    public boolean store(Series from, Claim claim) {
        var entries = claim.batch().entries();
        if (!series.advance(from, entries)) {
            return false;
        }
        archive.add(claim);
        rows.store(claim.batch());
        events.publishEvent(new InvoicesIssued(entries.stream().map(this::issued).toList()));
        return true;
    }

    private InvoiceIssued issued(LedgerEntry entry) {
        var invoice = entry.invoice();
        var environment = entry.series().environment();
        var total = new Money(invoice.content().gross(), invoice.content().currency());
        return new InvoiceIssued(
                entry.partner(),
                entry.order(),
                environment,
                invoice.number(),
                invoice.issueDate(),
                total.currency().code(),
                total.minor(),
                invoice.content().vat(),
                entry.series().kind(),
                entry.refersTo(),
                entry.refundId(),
                tokens.of(environment, invoice.number()),
                entry.issuedAt());
    }
}
