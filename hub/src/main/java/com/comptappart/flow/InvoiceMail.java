package com.comptappart.flow;

import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Money;
import com.comptappart.mail.OutgoingMail;
import com.comptappart.order.Order;
import com.comptappart.partner.Seller;
import org.springframework.web.util.HtmlUtils;

/**
 * The mail that brings an invoice to its buyer, in French, or in English for those who bought in
 * English.
 */
final class InvoiceMail {

    private final Order order;
    private final InvoiceIssued invoice;
    private final Seller seller;
    private final boolean french;

    private InvoiceMail(Order order, InvoiceIssued invoice, Seller seller) {
        this.order = order;
        this.invoice = invoice;
        this.seller = seller;
        this.french = Snapshot.language(order.paid().buyer()).equals("fr");
    }

    static OutgoingMail of(Order order, InvoiceIssued invoice, Seller seller) {
        var mail = new InvoiceMail(order, invoice, seller);
        return new OutgoingMail(
                order.paid().partner(),
                order.paid().environment(),
                order.id(),
                invoice.number(),
                order.paid().buyer().email(),
                mail.subject(),
                mail.text(),
                mail.html(),
                invoice.reference());
    }

    private String subject() {
        return (french ? "Votre facture " : "Your invoice ")
                + invoice.number()
                + " – "
                + oneLine(seller.name());
    }

    private String[] sentences() {
        String amount = amount();
        if (french) {
            return new String[] {
                greeting("Bonjour"),
                "Merci pour votre achat de "
                        + amount
                        + ". Vous trouverez ci-joint la facture "
                        + invoice.number()
                        + ", acquittée : il ne reste rien à payer.",
                "Gardez-la : elle vaut justificatif."
            };
        }
        return new String[] {
            greeting("Hello"),
            "Thank you for your purchase of "
                    + amount
                    + ". Invoice "
                    + invoice.number()
                    + " is attached and paid in full: nothing is due.",
            "Please keep it for your records."
        };
    }

    private String greeting(String word) {
        String name = order.paid().buyer().name();
        return word + (name == null || name.isBlank() ? "" : " " + oneLine(name)) + ",";
    }

    private String text() {
        return String.join("\n\n", sentences())
                + "\n\n"
                + products()
                + "\n-- \n"
                + signature()
                + "\n";
    }

    private String products() {
        var text = new StringBuilder();
        order.paid()
                .lines()
                .forEach(line ->
                        text.append("- ")
                                .append(line.quantity())
                                .append(" × ")
                                .append(oneLine(line.name()))
                                .append('\n'));
        return text.toString();
    }

    private String html() {
        var body = new StringBuilder();
        for (String sentence : sentences()) {
            body.append("<p style=\"margin:0 0 12px\">").append(escaped(sentence)).append("</p>\n");
        }
        body.append("<ul style=\"margin:0;padding-left:20px\">");
        order.paid()
                .lines()
                .forEach(line ->
                        body.append("<li>")
                                .append(line.quantity())
                                .append(" × ")
                                .append(escaped(line.name()))
                                .append("</li>"));
        body.append("</ul>\n");
        return """
        <!doctype html>
        <html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%s</title></head>
        <body style="margin:0;background:#f4f4f2;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Arial,sans-serif;color:#1c1c1a">
        <div style="max-width:560px;margin:0 auto;padding:32px 20px">
        <p style="margin:0 0 16px;font-weight:600">%s</p>
        <div style="background:#fff;border:1px solid #dddcd8;border-radius:8px;padding:24px">
        %s</div>
        <p style="margin:16px 0 0;font-size:13px;color:#5b5b56">%s</p>
        </div></body></html>
        """
                .formatted(
                        french ? "fr" : "en",
                        escaped(subject()),
                        escaped(seller.name()),
                        body,
                        escaped(signature()));
    }

    private String signature() {
        String contact = seller.email().isBlank() ? "" : " – " + seller.email();
        return oneLine(seller.name()) + contact;
    }

    private String amount() {
        var money = new Money(order.paid().total(), order.paid().currency());
        String digits = money.decimal().toPlainString();
        String symbol = money.currency().equals(Currency.EUR) ? "€" : money.currency().code();
        return french ? digits.replace('.', ',') + "\u00a0" + symbol : symbol + " " + digits;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(oneLine(text), "UTF-8");
    }
}
