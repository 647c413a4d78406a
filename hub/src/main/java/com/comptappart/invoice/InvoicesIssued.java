package com.comptappart.invoice;

import java.util.List;

/**
 * Invoices or credit notes were numbered and stored; published inside the transaction that stores
 * them.
 */
public record InvoicesIssued(List<InvoiceIssued> invoices) {
    public InvoicesIssued {
        invoices = List.copyOf(invoices);
    }
}
