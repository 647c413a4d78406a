package com.comptappart.invoice;

import com.comptappart.archive.Archive;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells whether the archive knows of numbers that the database does not have yet. */
@Component
class ClaimedNumbers {

    private final Archive archive;
    private final ArchiveRows rows;

    ClaimedNumbers(Archive archive, ArchiveRows rows) {
        this.archive = archive;
        this.rows = rows;
    }

    /**
     * Whether documents behind the series' last were claimed and not stored.
     *
     * @throws com.comptappart.archive.ArchiveUnavailable where it does not answer
     */
    boolean areAheadOf(Series series) {
        return behind(series).isPresent();
    }

    /** The object that begins behind the series' last number. */
    Optional<byte[]> behind(Series series) {
        return archive.read(
                ArchivedBatch.key(rows.installation(), series.key(), series.lastNumber() + 1));
    }
}
