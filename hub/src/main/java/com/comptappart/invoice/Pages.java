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
        page = new ArrayList<>(96);
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

    void left(double x, double at, Type type, String text) {
        if (!text.isEmpty()) {
            page.add(new Op.Text(x, at, type.bold(), type.size(), type.ink(), text));
        }
    }

    void right(double x, double at, Type type, String text) {
        left(x - type.width(widths, text), at, type, text);
    }

    String cut(String text, Type type, double width) {
        if (type.width(widths, text) <= width) {
            return text;
        }
        String rest = text.substring(0, fitting(text, type, width));
        while (!rest.isEmpty() && type.width(widths, rest + "…") > width) {
            rest = rest.substring(0, rest.offsetByCodePoints(rest.length(), -1));
        }
        return rest + "…";
    }

    /** Breaks at spaces, and within a word that is too long: nothing is left out. */
    List<String> wrapped(String text, Type type, double width) {
        return wrapped(text, type, width, Integer.MAX_VALUE);
    }

    /** The same; what is left over the limit ends in an ellipsis. */
    List<String> wrapped(String text, Type type, double width, int atMost) {
        String rest = text.strip();
        if (rest.isEmpty()) {
            return List.of();
        }
        if (type.width(widths, rest) <= width) {
            return List.of(rest);
        }
        var lines = new ArrayList<String>();
        while (!rest.isEmpty() && lines.size() < atMost - 1) {
            int end = fitting(rest, type, width);
            if (end == rest.length()) {
                break;
            }
            int space = rest.lastIndexOf(' ', end);
            int at = space > 0 ? space : end;
            lines.add(rest.substring(0, at).strip());
            rest = rest.substring(at).strip();
        }
        if (!rest.isEmpty()) {
            boolean fits = fitting(rest, type, width) == rest.length();
            lines.add(fits ? rest : cut(rest, type, width));
        }
        return lines;
    }

    /** How much of a text a line holds: one character at least. */
    private int fitting(String text, Type type, double width) {
        double total = 0;
        int end = 0;
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            total += type.width(widths, text.substring(end, next));
            if (total > width && end > 0) {
                break;
            }
            end = next;
        }
        // Letters that join may be wider together than each alone.
        int first = text.offsetByCodePoints(0, 1);
        while (end > first && type.width(widths, text.substring(0, end)) > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return end;
    }
}
