package com.comptappart.invoice;

import java.util.List;

/** Puts the operations of pages into the words of PDF. */
final class Drawing {

    private final Ladder ladder;
    private final DocumentFonts fonts;
    private Ink fill = Ink.BLACK;

    Drawing(Ladder ladder, DocumentFonts fonts) {
        this.ladder = ladder;
        this.fonts = fonts;
    }

    void page(Bytes out, List<Op> ops) {
        fill = Ink.BLACK;
        out.add(fill.fill());
        for (Op op : ops) {
            switch (op) {
                case Op.Text text -> text(out, text);
                case Op.Rule rule -> rule(out, rule);
                case Op.Box box -> box(out, box);
                case Op.Logo logo -> logo(out, logo);
                case Op.Watermark mark -> {
                    fill(out, Ink.MARK);
                    out.text("BT /B 190 Tf 0.71 0.7 -0.7 0.71 135 190 Tm (");
                    encoded(out, mark.text());
                    out.text(") Tj ET\n");
                }
            }
        }
    }

    private void fill(Bytes out, Ink ink) {
        if (fill != ink) {
            out.add(ink.fill());
            fill = ink;
        }
    }

    private static void rule(Bytes out, Op.Rule rule) {
        out.add(rule.ink().stroke()).number(rule.width()).text(" w ");
        out.number(rule.x1()).add(' ').number(rule.y()).text(" m ");
        out.number(rule.x2()).add(' ').number(rule.y()).text(" l S\n");
    }

    private void box(Bytes out, Op.Box box) {
        fill(out, box.ink());
        out.number(box.x()).add(' ').number(box.y()).add(' ');
        out.number(box.width()).add(' ').number(box.height()).text(" re f\n");
    }

    private static void logo(Bytes out, Op.Logo logo) {
        out.text("q ").number(logo.width()).text(" 0 0 ").number(logo.height()).add(' ');
        out.number(logo.x()).add(' ').number(logo.y()).text(" cm /L Do Q\n");
    }

    private void text(Bytes out, Op.Text text) {
        fill(out, text.ink());
        out.text("BT ").number(text.x()).add(' ').number(text.y()).text(" Td ");
        if (ladder.fast().canShow(text.text())) {
            select(out, text.bold() ? "/B " : "/R ", text.size());
            out.add('(');
            encoded(out, text.text());
            out.text(") Tj ET\n");
            return;
        }
        for (Run run : ladder.runs(text.text())) {
            show(out, run, text);
        }
        out.text("ET\n");
    }

    private void show(Bytes out, Run run, Op.Text text) {
        switch (run.rung()) {
            case WinAnsiFonts _ -> {
                select(out, text.bold() ? "/B " : "/R ", text.size());
                out.add('(');
                encoded(out, new String(run.points(), 0, run.points().length));
                out.text(") Tj ");
            }
            case WideFonts wide -> {
                select(out, text.bold() ? "/W " : "/V ", text.size());
                out.add('<');
                for (int point : run.points()) {
                    int glyph = wide.file(text.bold()).glyph(point);
                    out.text(java.util.HexFormat.of().toHexDigits((short) glyph));
                }
                out.text("> Tj ");
            }
            case OutlineFont font -> fonts.outline(out, font, run.points(), text.size());
            case PixelFont _ -> fonts.pixels(out, run.points(), text.size());
        }
    }

    private static void select(Bytes out, String font, double size) {
        out.text(font).number(size).text(" Tf ");
    }

    private void encoded(Bytes out, String text) {
        for (int i = 0; i < text.length(); i++) {
            int code = ladder.fast().code(text.charAt(i));
            if (code == '(' || code == ')' || code == '\\') {
                out.add('\\');
            }
            out.add(code);
        }
    }
}
