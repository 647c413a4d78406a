package com.comptappart.sandbox;

/** What the work on invoices is made of. */
record InvoiceParts(
        InvoiceLines lines,
        InvoiceTotals totals,
        InvoiceDrafts drafts,
        InvoiceNumbers numbers,
        InvoiceMoney money) {}
