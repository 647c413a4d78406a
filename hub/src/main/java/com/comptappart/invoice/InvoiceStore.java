package com.comptappart.invoice;

import com.comptappart.kernel.Money;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The storing transaction: counter, documents, links, the end of the requests and what follows from
 * them.
 */
@Component
class InvoiceStore {

    private final SeriesRows series;
    private final InvoiceRows rows;
    private final InvoiceTokens tokens;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Duration linkValidity;

    InvoiceStore(
            SeriesRows series,
            InvoiceRows rows,
            InvoiceTokens tokens,
            ApplicationEventPublisher events,
            Clock clock,
            @Value("${comptappart.invoice.link-validity:7d}") Duration linkValidity) {
        this.series = series;
        this.rows = rows;
        this.tokens = tokens;
        this.events = events;
        this.clock = clock;
        this.linkValidity = linkValidity;
    }

    /**
     * Stores all or nothing; false where the series is not where the entries were numbered from.
     */
    @Transactional
    public boolean store(Series from, List<LedgerEntry> entries) {
        if (!series.advance(from, entries)) {
            return false;
        }
        rows.store(entries, clock.instant().plus(linkValidity).plus(InvoiceLinks.SLACK));
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
