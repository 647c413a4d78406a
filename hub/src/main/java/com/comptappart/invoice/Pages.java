package com.comptappart.invoice;

import java.util.ArrayList;
import java.util.List;

/** Writes text, rules and boxes on pages, the last of which is open. Points from the lower left. */
final class Pages {

    private final List<List<Op>> pages = new ArrayList<>();
    private final TextWidths widths;
    private List<Op> page = new ArrayList<>();

    Pages(TextWidths widths) {
        this.widths = widths;
    }

    void begin() {
        page = new ArrayList<>();
        pages.add(page);
    }

    /** Goes back to a page that was begun, from 0. */
    void open(int number) {
        page = pages.get(number);
    }

    int count() {
        return pages.size();
    }

    List<List<Op>> all() {
        return pages;
    }

    void add(Op op) {
        page.add(op);
    }

    void left(double x, double at, boolean bold, double size, double grey, String text) {
        if (!text.isEmpty()) {
            page.add(new Op.Text(x, at, bold, size, grey, text));
        }
    }

    void right(double x, double at, boolean bold, double size, double grey, String text) {
        left(x - widths.width(text, bold) * size / 1000, at, bold, size, grey, text);
    }

    String cut(String text, boolean bold, double size, double width) {
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
    List<String> wrapped(String text, boolean bold, double size, double width, int atMost) {
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
}
