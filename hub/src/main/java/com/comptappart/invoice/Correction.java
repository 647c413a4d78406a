package com.comptappart.invoice;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What a credit note corrects, and why.
 *
 * @param invoiceNumber of the invoice (BT-25)
 * @param invoiceDate of the invoice (BT-26)
 * @param refundId Stripe's id of the refund
 * @param reason Stripe's, empty where none was given
 * @param invoiceLines for each line, which line of the invoice it takes from, from 1
 */
public record Correction(
        String invoiceNumber,
        LocalDate invoiceDate,
        String refundId,
        Instant refundedAt,
        String reason,
        List<Integer> invoiceLines) {

    public Correction {
        invoiceLines = List.copyOf(invoiceLines);
    }
}
