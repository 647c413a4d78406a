package com.comptappart.invoice;

/**
 * A mention of law, in French, as it was in force: frozen with the invoice.
 *
 * @param subject UNTDID 4451 (BT-21), empty where the XML says it otherwise
 * @param text BT-22
 * @param printed whether it stands on the PDF of an invoice
 */
public record Note(String subject, String text, boolean printed) {

    /** About payment that is late or early: a credit note, which is paid, does not print it. */
    boolean isAboutPayment() {
        return subject.equals("PMD") || subject.equals("PMT") || subject.equals("AAB");
    }
}
