package com.comptappart.flow;

import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Money;
import com.comptappart.mail.OutgoingMail;
import com.comptappart.order.Credit;
import com.comptappart.order.Order;
import com.comptappart.order.OrderRefund;
import com.comptappart.partner.Seller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mail that brings a credit note to its buyer, in the language of the invoice's mail. */
final class CreditNoteMail {

    private CreditNoteMail() {}

    static OutgoingMail of(
            Order order,
            OrderRefund refund,
            InvoiceIssued creditNote,
            Seller seller,
            String areaUrl) {
        boolean french = Letter.isFrench(order.paid());
        var letter =
                new Letter(
                        french,
                        (french ? "Votre avoir " : "Your credit note ")
                                + creditNote.number()
                                + " – "
                                + Letter.oneLine(seller.name()),
                        sentences(order, refund, creditNote, french),
                        List.of(),
                        Letter.toArea(french, areaUrl));
        return letter.mail(order, creditNote, seller);
    }

    private static List<String> sentences(
            Order order, OrderRefund refund, InvoiceIssued creditNote, boolean french) {
        var refunded = new Money(creditNote.totalMinor(), new Currency(creditNote.currency()));
        String amount = Letter.amount(refunded, french);
        var buyer = order.paid().buyer();
        String number = creditNote.number();
        String invoice = creditNote.refersTo();
        if (french) {
            return List.of(
                    Letter.greeting("Bonjour", buyer),
                    given(refund.means(), amount)
                            + " Vous trouverez ci-joint l'avoir "
                            + number
                            + " sur la facture "
                            + invoice
                            + ".",
                    (refund.means() == null
                                    ? "Selon votre banque, la somme apparaît sur votre compte sous"
                                            + " 5 à 10 jours ouvrés. "
                                    : "")
                            + "Gardez cet avoir avec votre facture.");
        }
        return List.of(
                Letter.greeting("Hello", buyer),
                givenInEnglish(refund.means(), amount)
                        + " Credit note "
                        + number
                        + " on invoice "
                        + invoice
                        + " is attached.",
                (refund.means() == null
                                ? "Depending on your bank, the money is on your account within 5"
                                        + " to 10 business days. "
                                : "")
                        + "Please keep this credit note with your invoice.");
    }

    private static String given(Credit.@Nullable Means means, String amount) {
        return switch (means) {
            case null -> "Nous vous avons remboursé " + amount + ".";
            case OUT_OF_BAND -> "Nous vous avons rendu " + amount + ".";
            case REDUCTION ->
                    "Nous avons déduit " + amount + " de la somme due avant votre paiement.";
            case BALANCE ->
                    "Nous avons crédité votre solde client de "
                            + amount
                            + ", qui seront déduits de vos prochaines factures.";
        };
    }

    private static String givenInEnglish(Credit.@Nullable Means means, String amount) {
        return switch (means) {
            case null -> "We have refunded you " + amount + ".";
            case OUT_OF_BAND -> "We have given you back " + amount + ".";
            case REDUCTION ->
                    "We have taken " + amount + " off the amount due before your payment.";
            case BALANCE ->
                    "We have credited your customer balance with "
                            + amount
                            + ", which will be deducted from your next invoices.";
        };
    }
}
