package com.comptappart.flow;

import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Money;
import com.comptappart.mail.OutgoingMail;
import com.comptappart.order.Order;
import com.comptappart.partner.Seller;
import java.util.List;

/** The mail that brings a credit note to its buyer, in the language of the invoice's mail. */
final class CreditNoteMail {

    private CreditNoteMail() {}

    static OutgoingMail of(Order order, InvoiceIssued creditNote, Seller seller) {
        boolean french = Letter.isFrench(order.paid());
        var letter =
                new Letter(
                        french,
                        (french ? "Votre avoir " : "Your credit note ")
                                + creditNote.number()
                                + " – "
                                + Letter.oneLine(seller.name()),
                        sentences(order, creditNote, french),
                        List.of());
        return letter.mail(order, creditNote, seller);
    }

    private static List<String> sentences(Order order, InvoiceIssued creditNote, boolean french) {
        var refunded = new Money(creditNote.totalMinor(), new Currency(creditNote.currency()));
        String amount = Letter.amount(refunded, french);
        if (french) {
            return List.of(
                    Letter.greeting("Bonjour", order.paid().buyer()),
                    "Nous vous avons remboursé "
                            + amount
                            + ". Vous trouverez ci-joint l'avoir "
                            + creditNote.number()
                            + " sur la facture "
                            + creditNote.refersTo()
                            + ".",
                    "Selon votre banque, la somme apparaît sur votre compte sous 5 à 10 jours"
                            + " ouvrés. Gardez cet avoir avec votre facture.");
        }
        return List.of(
                Letter.greeting("Hello", order.paid().buyer()),
                "We have refunded you "
                        + amount
                        + ". Credit note "
                        + creditNote.number()
                        + " on invoice "
                        + creditNote.refersTo()
                        + " is attached.",
                "Depending on your bank, the money is on your account within 5 to 10 business days."
                        + " Please keep this credit note with your invoice.");
    }
}
