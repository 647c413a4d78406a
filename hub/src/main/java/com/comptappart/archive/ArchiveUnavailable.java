package com.comptappart.archive;

/** The archive gave no answer, or refused: nothing is known of the object. */
public final class ArchiveUnavailable extends RuntimeException {

    public ArchiveUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
