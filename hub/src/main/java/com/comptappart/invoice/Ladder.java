package com.comptappart.invoice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fonts, the fastest first: each character is drawn by the first that has it, and the last has
 * all of them.
 */
final class Ladder implements TextWidths {

    private final WinAnsiFonts fast = new WinAnsiFonts();
    private final WideFonts wide = new WideFonts();
    private final PixelFont last = new PixelFont();
    private final List<Rung> rungs =
            List.of(
                    fast,
                    wide,
                    new OutlineFont("DejaVuSans"),
                    new OutlineFont("NotoEmoji"),
                    new OutlineFont("DroidSansFallback"),
                    new OutlineFont("NanumGothic"),
                    last);

    WinAnsiFonts fast() {
        return fast;
    }

    PixelFont last() {
        return last;
    }

    WideFonts wide() {
        return wide;
    }

    @Override
    public double width(String text, boolean bold) {
        int[] widths = fast.widths(bold);
        int sum = 0;
        for (int i = 0; i < text.length(); i++) {
            int code = fast.code(text.charAt(i));
            if (code == 0) {
                return slowWidth(text, bold);
            }
            sum += widths[code];
        }
        return sum;
    }

    private double slowWidth(String text, boolean bold) {
        int sum = 0;
        for (int point : Shaping.visual(text)) {
            sum += rung(point).width(point, bold);
        }
        return sum;
    }

    /** What is drawn of a text, from left to right. */
    List<Run> runs(String text) {
        int[] points = Shaping.visual(text);
        var runs = new ArrayList<Run>();
        int start = 0;
        for (int i = 1; i <= points.length; i++) {
            if (i == points.length || rung(points[i]) != rung(points[start])) {
                runs.add(new Run(rung(points[start]), Arrays.copyOfRange(points, start, i)));
                start = i;
            }
        }
        return points.length == 0 ? List.of() : runs;
    }

    private Rung rung(int point) {
        for (Rung rung : rungs) {
            if (rung.has(point)) {
                return rung;
            }
        }
        return last;
    }
}
