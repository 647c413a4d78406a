package com.comptappart.invoice;

import com.comptappart.archive.Archive;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Compares what the archive holds with the ledger. */
@Component
class ArchiveCheck {

    private static final int PAGE = 200;

    private final Archive archive;
    private final ArchiveRows rows;
    private final LedgerRows ledger;
    private final InvoiceFiles files;

    ArchiveCheck(Archive archive, ArchiveRows rows, LedgerRows ledger, InvoiceFiles files) {
        this.archive = archive;
        this.rows = rows;
        this.ledger = ledger;
        this.files = files;
    }

    /** The first object that is missing or holds something else, where there is one. */
    Optional<String> firstBreak() {
        for (Series series : ledger.allSeries()) {
            var broken = firstBreak(series);
            if (broken.isPresent()) {
                return broken;
            }
        }
        return Optional.empty();
    }

    private Optional<String> firstBreak(Series series) {
        long after = 0;
        while (true) {
            var page = rows.page(series.key(), after, PAGE);
            for (ArchiveRows.Batch batch : page) {
                var wrong = wrong(series, batch);
                if (wrong.isPresent()) {
                    return wrong;
                }
                after = batch.first();
            }
            if (page.size() < PAGE) {
                return Optional.empty();
            }
        }
    }

    private Optional<String> wrong(Series series, ArchiveRows.Batch batch) {
        String what =
                batch.objectKey()
                        + " ("
                        + series.number(batch.first())
                        + " to "
                        + series.number(batch.last())
                        + ")";
        var object = archive.read(batch.objectKey());
        if (object.isEmpty()) {
            return Optional.of("the archive " + archive.location() + " has lost " + what);
        }
        if (!Arrays.equals(Hashes.sha256(object.get()), batch.sha256())) {
            return Optional.of("the archive's " + what + " is not what was put there");
        }
        var kept = ArchivedBatch.read(object.get(), files::unpack);
        var stored = ledger.stamps(series, batch.first(), batch.last());
        if (kept.entries().size() != stored.size()) {
            return Optional.of("the archive's " + what + " holds another number of documents");
        }
        for (int i = 0; i < stored.size(); i++) {
            var entry = kept.entries().get(i);
            byte[] tail = Hashes.sha256(kept.tails().get(i).bytes());
            if (!Arrays.equals(entry.hash(), stored.get(i).entryHash())
                    || !Arrays.equals(tail, stored.get(i).tailSha256())) {
                return Optional.of(entry.invoice().number() + " is not what the archive holds");
            }
        }
        return Optional.empty();
    }
}
