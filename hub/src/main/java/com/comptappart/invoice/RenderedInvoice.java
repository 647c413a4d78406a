package com.comptappart.invoice;

/**
 * A document: the constant prefix's id, empty where there is none, and what follows it.
 *
 * @param pdfSha256 over the whole PDF
 */
record RenderedInvoice(String prefixId, byte[] tail, byte[] pdfSha256) {}
