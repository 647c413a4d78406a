package com.comptappart.flow;

import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.kernel.Money;
import com.comptappart.mail.OutgoingMail;
import com.comptappart.order.Order;
import com.comptappart.partner.Seller;
import java.util.List;

/**
 * The mail that brings an invoice to its buyer, in French, or in English for those who bought in
 * English.
 */
final class InvoiceMail {

    private InvoiceMail() {}

    /**
     * @param areaUrl where the buyer finds all documents and subscriptions
     */
    static OutgoingMail of(Order order, InvoiceIssued invoice, Seller seller, String areaUrl) {
        boolean french = Letter.isFrench(order.paid());
        var letter =
                new Letter(
                        french,
                        (french ? "Votre facture " : "Your invoice ")
                                + invoice.number()
                                + " – "
                                + Letter.oneLine(seller.name()),
                        sentences(order, invoice, french),
                        Letter.items(order.paid()),
                        Letter.toArea(french, areaUrl));
        return letter.mail(order, invoice, seller);
    }

    private static List<String> sentences(Order order, InvoiceIssued invoice, boolean french) {
        var total = new Money(order.paid().total(), order.paid().currency());
        String amount = Letter.amount(total, french);
        if (french) {
            return List.of(
                    Letter.greeting("Bonjour", order.paid().buyer()),
                    "Merci pour votre achat de "
                            + amount
                            + ". Vous trouverez ci-joint la facture "
                            + invoice.number()
                            + ", acquittée : il ne reste rien à payer.",
                    "Gardez-la : elle vaut justificatif.");
        }
        return List.of(
                Letter.greeting("Hello", order.paid().buyer()),
                "Thank you for your purchase of "
                        + amount
                        + ". Invoice "
                        + invoice.number()
                        + " is attached and paid in full: nothing is due.",
                "Please keep it for your records.");
    }
}
