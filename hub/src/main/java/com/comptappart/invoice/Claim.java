package com.comptappart.invoice;

/**
 * Numbered documents that the archive holds: these and no others may be stored under their numbers.
 */
record Claim(ArchivedBatch batch, String objectKey, byte[] objectSha256) {}
