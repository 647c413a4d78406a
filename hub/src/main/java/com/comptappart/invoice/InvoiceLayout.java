package com.comptappart.invoice;

import com.comptappart.kernel.Currency;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Where everything stands on the pages of an invoice. */
final class InvoiceLayout {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final double LEFT = 56;
    private static final double RIGHT = 539;
    private static final double FOOT = 96;
    private static final double INK = 0.1;
    private static final double SOFT = 0.38;
    private static final double[] COLUMNS = {330, 405, 455, RIGHT};

    private final NumberedInvoice invoice;
    private final InvoiceContent content;
    private final Currency currency;
    private final boolean french;
    private final TextWidths widths;
    private final List<List<Op>> pages = new ArrayList<>();
    private List<Op> page = new ArrayList<>();
    private double y;

    private InvoiceLayout(NumberedInvoice invoice, TextWidths widths) {
        this.invoice = invoice;
        this.content = invoice.content();
        this.currency = content.currency();
        this.french = !content.language().equals("en");
        this.widths = widths;
    }

    static List<List<Op>> pages(NumberedInvoice invoice, TextWidths widths) {
        var layout = new InvoiceLayout(invoice, widths);
        layout.newPage();
        layout.head();
        layout.tableHead();
        layout.content.lines().forEach(layout::row);
        layout.totals();
        layout.below();
        layout.feet();
        return layout.pages;
    }

    private void newPage() {
        page = new ArrayList<>();
        pages.add(page);
        if (!content.environment().livemode()) {
            page.add(new Op.Watermark("TEST"));
        }
        y = 786;
    }

    private void head() {
        var seller = content.seller();
        left(LEFT, y, true, 13, INK, cut(seller.name(), true, 13, 250));
        right(RIGHT, y, true, 20, INK, french ? "Facture" : "Invoice (facture)");
        double column = y - 16;
        for (String line :
                present(
                        seller.line1(),
                        seller.line2(),
                        seller.postalCode() + " " + seller.city(),
                        country(seller.country()),
                        seller.vatNumber().isBlank()
                                ? ""
                                : (french ? "N° TVA " : "VAT no. ") + seller.vatNumber(),
                        seller.email(),
                        seller.phone(),
                        seller.website())) {
            left(LEFT, column, false, 9, SOFT, cut(line, false, 9, 250));
            column -= 12.5;
        }
        double facts = y - 26;
        facts = fact(facts, french ? "Numéro" : "Number", invoice.number());
        facts =
                fact(
                        facts,
                        french ? "Date d'émission" : "Issue date",
                        Amounts.date(invoice.issueDate()));
        facts =
                fact(
                        facts,
                        french ? "Date de l'opération" : "Supply date",
                        Amounts.date(content.supplyDate()));
        facts = fact(facts, french ? "Commande" : "Order", content.orderReference());
        fact(facts, "Catégorie", Mentions.nature(content.nature(), true));
        buyer();
        y = 548;
    }

    private double fact(double at, String label, String value) {
        left(330, at, false, 9, SOFT, label);
        right(RIGHT, at, false, 9, INK, value);
        return at - 14;
    }

    private void buyer() {
        var buyer = content.buyer();
        double at = 658;
        left(330, at, false, 8, SOFT, french ? "CLIENT" : "CUSTOMER (CLIENT)");
        at -= 14;
        String name = Objects.requireNonNullElse(buyer.name(), french ? "Client" : "Customer");
        for (String line : wrapped(name, true, 10.5, RIGHT - 330, 3)) {
            left(330, at, true, 10.5, INK, line);
            at -= 13;
        }
        for (String line :
                present(
                        buyer.line1(),
                        buyer.line2(),
                        join(buyer.postalCode(), buyer.city()),
                        buyer.country() == null || buyer.country().equals("FR")
                                ? ""
                                : buyer.country(),
                        buyer.siren() == null ? "" : "SIREN " + buyer.siren(),
                        buyer.vatNumber() == null ? "" : "N° TVA " + buyer.vatNumber(),
                        buyer.email())) {
            left(330, at, false, 9.5, INK, cut(line, false, 9.5, RIGHT - 330));
            at -= 12.5;
        }
    }

    private void tableHead() {
        page.add(new Op.Box(LEFT - 6, y - 6, RIGHT - LEFT + 12, 20, 0.93));
        left(LEFT, y, true, 8.5, INK, french ? "Désignation" : "Description");
        right(COLUMNS[0], y, true, 8.5, INK, french ? "Qté" : "Qty");
        right(COLUMNS[1], y, true, 8.5, INK, french ? "PU HT" : "Unit (net)");
        right(COLUMNS[2], y, true, 8.5, INK, french ? "TVA" : "VAT");
        right(COLUMNS[3], y, true, 8.5, INK, french ? "Total HT" : "Net total");
        y -= 22;
    }

    private void row(InvoiceLine line) {
        var name = wrapped(line.name(), false, 9.5, 235, 4);
        double height = 13 * name.size() + 9;
        if (y - height < FOOT + 30) {
            newPage();
            left(LEFT, y, true, 10, INK, (french ? "Facture " : "Invoice ") + invoice.number());
            y -= 30;
            tableHead();
        }
        right(COLUMNS[0], y, false, 9.5, INK, Long.toString(line.quantity()));
        var unit = Amounts.unitPrice(line.net(), line.quantity(), currency);
        right(COLUMNS[1], y, false, 9.5, INK, Amounts.number(unit, french));
        right(
                COLUMNS[2],
                y,
                false,
                9.5,
                INK,
                Amounts.percent(InvoiceContent.plain(line.vatRate()), french));
        right(COLUMNS[3], y, false, 9.5, INK, money(line.net()));
        for (String part : name) {
            left(LEFT, y, false, 9.5, INK, part);
            y -= 13;
        }
        page.add(new Op.Rule(LEFT - 6, y + 5, RIGHT + 6, 0.85));
        y -= 9;
    }

    private void totals() {
        var rates = content.rates();
        if (y - 15 * (rates.size() + 6) - 60 < FOOT) {
            newPage();
            left(LEFT, y, true, 10, INK, (french ? "Facture " : "Invoice ") + invoice.number());
            y -= 30;
        }
        y -= 6;
        total(french ? "Total HT" : "Net total", money(content.net()), false);
        for (var rate : rates) {
            String label =
                    (french ? "TVA " : "VAT ")
                            + Amounts.percent(rate.rate(), french)
                            + (french ? " sur " : " of ")
                            + money(rate.net());
            total(label, money(rate.vat()), false);
        }
        page.add(new Op.Rule(318, y + 9, RIGHT + 6, 0.6));
        y -= 4;
        total(french ? "Total TTC" : "Total incl. VAT", money(content.gross()), true);
        var payment = content.payment();
        String paid =
                (french ? "Payé le " : "Paid on ")
                        + Amounts.date(LocalDate.ofInstant(payment.paidAt(), PARIS));
        total(paid, "- " + money(content.gross()), false);
        page.add(new Op.Box(318, y - 6, RIGHT + 6 - 318, 20, 0.93));
        total(french ? "Net à payer" : "Amount due", money(0), true);
        y -= 8;
        left(
                LEFT,
                y,
                false,
                9,
                SOFT,
                (french ? "Moyen de paiement : " : "Payment: ") + Mentions.means(payment, french));
        y -= 12.5;
        left(
                LEFT,
                y,
                false,
                9,
                SOFT,
                (french ? "Référence : " : "Reference: ")
                        + cut(payment.reference(), false, 9, 380));
        y -= 20;
    }

    private void total(String label, String value, boolean strong) {
        left(326, y, strong, strong ? 10.5 : 9.5, INK, label);
        right(RIGHT, y, strong, strong ? 10.5 : 9.5, INK, value);
        y -= strong ? 18 : 15;
    }

    private void below() {
        for (String text : Mentions.below(content)) {
            for (String line : wrapped(text, false, 8.5, RIGHT - LEFT, 4)) {
                left(LEFT, y, false, 8.5, SOFT, line);
                y -= 11.5;
            }
        }
    }

    private void feet() {
        var seller = content.seller();
        var texts =
                new ArrayList<>(wrapped(Mentions.registration(seller), false, 8, RIGHT - LEFT, 2));
        if (!seller.termsUrl().isBlank()) {
            texts.add(
                    (french ? "Conditions générales : " : "Terms: ")
                            + cut(seller.termsUrl(), false, 8, 380));
        }
        texts.addAll(wrapped(seller.footer(), false, 8, RIGHT - LEFT, 2));
        for (int i = 0; i < pages.size(); i++) {
            page = pages.get(i);
            page.add(new Op.Rule(LEFT - 6, 78, RIGHT + 6, 0.85));
            double at = 66;
            for (String text : texts) {
                left(LEFT, at, false, 8, SOFT, text);
                at -= 10.5;
            }
            String number = invoice.number() + "  –  page " + (i + 1) + "/" + pages.size();
            right(RIGHT, 22, false, 8, SOFT, number);
        }
    }

    private void left(double x, double at, boolean bold, double size, double grey, String text) {
        if (!text.isEmpty()) {
            page.add(new Op.Text(x, at, bold, size, grey, text));
        }
    }

    private void right(double x, double at, boolean bold, double size, double grey, String text) {
        left(x - widths.width(text, bold) * size / 1000, at, bold, size, grey, text);
    }

    private String cut(String text, boolean bold, double size, double width) {
        if (widths.width(text, bold) * size / 1000 <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0 && widths.width(text.substring(0, end) + "…", bold) * size / 1000 > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + "…";
    }

    /**
     * Breaks at spaces, and within a word that is too long; what is left over the limit ends in an
     * ellipsis.
     */
    private List<String> wrapped(String text, boolean bold, double size, double width, int atMost) {
        var lines = new ArrayList<String>();
        String rest = text.strip();
        while (!rest.isEmpty() && lines.size() < atMost - 1) {
            int end = fitting(rest, bold, size, width);
            if (end == rest.length()) {
                break;
            }
            int space = rest.lastIndexOf(' ', end);
            int at = space > 0 ? space : end;
            lines.add(rest.substring(0, at).strip());
            rest = rest.substring(at).strip();
        }
        if (!rest.isEmpty()) {
            lines.add(cut(rest, bold, size, width));
        }
        return lines;
    }

    private int fitting(String text, boolean bold, double size, double width) {
        double total = 0;
        int i = 0;
        while (i < text.length()) {
            int next = text.offsetByCodePoints(i, 1);
            total += widths.width(text.substring(i, next), bold) * size / 1000;
            if (total > width && i > 0) {
                return i;
            }
            i = next;
        }
        return text.length();
    }

    private String money(long minor) {
        return Amounts.money(minor, currency, french);
    }

    private static String country(String code) {
        return code.equals("FR") ? "" : code;
    }

    private static String join(
            @org.jspecify.annotations.Nullable String a,
            @org.jspecify.annotations.Nullable String b) {
        return (Objects.requireNonNullElse(a, "") + " " + Objects.requireNonNullElse(b, ""))
                .strip();
    }

    private static List<String> present(@org.jspecify.annotations.Nullable String... texts) {
        var present = new ArrayList<String>();
        for (String text : texts) {
            if (text != null && !text.isBlank()) {
                present.add(text.strip());
            }
        }
        return present;
    }
}
