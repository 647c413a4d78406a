package com.comptappart.invoice;

import java.time.LocalDate;

/** Content with its number and date: all that a document depends on. */
record NumberedInvoice(String number, LocalDate issueDate, InvoiceContent content) {}
