package com.comptappart.invoice;

import java.util.Locale;

/** What the technical journal (JET) tells of. */
public enum JournalKind {
    /** A node began to work, with its version. */
    START,
    STOP,
    /** The seller's identity or the archive's place is another than before. */
    SETTINGS,
    /** The ledger or a closing is not what it was. */
    INTEGRITY,
    /** Figures were taken out of the ledger. */
    EXPORT,
    /** A year's documents were taken out. */
    ARCHIVE;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
