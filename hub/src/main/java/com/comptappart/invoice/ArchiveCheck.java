package com.comptappart.invoice;

import com.comptappart.archive.Archive;
import com.comptappart.invoice.RequestRows.Writer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Compares what the archive holds with the ledger: every number is in one object, every object is
 * what was put there, and there is none of documents that the database has lost.
 */
@Component
class ArchiveCheck {

    private static final int PAGE = 200;

    private final Archive archive;
    private final ArchiveRows rows;
    private final LedgerRows ledger;
    private final InvoiceFiles files;
    private final ClaimedNumbers claimed;
    private final OwedDocuments owed;

    ArchiveCheck(
            Archive archive,
            ArchiveRows rows,
            LedgerRows ledger,
            InvoiceFiles files,
            ClaimedNumbers claimed,
            OwedDocuments owed) {
        this.archive = archive;
        this.rows = rows;
        this.ledger = ledger;
        this.files = files;
        this.claimed = claimed;
        this.owed = owed;
    }

    /** The first object that is missing or holds something else, where there is one. */
    Optional<String> firstBreak() {
        var whole = new HashSet<String>();
        for (Series series : ledger.allSeries()) {
            var broken = firstBreak(series, whole).or(() -> lost(series));
            if (broken.isPresent()) {
                return broken;
            }
        }
        return Optional.empty();
    }

    /**
     * @param whole parts that were compared already
     */
    private Optional<String> firstBreak(Series series, Set<String> whole) {
        long last = 0;
        while (true) {
            var page = rows.page(series.key(), last, PAGE);
            for (ArchiveRows.Batch batch : page) {
                if (batch.first() != last + 1) {
                    return notHeld(series, last);
                }
                var wrong = wrong(series, batch, whole);
                if (wrong.isPresent()) {
                    return wrong;
                }
                last = batch.last();
            }
            if (page.size() < PAGE) {
                return last < series.lastNumber() ? notHeld(series, last) : Optional.empty();
            }
        }
    }

    private Optional<String> notHeld(Series series, long last) {
        return Optional.of(
                "no object of the archive is known to hold "
                        + series.number(last + 1)
                        + " (a hub that runs brings in what was issued before there was an archive)");
    }

    /**
     * What is claimed behind the last number is owed, or was stored meanwhile; or the database had
     * it once.
     */
    private Optional<String> lost(Series series) {
        var key = series.key();
        var writer = new Writer(key.sellerId(), key.environment(), key.kind());
        boolean isLost =
                claimed.behind(series)
                        .filter(object -> !owed.are(writer, series, read(object).entries()))
                        .isPresent();
        if (isLost && standsStill(series)) {
            return lost(series, series.lastNumber() + 1);
        }
        var next =
                new Series(
                        new Series.Key(
                                key.sellerId(), key.environment(), key.kind(), key.year() + 1),
                        series.prefix(),
                        0,
                        series.lastDate(),
                        series.lastHash());
        return claimed.behind(next).isPresent() && !owed.haveMoved(writer, series)
                ? lost(next, 1)
                : Optional.empty();
    }

    private boolean standsStill(Series series) {
        return ledger.allSeries().stream()
                .anyMatch(now ->
                        now.key().equals(series.key()) && now.lastNumber() == series.lastNumber());
    }

    private static Optional<String> lost(Series series, long sequence) {
        return Optional.of(
                "the archive holds " + series.number(sequence) + ", which the database has lost");
    }

    private ArchivedBatch read(byte[] object) {
        return ArchivedBatch.read(object, files::unpack);
    }

    private Optional<String> wrong(Series series, ArchiveRows.Batch batch, Set<String> whole) {
        String what =
                batch.objectKey()
                        + " ("
                        + series.number(batch.first())
                        + " to "
                        + series.number(batch.last())
                        + ")";
        if (!batch.objectKey()
                .equals(ArchivedBatch.key(rows.installation(), series.key(), batch.first()))) {
            return Optional.of(what + " is not the archive's name for these documents");
        }
        var object = archive.read(batch.objectKey());
        if (object.isEmpty()) {
            return Optional.of("the archive " + archive.location() + " has lost " + what);
        }
        if (!Arrays.equals(Hashes.sha256(object.get()), batch.sha256())) {
            return Optional.of("the archive's " + what + " is not what was put there");
        }
        var kept = read(object.get());
        var stored = ledger.stamps(series, batch.first(), batch.last());
        if (kept.entries().size() != stored.size()
                || stored.size() != batch.last() - batch.first() + 1) {
            return Optional.of("the archive's " + what + " holds another number of documents");
        }
        for (int i = 0; i < stored.size(); i++) {
            var entry = kept.entries().get(i);
            if (!isSame(entry, kept.tails().get(i), stored.get(i))) {
                return Optional.of(entry.invoice().number() + " is not what the archive holds");
            }
            var part =
                    wrongPart(
                            List.of(
                                    entry.document().prefixId(),
                                    kept.tails().get(i).dictionaryId()),
                            whole);
            if (part.isPresent()) {
                return part;
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(LedgerEntry entry, PackedTail tail, LedgerRows.Stamp stored) {
        return Arrays.equals(entry.hash(), stored.entryHash())
                && Arrays.equals(Hashes.sha256(tail.bytes()), stored.tailSha256())
                && entry.partner().value().equals(stored.partner());
    }

    /** Without the constant beginnings and the dictionaries no object can be read. */
    private Optional<String> wrongPart(List<String> ids, Set<String> whole) {
        for (String id : ids) {
            if (id.isEmpty() || !whole.add(id)) {
                continue;
            }
            var part = archive.read(ArchivedBatch.partKey(rows.installation(), id));
            if (part.isEmpty() || !Arrays.equals(part.get(), files.template(id))) {
                return Optional.of("the archive's part " + id + " is lost or not what it was");
            }
        }
        return Optional.empty();
    }
}
