package com.comptappart.invoice;

import java.util.ArrayList;
import java.util.List;

/**
 * The words in which an invoice and a credit note differ. The English copy keeps the French name of
 * the document, which the law wants.
 */
record DocumentWords(DocumentKind kind, boolean french) {

    private boolean isInvoice() {
        return kind == DocumentKind.INVOICE;
    }

    private String of(String frenchInvoice, String frenchCredit, String invoice, String credit) {
        if (french) {
            return isInvoice() ? frenchInvoice : frenchCredit;
        }
        return isInvoice() ? invoice : credit;
    }

    String title() {
        return of("Facture", "Avoir", "Invoice (facture)", "Credit note (avoir)");
    }

    String name() {
        return of("Facture", "Avoir", "Invoice", "Credit note");
    }

    /** UNTDID 1001 (BT-3). */
    String typeCode() {
        return isInvoice() ? "380" : "381";
    }

    String refersTo(String number, String date) {
        return french
                ? "Avoir sur la facture " + number + " du\u00a0" + date
                : "Credit note on invoice " + number + " of\u00a0" + date;
    }

    String paidOn(Payment payment) {
        return switch (payment.method()) {
            case Payment.BALANCE -> of("Payé le", "Crédité le", "Paid on", "Credited on");
            case Payment.REDUCTION -> of("Payé le", "Déduit le", "Paid on", "Deducted on");
            default -> of("Payé le", "Remboursé le", "Paid on", "Refunded on");
        };
    }

    String due() {
        return of("Net à payer", "Reste à rembourser", "Amount due", "Left to refund");
    }

    /** How the money came, or went back, and why. */
    List<String> payment(InvoiceContent content) {
        var payment = content.payment();
        var corrects = content.corrects();
        var lines = new ArrayList<String>();
        lines.add(
                of("Moyen de paiement : ", "Remboursement : ", "Payment: ", "Refund: ")
                        + Mentions.means(payment, french));
        if (payment.fromBalance() > 0 && payment.fromBalance() < content.gross()) {
            String amount = Amounts.money(payment.fromBalance(), content.currency(), french);
            lines.add(
                    french
                            ? "dont " + amount + " de votre solde client"
                            : amount + " of it from your balance");
        }
        if (payment.reduced() > 0) {
            String amount = Amounts.money(payment.reduced(), content.currency(), french);
            lines.add(
                    french
                            ? "dont " + amount + " déduits par un avoir avant le paiement"
                            : amount + " of it deducted by a credit note before the payment");
        }
        if (isInvoice() && payment.method().equals(Payment.BALANCE)) {
            return lines;
        }
        if (!isInvoice() && payment.method().equals(Payment.BALANCE)) {
            lines.add(
                    french
                            ? "Cette somme sera déduite de vos prochaines factures."
                            : "This amount will be deducted from your next invoices.");
        }
        lines.add((french ? "Référence : " : "Reference: ") + payment.reference());
        if (corrects != null && !why(corrects.reason()).isEmpty()) {
            lines.add((french ? "Motif : " : "Reason: ") + why(corrects.reason()));
        }
        return lines;
    }

    /** Stripe's reasons that a buyer may read; a suspicion of fraud is not printed. */
    private String why(String reason) {
        return switch (reason) {
            case "requested_by_customer" -> french ? "demande du client" : "requested by customer";
            case "duplicate" -> french ? "paiement en double" : "duplicate payment";
            default -> "";
        };
    }
}
