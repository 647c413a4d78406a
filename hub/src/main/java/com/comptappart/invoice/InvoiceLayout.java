package com.comptappart.invoice;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Paris;
import java.util.List;

/**
 * Where everything stands on the pages of an invoice: a row stays whole unless its designation is
 * very long, what is carried from page to page is summed, and totals stay together.
 */
final class InvoiceLayout {

    static final double LEFT = 48;
    static final double RIGHT = 547;

    private static final double FOOT = 84;
    private static final double CARRIED = 24;
    private static final double NAME_WIDTH = 252;
    private static final double QUANTITY = 336;
    private static final double UNIT = 414;
    private static final double RATE = 462;
    private static final double TOTALS = 330;
    private static final double LEADING = 12;
    private static final double GAP = 9;

    /** Lines of a designation that stay on one page; a longer one goes on over the next. */
    private static final int WHOLE = 8;

    private final InvoiceContent content;
    private final Currency currency;
    private final boolean french;
    private final DocumentWords words;
    private final Look look;
    private final Pages pages;
    private final LetterHead head;
    private final Type heading;
    private final ExemptionMarks marks;
    private double y;
    private long carried;

    private InvoiceLayout(NumberedInvoice invoice, Look look, TextWidths widths) {
        this.content = invoice.content();
        this.currency = content.currency();
        this.french = !content.language().equals("en");
        this.words = new DocumentWords(content.kind(), french);
        this.look = look;
        this.pages = new Pages(widths);
        this.head = new LetterHead(invoice, look, pages);
        this.heading = new Type(true, 8, look.words());
        this.marks = ExemptionMarks.of(content);
    }

    static List<List<Op>> pages(NumberedInvoice invoice, Look look, TextWidths widths) {
        var layout = new InvoiceLayout(invoice, look, widths);
        layout.begin();
        layout.y = layout.head.first();
        layout.tableHead();
        layout.rows();
        layout.totals();
        layout.below();
        layout.head.feet();
        return layout.pages.all();
    }

    private void begin() {
        pages.begin();
        if (!content.environment().livemode()) {
            pages.add(new Op.Watermark("TEST"));
        }
    }

    private void goOn() {
        begin();
        y = head.next();
    }

    private void tableHead() {
        pages.left(LEFT, y, heading, french ? "Désignation" : "Description");
        pages.right(QUANTITY, y, heading, french ? "Quantité" : "Quantity");
        pages.right(UNIT, y, heading, french ? "PU HT" : "Unit (net)");
        pages.right(RATE, y, heading, french ? "TVA" : "VAT");
        pages.right(RIGHT, y, heading, french ? "Total HT" : "Net total");
        pages.add(new Op.Rule(LEFT, y - 6, RIGHT, 1, look.accent()));
        y -= 20;
    }

    /** The last row goes with the totals: they are never alone on a page. */
    private void rows() {
        int last = content.lines().size() - 1;
        double totals = 15 * (content.rates().size() + 3) + 60;
        for (int i = 0; i <= last; i++) {
            row(content.lines().get(i), i == last && i > 0 ? Math.max(CARRIED, totals) : CARRIED);
        }
    }

    /**
     * @param below what must find place under it
     */
    private void row(InvoiceLine line, double below) {
        var name = pages.wrapped(line.name(), Type.TEXT, NAME_WIDTH);
        int together = name.size() > WHOLE ? 1 : Math.max(1, name.size());
        if (y - LEADING * (together - 1) - (name.size() > WHOLE ? CARRIED : below) < FOOT) {
            carry();
        }
        amounts(line);
        carried += line.net();
        for (int i = 0; i < name.size(); i++) {
            if (i > 0) {
                y -= LEADING;
                boolean last = i == name.size() - 1;
                if (name.size() > WHOLE && y - (last ? below : CARRIED) < FOOT) {
                    carry();
                }
            }
            pages.left(LEFT, y, Type.TEXT, name.get(i));
        }
        y -= 5.5;
        pages.add(new Op.Rule(LEFT, y, RIGHT, 0.5, Ink.HAIR));
        y -= GAP + 3;
    }

    private void amounts(InvoiceLine line) {
        pages.right(QUANTITY, y, Type.TEXT, Long.toString(line.quantity()));
        pages.right(UNIT, y, Type.TEXT, UnitPrice.of(line, currency).text(french));
        String rate = Amounts.percent(InvoiceContent.plain(line.vatRate()), french);
        pages.right(RATE, y, Type.TEXT, rate + marks.of(line));
        pages.right(RIGHT, y, Type.TEXT, money(line.net()));
    }

    private void carry() {
        pages.right(RATE, y, heading, french ? "À reporter" : "Carried forward");
        pages.right(RIGHT, y, Type.STRONG, money(carried));
        goOn();
        tableHead();
        pages.right(RATE, y, heading, french ? "Report" : "Brought forward");
        pages.right(RIGHT, y, Type.STRONG, money(carried));
        y -= 5.5;
        pages.add(new Op.Rule(LEFT, y, RIGHT, 0.5, Ink.HAIR));
        y -= GAP + 3;
    }

    private void totals() {
        var rates = content.rates();
        boolean several = rates.size() > 1;
        if (y - 15 * (rates.size() + (several ? 4 : 3)) - 40 < FOOT) {
            goOn();
        }
        y -= 6;
        double payment = payment(y);
        total(french ? "Total HT" : "Net total", money(content.net()), Type.TEXT);
        for (var rate : rates) {
            String label =
                    (french ? "TVA " : "VAT ")
                            + Amounts.percent(rate.rate(), french)
                            + marks.of(rate)
                            + (french ? " sur " : " of ")
                            + money(rate.net());
            total(label, money(rate.vat()), Type.TEXT);
        }
        if (several) {
            total(french ? "Total TVA" : "Total VAT", money(content.vat()), Type.TEXT);
        }
        pages.add(new Op.Rule(TOTALS, y + 9.5, RIGHT, 0.5, Ink.HAIR));
        y -= 2;
        total(french ? "Total TTC" : "Total incl. VAT", money(content.gross()), Type.STRONG);
        String paid =
                words.paidOn(content.payment())
                        + " "
                        + Amounts.date(Paris.dayOf(content.payment().paidAt()));
        total(paid, money(-content.gross()), Type.TEXT);
        y -= 6;
        pages.add(new Op.Box(TOTALS - 10, y - 7.5, RIGHT + 8 - TOTALS + 10, 22, look.words()));
        total(words.due(), money(0), new Type(true, 10.5, Ink.WHITE));
        y = Math.min(y, payment) - 14;
    }

    /** How it was paid, left of the totals; returns where it ends. */
    private double payment(double from) {
        double at = from;
        pages.left(LEFT, at, heading, french ? "Règlement" : "Payment");
        at -= 13;
        for (String text : words.payment(content)) {
            for (String line : pages.wrapped(text, Type.SOFT, TOTALS - LEFT - 30, 3)) {
                pages.left(LEFT, at, Type.SOFT, line);
                at -= 11.5;
            }
        }
        return at;
    }

    private void total(String label, String value, Type type) {
        pages.left(TOTALS, y, type, label);
        pages.right(RIGHT, y, type, value);
        y -= 15;
    }

    private void below() {
        for (String text : Mentions.below(content)) {
            for (String line : pages.wrapped(text, Type.SMALL, RIGHT - LEFT)) {
                if (y < FOOT) {
                    goOn();
                }
                pages.left(LEFT, y, Type.SMALL, line);
                y -= 10.5;
            }
            y -= 2;
        }
    }

    private String money(long minor) {
        return Amounts.money(minor, currency, french);
    }
}
