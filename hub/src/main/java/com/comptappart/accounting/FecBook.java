package com.comptappart.accounting;

import com.comptappart.invoice.IssuedDocument;
import com.comptappart.order.BalanceTransaction;
import java.io.IOException;
import java.time.LocalDate;

/** Takes what happened, day after day, and makes entries of it. */
interface FecBook {

    void add(IssuedDocument document) throws IOException;

    /** After the documents of its day. */
    void add(LocalDate day, BalanceTransaction transaction, Booking booking) throws IOException;

    /** Writes what is still held of the day. */
    void endDay() throws IOException;
}
