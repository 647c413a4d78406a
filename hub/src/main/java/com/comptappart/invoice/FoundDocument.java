package com.comptappart.invoice;

/**
 * A document that was looked for.
 *
 * @param buyer the buyer's name, empty where none was given
 * @param email the buyer's, empty where none was given
 */
public record FoundDocument(InvoiceIssued issued, String buyer, String email) {}
