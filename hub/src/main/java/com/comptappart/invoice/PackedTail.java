package com.comptappart.invoice;

/**
 * What follows a document's constant prefix, as it is stored.
 *
 * @param dictionaryId what the bytes were deflated with; empty where they are the tail itself
 */
record PackedTail(String dictionaryId, byte[] bytes) {}
