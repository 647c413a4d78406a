package com.comptappart.invoice;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What stands above the table and at the foot of each page. The buyer's address lies in the window
 * of a French DL envelope (window 35 × 100 mm, 20 mm from the right and the bottom; sheet folded in
 * three): 110 mm from the left, from 55 mm below the top to 79 mm, which shows however the sheet
 * slides.
 */
final class LetterHead {

    private static final double LEFT = InvoiceLayout.LEFT;
    private static final double RIGHT = InvoiceLayout.RIGHT;
    private static final double WINDOW = 312;
    private static final double WINDOW_TOP = 676;
    private static final int WINDOW_LINES = 6;
    private static final int NAME_LINES = 4;
    private static final int SMALL_LINES = 9;
    private static final double SELLER_WIDTH = 220;
    private static final double LOGO_WIDTH = 190;
    private static final double LOGO_HEIGHT = 52;
    private static final double COLUMN = (RIGHT - LEFT + 8) / 4;

    private final NumberedInvoice invoice;
    private final InvoiceContent content;
    private final boolean french;
    private final DocumentWords words;
    private final Look look;
    private final Pages pages;

    LetterHead(NumberedInvoice invoice, Look look, Pages pages) {
        this.invoice = invoice;
        this.content = invoice.content();
        this.french = !content.language().equals("en");
        this.words = new DocumentWords(content.kind(), french);
        this.look = look;
        this.pages = pages;
    }

    /** The first page's; returns where the table begins. */
    double first() {
        pages.add(new Op.Box(0, 837, 595, 5, look.accent()));
        pages.right(RIGHT, 786, new Type(true, 22, look.words()), words.title());
        pages.right(RIGHT, 769, Type.ADDRESSEE, (french ? "N° " : "No. ") + invoice.number());
        seller();
        buyer();
        double y = facts();
        return reference(y) - 24;
    }

    /** A following page's; returns where it goes on. */
    double next() {
        pages.add(new Op.Box(0, 837, 595, 5, look.accent()));
        pages.left(
                LEFT, 800, Type.SOFT, pages.cut(content.seller().name(), Type.SOFT, SELLER_WIDTH));
        pages.right(RIGHT, 800, Type.STRONG, words.name() + " " + invoice.number());
        return 766;
    }

    private void seller() {
        var seller = content.seller();
        double at = 772;
        var logo = look.logo();
        if (logo == null) {
            var type = new Type(true, 15, look.words());
            for (String line : pages.wrapped(seller.name(), type, SELLER_WIDTH + 30, 2)) {
                pages.left(LEFT, at + 14, type, line);
                at -= 17;
            }
            at += 15;
        } else {
            logo(logo);
            at = 746;
            for (String line : pages.wrapped(seller.name(), Type.STRONG, SELLER_WIDTH, 2)) {
                pages.left(LEFT, at, Type.STRONG, line);
                at -= 11.5;
            }
        }
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
            for (String part : pages.wrapped(line, Type.SOFT, SELLER_WIDTH, 2)) {
                pages.left(LEFT, at, Type.SOFT, part);
                at -= 11.5;
            }
        }
    }

    private void logo(Look.Picture logo) {
        double scale = Math.min(LOGO_WIDTH / logo.width(), LOGO_HEIGHT / logo.height());
        double height = logo.height() * scale;
        pages.add(new Op.Logo(LEFT, 816 - height, logo.width() * scale, height));
    }

    private void buyer() {
        double width = RIGHT - WINDOW;
        var lines = addressed(Type.ADDRESSEE, Type.ADDRESS, width);
        boolean fits = lines.size() <= WINDOW_LINES;
        var name = fits ? Type.ADDRESSEE : new Type(true, 8, Ink.BLACK);
        var type = fits ? Type.ADDRESS : new Type(false, 8, Ink.BLACK);
        if (!fits) {
            lines = addressed(name, type, width);
        }
        int names = pages.wrapped(buyerName(), name, width, NAME_LINES).size();
        double at = WINDOW_TOP;
        for (int i = 0; i < Math.min(lines.size(), SMALL_LINES); i++) {
            pages.left(WINDOW, at, i < names ? name : type, lines.get(i));
            at -= fits ? 12 : 9.5;
        }
    }

    private String buyerName() {
        return Objects.requireNonNullElse(content.buyer().name(), french ? "Client" : "Customer");
    }

    private List<String> addressed(Type name, Type type, double width) {
        var buyer = content.buyer();
        var lines = new ArrayList<>(pages.wrapped(buyerName(), name, width, NAME_LINES));
        for (String line :
                present(
                        buyer.contact() == null
                                ? null
                                : (french ? "À l'attention de " : "Attn. ") + buyer.contact(),
                        buyer.line1(),
                        buyer.line2(),
                        CityLine.of(
                                buyer.postalCode(), buyer.city(), buyer.state(), buyer.country()),
                        country(buyer.country()))) {
            lines.addAll(pages.wrapped(line, type, width, 2));
        }
        return lines;
    }

    /** A label and its value. */
    private record Fact(String label, @Nullable String value) {}

    private double facts() {
        var buyer = content.buyer();
        var row =
                List.of(
                        new Fact(
                                french ? "Date d'émission" : "Issue date",
                                Amounts.date(invoice.issueDate())),
                        new Fact(
                                french ? "Date de l'opération" : "Supply date",
                                Amounts.date(content.supplyDate())),
                        new Fact(french ? "Commande" : "Order", content.orderReference()),
                        new Fact(
                                french ? "Catégorie" : "Category (catégorie)",
                                Mentions.nature(content.nature(), true)));
        var more = new ArrayList<Fact>();
        more.add(new Fact(french ? "SIREN du client" : "Customer SIREN", buyer.siren()));
        more.add(new Fact(french ? "N° TVA du client" : "Customer VAT no.", buyer.vatNumber()));
        more.add(new Fact(french ? "Courriel du client" : "Customer e-mail", buyer.email()));
        more.removeIf(fact -> fact.value() == null || fact.value().isBlank());
        double height = more.isEmpty() ? 34 : 62;
        double top = 592;
        ground(top, height);
        row(row, top - 13);
        row(more, top - 41);
        return top - height;
    }

    /** An area, or lines where it would hide a watermark. */
    private void ground(double top, double height) {
        if (content.environment().livemode()) {
            pages.add(new Op.Box(LEFT - 8, top - height, RIGHT - LEFT + 16, height, Ink.PALE));
            return;
        }
        pages.add(new Op.Rule(LEFT, top, RIGHT, 0.5, Ink.SOFT));
        pages.add(new Op.Rule(LEFT, top - height, RIGHT, 0.5, Ink.SOFT));
    }

    private void row(List<Fact> facts, double at) {
        double x = LEFT;
        for (int i = 0; i < facts.size(); i++) {
            boolean last = i == facts.size() - 1;
            pages.left(x, at, Type.SMALL, facts.get(i).label());
            String value = Objects.requireNonNullElse(facts.get(i).value(), "");
            double width = last ? RIGHT - x : COLUMN - 8;
            double line = at - 12;
            for (String part : pages.wrapped(value, Type.TEXT, width, 2)) {
                pages.left(x, line, Type.TEXT, part);
                line -= 9.5;
            }
            x += COLUMN;
        }
    }

    /** Which invoice a credit note corrects (CGI ann. II art. 242 nonies A; BT-25, BT-26). */
    private double reference(double from) {
        var corrects = content.corrects();
        if (corrects == null) {
            return from;
        }
        double at = from - 20;
        String text =
                words.refersTo(corrects.invoiceNumber(), Amounts.date(corrects.invoiceDate()));
        for (String line : pages.wrapped(text, Type.ADDRESSEE, RIGHT - LEFT, 2)) {
            pages.left(LEFT, at, Type.ADDRESSEE, line);
            at -= 13;
        }
        return at + 8;
    }

    void feet() {
        var seller = content.seller();
        double width = RIGHT - LEFT;
        var texts =
                new ArrayList<>(pages.wrapped(Mentions.registration(seller), Type.SMALL, width, 2));
        if (!seller.termsUrl().isBlank()) {
            String terms = (french ? "Conditions générales : " : "Terms: ") + seller.termsUrl();
            texts.add(pages.cut(terms, Type.SMALL, width));
        }
        texts.addAll(pages.wrapped(seller.footer(), Type.SMALL, width, 2));
        for (int i = 0; i < pages.count(); i++) {
            pages.open(i);
            pages.add(new Op.Rule(LEFT, 72, RIGHT, 0.5, Ink.HAIR));
            double at = 61;
            for (String text : texts) {
                pages.left(LEFT, at, Type.SMALL, text);
                at -= 9.5;
            }
            String number = invoice.number() + "  –  page " + (i + 1) + "/" + pages.count();
            pages.right(RIGHT, 18, Type.SMALL, number);
        }
    }

    private static String country(@Nullable String code) {
        return code == null || code.equals("FR") ? "" : Countries.french(code);
    }

    private static List<String> present(@Nullable String... texts) {
        var present = new ArrayList<String>();
        for (String text : texts) {
            if (text != null && !text.isBlank()) {
                present.add(text.strip());
            }
        }
        return present;
    }
}
