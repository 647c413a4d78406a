package com.comptappart.invoice;

import com.comptappart.invoice.RequestRows.Due;
import com.comptappart.invoice.RequestRows.Writer;
import com.comptappart.kernel.Paris;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Counts on from where a series stands and renders each document; nothing is stored. The series is
 * read before the credit notes that were issued: where another writer adds one after that, the
 * counter is not there any more, and nothing of this can be stored.
 */
@Component
class Numbering {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SeriesRows allSeries;
    private final InvoiceRows rows;
    private final InvoiceRenderer renderer;
    private final ExchangeRates exchange;
    private final ClaimedNumbers claimed;

    Numbering(
            SeriesRows allSeries,
            InvoiceRows rows,
            InvoiceRenderer renderer,
            ExchangeRates exchange,
            ClaimedNumbers claimed) {
        this.allSeries = allSeries;
        this.rows = rows;
        this.renderer = renderer;
        this.exchange = exchange;
        this.claimed = claimed;
    }

    /**
     * Documents ready to be stored.
     *
     * @param from where the series stood before them
     * @param failed requests that could not be made into one, and why: they took no number
     */
    record Batch(Series from, List<LedgerEntry> entries, Map<Due, RuntimeException> failed) {

        /** Where the series stands when they are stored. */
        Series end() {
            if (entries.isEmpty()) {
                return from;
            }
            var last = entries.getLast();
            return new Series(
                    from.key(),
                    from.prefix(),
                    last.sequence(),
                    last.invoice().issueDate(),
                    last.hash());
        }
    }

    /**
     * @param from where the series stands, read before this is called
     */
    Batch number(Writer writer, Series from, List<Due> due, Instant now) {
        var creditNotes = creditNotes(writer, due);
        var reader = new ContentReader();
        var batch = new Batch(from, new ArrayList<>(due.size()), new LinkedHashMap<>());
        for (Due request : due) {
            try {
                var content = content(request, reader, creditNotes);
                batch.entries().add(entry(request, content, batch, now));
                creditNotes.keep(request.order(), content);
            } catch (RuntimeException e) {
                // One bad request takes no number and stops nobody else's document.
                batch.failed().put(request, e);
            }
        }
        return batch;
    }

    private InvoiceContent content(Due request, ContentReader reader, CreditNotes creditNotes) {
        return switch (request.kind()) {
            case INVOICE -> exchange.convert(reader.read(request.content()));
            case CREDIT_NOTE -> creditNotes.content(request);
        };
    }

    /**
     * What documents say that are numbered in this order.
     *
     * @throws RuntimeException where one can't be made
     */
    List<byte[]> contents(Writer writer, List<Due> owed) {
        var creditNotes = creditNotes(writer, owed);
        var reader = new ContentReader();
        var contents = new ArrayList<byte[]>(owed.size());
        for (Due request : owed) {
            var content = content(request, reader, creditNotes);
            creditNotes.keep(request.order(), content);
            contents.add(canonical(request, content));
        }
        return contents;
    }

    private CreditNotes creditNotes(Writer writer, List<Due> due) {
        return new CreditNotes(
                writer.kind() == DocumentKind.CREDIT_NOTE
                        ? rows.issued(
                                due.stream().map(Due::partner).toList(),
                                due.stream().map(Due::order).toList())
                        : List.of());
    }

    private static byte[] canonical(Due request, InvoiceContent content) {
        return request.kind() == DocumentKind.INVOICE && content.euroVat() == null
                ? request.content()
                : JSON.writeValueAsBytes(content);
    }

    private LedgerEntry entry(Due request, InvoiceContent content, Batch before, Instant now) {
        var series = before.from();
        long sequence = series.lastNumber() + before.entries().size() + 1;
        var today = Paris.dayOf(now);
        var date = today.isBefore(series.lastDate()) ? series.lastDate() : today;
        var document = new NumberedInvoice(series.number(sequence), date, content);
        return new LedgerEntry(
                request.partner(),
                request.order(),
                series.key(),
                sequence,
                document,
                canonical(request, content),
                renderer.render(document),
                before.entries().isEmpty() ? series.lastHash() : before.entries().getLast().hash(),
                now);
    }

    /**
     * The series of today, in Paris; a date never goes back, even when the clock does. A year that
     * was closed is over, also where the clock is behind. One that was not goes on while the
     * archive holds documents of it that a process claimed and did not live to store: they are
     * stored first, as they are there.
     */
    Series series(Writer writer, String sellerPrefix, Instant now) {
        int year = Paris.dayOf(now).getYear();
        var newest = allSeries.newest(writer);
        if (newest.isPresent()) {
            var series = newest.get();
            boolean isClosed = allSeries.isClosed(series.key());
            if (!isClosed && (series.key().year() >= year || claimed.areAheadOf(series))) {
                return series;
            }
            year = Math.max(year, series.key().year() + 1);
        }
        var key = new Series.Key(writer.sellerId(), writer.environment(), writer.kind(), year);
        byte[] former = newest.map(Series::lastHash).orElse(Series.NO_FORMER_ENTRY);
        var fresh =
                new Series(
                        key,
                        Series.prefix(writer.environment(), sellerPrefix),
                        0,
                        Paris.dayOf(now),
                        former);
        allSeries.open(fresh);
        return allSeries.newest(writer).orElse(fresh);
    }
}
