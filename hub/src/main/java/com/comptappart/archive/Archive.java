package com.comptappart.archive;

import java.util.Optional;

/**
 * Objects under keys, each written once and never again: a directory, or an S3 bucket. Several
 * nodes of one database must share one archive.
 */
public interface Archive {

    /**
     * Keeps an object under a key that has none yet. It is durable when this returns.
     *
     * @param key parts of {@code A-Z a-z 0-9 . _ -} separated by slashes
     * @return empty where it is kept; else what the key already had, which stays
     * @throws ArchiveUnavailable where neither could be found out
     */
    Optional<byte[]> create(String key, byte[] object);

    /**
     * @throws ArchiveUnavailable where the archive does not answer
     */
    Optional<byte[]> read(String key);

    /** Where it is, for people. */
    String location();
}
