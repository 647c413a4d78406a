package com.comptappart.flow;

import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Money;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Paris;
import com.comptappart.mail.OutgoingMail;
import com.comptappart.order.Buyer;
import com.comptappart.order.Order;
import com.comptappart.order.PaidOrder;
import com.comptappart.partner.Seller;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** A mail from a seller, as text and as HTML. */
record Letter(
        boolean french,
        String subject,
        List<String> sentences,
        List<String> items,
        @Nullable Link link) {

    /** Where the reader goes on. */
    record Link(String words, String url) {}

    /** To where a buyer finds all that was bought from the seller, and what the law asks for. */
    static Link toArea(boolean french, String url) {
        return new Link(
                french ? "Vos factures et abonnements" : "Your invoices and subscriptions", url);
    }

    /** One with nothing to click on. */
    Letter(boolean french, String subject, List<String> sentences, List<String> items) {
        this(french, subject, sentences, items, null);
    }

    Letter {
        sentences = List.copyOf(sentences);
        items = List.copyOf(items);
    }

    static boolean isFrench(PaidOrder order) {
        return Snapshot.language(order.buyer()).equals("fr");
    }

    /** What was bought, a line each. */
    static List<String> items(PaidOrder order) {
        return order.lines().stream().map(line -> line.quantity() + " × " + line.name()).toList();
    }

    OutgoingMail mail(Order order, InvoiceIssued document, Seller seller) {
        return mail(order.paid(), order.id(), document.number(), document.reference(), seller);
    }

    /** About a payment that became no order: it brings nothing. */
    OutgoingMail mail(PaidOrder unpaid, String key, Seller seller) {
        return mail(unpaid, null, key, null, seller);
    }

    private OutgoingMail mail(
            PaidOrder about,
            @Nullable OrderId order,
            String key,
            @Nullable String attachment,
            Seller seller) {
        return new OutgoingMail(
                about.partner(),
                about.environment(),
                order,
                key,
                about.buyer().email(),
                subject,
                text(seller),
                html(seller),
                attachment);
    }

    String text(Seller seller) {
        var list = new StringBuilder();
        items.forEach(item -> list.append("- ").append(oneLine(item)).append('\n'));
        return String.join("\n\n", sentences)
                + (items.isEmpty() ? "\n" : "\n\n")
                + list
                + (link == null ? "" : "\n" + oneLine(link.words()) + "\n" + link.url() + "\n")
                + "\n-- \n"
                + signature(seller)
                + "\n";
    }

    String html(Seller seller) {
        var body = new StringBuilder();
        for (String sentence : sentences) {
            body.append("<p style=\"margin:0 0 12px\">").append(escaped(sentence)).append("</p>\n");
        }
        if (!items.isEmpty()) {
            body.append("<ul style=\"margin:0;padding-left:20px\">");
            items.forEach(item -> body.append("<li>").append(escaped(item)).append("</li>"));
            body.append("</ul>\n");
        }
        if (link != null) {
            body.append("<p style=\"margin:12px 0 0\"><a href=\"")
                    .append(escaped(link.url()))
                    .append("\">")
                    .append(escaped(link.words()))
                    .append("</a></p>\n");
        }
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
                        escaped(subject),
                        escaped(seller.name()),
                        body,
                        escaped(signature(seller)));
    }

    private static String signature(Seller seller) {
        String contact = seller.email().isBlank() ? "" : " – " + seller.email();
        return oneLine(seller.name()) + contact;
    }

    static String greeting(String word, Buyer buyer) {
        String name = buyer.name();
        return word + (name == null || name.isBlank() ? "" : " " + oneLine(name)) + ",";
    }

    static String amount(Money money, boolean french) {
        String digits = money.decimal().toPlainString();
        String symbol = money.currency().equals(Currency.EUR) ? "€" : money.currency().code();
        return french ? digits.replace('.', ',') + "\u00a0" + symbol : symbol + " " + digits;
    }

    /** To the minute, and whose time it is. */
    static String time(Instant instant, boolean french) {
        String pattern = french ? "d MMMM yyyy 'à' HH:mm" : "d MMMM yyyy 'at' HH:mm";
        return DateTimeFormatter.ofPattern(pattern, french ? Locale.FRANCE : Locale.UK)
                        .format(instant.atZone(Paris.ZONE))
                + (french ? " (heure de Paris)" : " (Paris time)");
    }

    static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(oneLine(text), "UTF-8");
    }
}
