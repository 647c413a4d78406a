package com.comptappart.flow;

import com.comptappart.kernel.Money;
import com.comptappart.mail.OutgoingMail;
import com.comptappart.order.PaidOrder;
import com.comptappart.order.PendingOrder;
import com.comptappart.partner.Seller;
import java.util.List;

/** Tells a buyer that the bank refused a delayed payment: nothing was bought, nothing is owed. */
final class PaymentFailedMail {

    private PaymentFailedMail() {}

    static OutgoingMail of(PendingOrder pending, Seller seller) {
        var order = pending.order();
        boolean french = Letter.isFrench(order);
        var letter =
                new Letter(
                        french,
                        (french ? "Votre paiement n'a pas abouti – " : "Your payment failed – ")
                                + Letter.oneLine(seller.name()),
                        sentences(order, french),
                        Letter.items(order));
        return letter.mail(order, "payment-failed-" + order.stripeObject(), seller);
    }

    private static List<String> sentences(PaidOrder order, boolean french) {
        String amount = Letter.amount(new Money(order.total(), order.currency()), french);
        if (french) {
            return List.of(
                    Letter.greeting("Bonjour", order.buyer()),
                    "Votre banque n'a pas payé les "
                            + amount
                            + " de votre commande. Rien n'a été débité, la commande est annulée et aucune facture"
                            + " n'est émise.",
                    "Pour la passer à nouveau, recommencez l'achat, par exemple par carte.");
        }
        return List.of(
                Letter.greeting("Hello", order.buyer()),
                "Your bank did not pay the "
                        + amount
                        + " of your order. Nothing was charged, the order is canceled and no invoice is issued.",
                "To place it again, please make the purchase once more, for example by card.");
    }
}
