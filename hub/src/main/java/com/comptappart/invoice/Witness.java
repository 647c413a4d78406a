package com.comptappart.invoice;

import com.comptappart.archive.Archive;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Claims numbers in the archive before they are stored in the database, so that a database that
 * went back in time (an old primary, a restored backup) can't give a number to a second document.
 * Nothing leaves the hub before both have it.
 *
 * <p>The archive refuses a second object that begins at the same number. What is there already is
 * either ours, of a process that died before its commit, and is stored as it is; or it is of
 * documents that this database does not owe, and numbering stops.
 */
@Component
class Witness {

    private static final Logger LOG = LoggerFactory.getLogger(Witness.class);

    private final Archive archive;
    private final ArchiveRows rows;
    private final SeriesRows series;
    private final InvoiceFiles files;
    private final OwedDocuments owed;
    private final Set<String> keptParts = ConcurrentHashMap.newKeySet();

    Witness(
            Archive archive,
            ArchiveRows rows,
            SeriesRows series,
            InvoiceFiles files,
            OwedDocuments owed) {
        this.archive = archive;
        this.rows = rows;
        this.series = series;
        this.files = files;
        this.owed = owed;
    }

    /**
     * Documents that may be stored from where the batch was numbered; empty where another writer
     * moved the series meanwhile.
     *
     * @throws NumberTaken where the archive has other documents under these numbers
     * @throws com.comptappart.archive.ArchiveUnavailable where it does not answer
     */
    Optional<Claim> claim(Draft draft) {
        var writer = draft.writer();
        var numbered = draft.batch();
        var firstDate = numbered.entries().getFirst().invoice().issueDate();
        if (!series.announce(numbered.from(), firstDate)) {
            return Optional.empty();
        }
        var held = put(numbered.from().key(), draft.packed(), draft.object());
        if (held.isOurs()) {
            return Optional.of(held.claim());
        }
        if (owed.haveMoved(writer, numbered.from())) {
            return Optional.empty();
        }
        var theirs = held.claim().batch();
        if (!owed.are(writer, numbered.from(), theirs.entries())) {
            if (owed.haveMoved(writer, numbered.from())) {
                return Optional.empty();
            }
            throw taken(numbered.from(), theirs);
        }
        LOG.warn(
                "{} to {} were claimed in the archive but not stored; they are stored now as they are there",
                theirs.entries().getFirst().invoice().number(),
                theirs.entries().getLast().invoice().number());
        return Optional.of(held.claim());
    }

    /** Puts documents that were stored before there was an archive into it. */
    Claim keep(Series of, List<LedgerRows.Kept> stored) {
        var entries = stored.stream().map(LedgerRows.Kept::entry).toList();
        var tails = stored.stream().map(LedgerRows.Kept::packed).toList();
        var batch = new ArchivedBatch(entries, tails);
        var kept = put(of.key(), batch, batch.write()).claim();
        if (!hashes(kept.batch().entries()).equals(hashes(entries))) {
            throw taken(of, kept.batch());
        }
        return kept;
    }

    /**
     * What the archive holds where a batch begins.
     *
     * @param isOurs it had nothing there before
     */
    private record Held(Claim claim, boolean isOurs) {}

    private Held put(Series.Key of, ArchivedBatch mine, byte[] object) {
        keepParts(mine);
        String key = key(of, mine.entries().getFirst().sequence());
        return archive.create(key, object)
                .map(there ->
                        new Held(
                                new Claim(
                                        ArchivedBatch.read(there, files::unpack),
                                        key,
                                        Hashes.sha256(there)),
                                false))
                .orElseGet(() -> new Held(new Claim(mine, key, Hashes.sha256(object)), true));
    }

    private String key(Series.Key of, long first) {
        return ArchivedBatch.key(rows.installation(), of, first);
    }

    /**
     * The constant beginnings and dictionaries go first, so that the archive is whole by itself.
     */
    private void keepParts(ArchivedBatch batch) {
        for (int i = 0; i < batch.entries().size(); i++) {
            keepPart(batch.entries().get(i).document().prefixId());
            keepPart(batch.tails().get(i).dictionaryId());
        }
    }

    private void keepPart(String id) {
        if (!id.isEmpty() && !keptParts.contains(id)) {
            archive.create(ArchivedBatch.partKey(rows.installation(), id), files.template(id));
            keptParts.add(id);
        }
    }

    private NumberTaken taken(Series from, ArchivedBatch theirs) {
        return new NumberTaken(
                "the archive "
                        + archive.location()
                        + " holds other documents from "
                        + theirs.entries().getFirst().invoice().number()
                        + " on, but the database stands at "
                        + from.number(from.lastNumber())
                        + ": the database is older than what it issued. Restore a newer backup;"
                        + " no number of this series is given before");
    }

    private static List<String> hashes(List<LedgerEntry> entries) {
        var hex = java.util.HexFormat.of();
        return entries.stream().map(entry -> hex.formatHex(entry.hash())).toList();
    }
}
