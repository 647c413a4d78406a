package com.comptappart.invoice;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Paris;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Where everything stands on the pages of an invoice. */
final class InvoiceLayout {

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
    private final DocumentWords words;
    private final Pages pages;
    private double y;

    private InvoiceLayout(NumberedInvoice invoice, TextWidths widths) {
        this.invoice = invoice;
        this.content = invoice.content();
        this.currency = content.currency();
        this.french = !content.language().equals("en");
        this.words = new DocumentWords(content.kind(), french);
        this.pages = new Pages(widths);
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
        return layout.pages.all();
    }

    private void newPage() {
        pages.begin();
        if (!content.environment().livemode()) {
            pages.add(new Op.Watermark("TEST"));
        }
        y = 786;
    }

    private void head() {
        var seller = content.seller();
        pages.left(LEFT, y, true, 13, INK, pages.cut(seller.name(), true, 13, 250));
        pages.right(RIGHT, y, true, 20, INK, words.title());
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
            pages.left(LEFT, column, false, 9, SOFT, pages.cut(line, false, 9, 250));
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
        reference();
        y = 548;
    }

    private double fact(double at, String label, String value) {
        pages.left(330, at, false, 9, SOFT, label);
        pages.right(RIGHT, at, false, 9, INK, value);
        return at - 14;
    }

    private void buyer() {
        var buyer = content.buyer();
        double at = 658;
        pages.left(330, at, false, 8, SOFT, french ? "CLIENT" : "CUSTOMER (CLIENT)");
        at -= 14;
        String name = Objects.requireNonNullElse(buyer.name(), french ? "Client" : "Customer");
        for (String line : pages.wrapped(name, true, 10.5, RIGHT - 330, 3)) {
            pages.left(330, at, true, 10.5, INK, line);
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
            pages.left(330, at, false, 9.5, INK, pages.cut(line, false, 9.5, RIGHT - 330));
            at -= 12.5;
        }
    }

    /** Which invoice a credit note corrects (CGI ann. II art. 242 nonies A; BT-25, BT-26). */
    private void reference() {
        var corrects = content.corrects();
        if (corrects == null) {
            return;
        }
        double at = 592;
        String text =
                words.refersTo(corrects.invoiceNumber(), Amounts.date(corrects.invoiceDate()));
        for (String line : pages.wrapped(text, true, 10, 250, 3)) {
            pages.left(LEFT, at, true, 10, INK, line);
            at -= 13;
        }
    }

    private void tableHead() {
        pages.add(new Op.Box(LEFT - 6, y - 6, RIGHT - LEFT + 12, 20, 0.93));
        pages.left(LEFT, y, true, 8.5, INK, french ? "Désignation" : "Description");
        pages.right(COLUMNS[0], y, true, 8.5, INK, french ? "Qté" : "Qty");
        pages.right(COLUMNS[1], y, true, 8.5, INK, french ? "PU HT" : "Unit (net)");
        pages.right(COLUMNS[2], y, true, 8.5, INK, french ? "TVA" : "VAT");
        pages.right(COLUMNS[3], y, true, 8.5, INK, french ? "Total HT" : "Net total");
        y -= 22;
    }

    private void row(InvoiceLine line) {
        var name = pages.wrapped(line.name(), false, 9.5, 235, 4);
        double height = 13 * name.size() + 9;
        if (y - height < FOOT + 30) {
            newPage();
            pages.left(LEFT, y, true, 10, INK, words.name() + " " + invoice.number());
            y -= 30;
            tableHead();
        }
        pages.right(COLUMNS[0], y, false, 9.5, INK, Long.toString(line.quantity()));
        var unit = Amounts.unitPrice(line.net(), line.quantity(), currency);
        pages.right(COLUMNS[1], y, false, 9.5, INK, Amounts.number(unit, french));
        pages.right(
                COLUMNS[2],
                y,
                false,
                9.5,
                INK,
                Amounts.percent(InvoiceContent.plain(line.vatRate()), french));
        pages.right(COLUMNS[3], y, false, 9.5, INK, money(line.net()));
        for (String part : name) {
            pages.left(LEFT, y, false, 9.5, INK, part);
            y -= 13;
        }
        pages.add(new Op.Rule(LEFT - 6, y + 5, RIGHT + 6, 0.85));
        y -= 9;
    }

    private void totals() {
        var rates = content.rates();
        if (y - 15 * (rates.size() + 6) - 60 < FOOT) {
            newPage();
            pages.left(LEFT, y, true, 10, INK, words.name() + " " + invoice.number());
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
        pages.add(new Op.Rule(318, y + 9, RIGHT + 6, 0.6));
        y -= 4;
        total(french ? "Total TTC" : "Total incl. VAT", money(content.gross()), true);
        var payment = content.payment();
        String paid = words.paidOn() + " " + Amounts.date(Paris.dayOf(payment.paidAt()));
        total(paid, "- " + money(content.gross()), false);
        y -= 4;
        pages.add(new Op.Box(318, y - 6, RIGHT + 6 - 318, 20, 0.93));
        total(words.due(), money(0), true);
        y -= 8;
        for (String line : words.payment(payment, content.corrects())) {
            pages.left(LEFT, y, false, 9, SOFT, pages.cut(line, false, 9, RIGHT - LEFT));
            y -= 12.5;
        }
        y -= 7.5;
    }

    private void total(String label, String value, boolean strong) {
        pages.left(326, y, strong, strong ? 10.5 : 9.5, INK, label);
        pages.right(RIGHT, y, strong, strong ? 10.5 : 9.5, INK, value);
        y -= strong ? 18 : 15;
    }

    private void below() {
        for (String text : Mentions.below(content)) {
            for (String line : pages.wrapped(text, false, 8.5, RIGHT - LEFT, 4)) {
                pages.left(LEFT, y, false, 8.5, SOFT, line);
                y -= 11.5;
            }
        }
    }

    private void feet() {
        var seller = content.seller();
        var texts =
                new ArrayList<>(
                        pages.wrapped(Mentions.registration(seller), false, 8, RIGHT - LEFT, 2));
        if (!seller.termsUrl().isBlank()) {
            texts.add(
                    (french ? "Conditions générales : " : "Terms: ")
                            + pages.cut(seller.termsUrl(), false, 8, 380));
        }
        texts.addAll(pages.wrapped(seller.footer(), false, 8, RIGHT - LEFT, 2));
        for (int i = 0; i < pages.count(); i++) {
            pages.open(i);
            pages.add(new Op.Rule(LEFT - 6, 78, RIGHT + 6, 0.85));
            double at = 66;
            for (String text : texts) {
                pages.left(LEFT, at, false, 8, SOFT, text);
                at -= 10.5;
            }
            String number = invoice.number() + "  –  page " + (i + 1) + "/" + pages.count();
            pages.right(RIGHT, 22, false, 8, SOFT, number);
        }
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
