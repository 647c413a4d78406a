package com.comptappart.console;

import com.comptappart.invoice.FoundDocument;
import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.kernel.Currency;
import com.comptappart.mail.Mails;
import java.util.List;

/** An invoice or a credit note in a list. */
record DocumentRow(
        String number,
        String url,
        String kind,
        String refersTo,
        String date,
        String machineDate,
        String buyer,
        String email,
        String order,
        String orderUrl,
        String partner,
        String total,
        Badge mail) {

    static DocumentRow of(
            Words words, FoundDocument found, String partner, List<Mails.Mail> mails) {
        var issued = found.issued();
        long sign = DocumentView.isCreditNote(issued) ? -1 : 1;
        return new DocumentRow(
                issued.number(),
                url(partner, issued),
                words.text("document." + issued.kind()),
                issued.refersTo(),
                words.date(issued.issueDate()),
                issued.issueDate().toString(),
                found.buyer(),
                found.email(),
                issued.order().toString(),
                Place.path(partner, issued.environment(), "/commandes/" + issued.order()),
                partner,
                words.money(sign * issued.totalMinor(), new Currency(issued.currency())),
                mails.isEmpty()
                        ? Badge.waiting(words.text("mail.not-yet"))
                        : States.of(words, mails.getLast()));
    }

    static String url(String partner, InvoiceIssued issued) {
        return Place.path(
                partner, issued.environment(), DocumentPages.PATH + "/" + issued.number());
    }
}
