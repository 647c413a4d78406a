package com.comptappart.invoice;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Checks one entry of the ledger against its series and the entry before it. */
@Component
class EntryCheck {

    private final InvoiceFiles files;

    EntryCheck(InvoiceFiles files) {
        this.files = files;
    }

    /** Where the entry before stands. */
    record Chain(byte[] hash, LocalDate date) {}

    /**
     * What is wrong with it, first of all.
     *
     * @param sequence the one that comes next in the series
     */
    Optional<String> wrong(Series series, long sequence, Chain chain, LedgerRows.Kept kept) {
        var entry = kept.entry();
        String number = entry.invoice().number();
        var content = entry.invoice().content();
        if (entry.sequence() != sequence) {
            return Optional.of(series.number(sequence) + " is missing, the next is " + number);
        }
        if (!number.equals(series.number(entry.sequence()))) {
            return Optional.of(number + " should be " + series.number(entry.sequence()));
        }
        if (entry.invoice().issueDate().isBefore(chain.date())) {
            return Optional.of(number + " is dated before the invoice that precedes it");
        }
        if (!Arrays.equals(entry.previousHash(), chain.hash())) {
            return Optional.of(number + " is not chained to the invoice that precedes it");
        }
        if (!Arrays.equals(kept.contentHash(), entry.contentHash())) {
            return Optional.of(number + ": its content is not what was issued");
        }
        if (content.gross() != kept.total()
                || content.vat() != kept.tax()
                || !content.currency().code().equals(kept.currency())) {
            return Optional.of(number + ": its lines do not add up to its total");
        }
        if (!content.orderReference().equals(entry.order().toString())
                || !entry.refundId().equals(kept.refundId())
                || !entry.refersTo().equals(kept.refersTo())) {
            return Optional.of(number + " is filed under another order or refund");
        }
        if (!isWhole(entry.document())) {
            return Optional.of(number + ": its PDF is not the one that was issued");
        }
        if (!Arrays.equals(kept.hash(), entry.hash())) {
            return Optional.of(number + ": its ledger entry was changed");
        }
        return Optional.empty();
    }

    private boolean isWhole(RenderedInvoice document) {
        try {
            byte[] prefix = files.template(document.prefixId());
            byte[] pdf = InvoiceRenderer.Template.whole(prefix, document.tail());
            return Arrays.equals(Hashes.sha256(pdf), document.pdfSha256());
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
