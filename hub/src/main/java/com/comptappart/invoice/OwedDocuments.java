package com.comptappart.invoice;

import com.comptappart.invoice.RequestRows.Due;
import com.comptappart.invoice.RequestRows.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells whether documents are those that the database would issue next. */
@Component
class OwedDocuments {

    private final RequestRows requests;
    private final Numbering numbering;
    private final SeriesRows allSeries;

    OwedDocuments(RequestRows requests, Numbering numbering, SeriesRows allSeries) {
        this.requests = requests;
        this.numbering = numbering;
        this.allSeries = allSeries;
    }

    /**
     * True where every document is owed, says what it would say now, and they are chained to where
     * the series stands.
     */
    boolean are(Writer writer, Series from, List<LedgerEntry> entries) {
        byte[] former = from.lastHash();
        var owed = new ArrayList<Due>();
        for (LedgerEntry entry : entries) {
            var request = requests.find(writer, entry.order(), entry.refundId());
            if (request.isEmpty() || !Arrays.equals(entry.previousHash(), former)) {
                return false;
            }
            owed.add(request.get());
            former = entry.hash();
        }
        var contents = numbering.contents(writer, owed);
        for (int i = 0; i < contents.size(); i++) {
            if (!Arrays.equals(contents.get(i), entries.get(i).content())) {
                return false;
            }
        }
        return true;
    }

    /** Whether another writer moved the series meanwhile. */
    boolean haveMoved(Writer writer, Series from) {
        return allSeries
                .newest(writer)
                .filter(now ->
                        now.key().equals(from.key()) && now.lastNumber() == from.lastNumber())
                .isEmpty();
    }
}
