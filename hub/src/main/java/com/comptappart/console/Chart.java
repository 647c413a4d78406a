package com.comptappart.console;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A chart of days that is drawn on the server, with its table. In the drawing a day is {@value
 * #DAY} wide and the scale {@value #HEIGHT} high; the browser stretches it.
 *
 * @param id of its elements
 * @param text what it shows, in a sentence
 * @param scale what stands beside it, from the top
 * @param ends what stands below it, from the left
 */
record Chart(
        String id,
        String title,
        String text,
        int width,
        List<String> scale,
        List<String> ends,
        List<Bar> bars,
        List<Line> lines,
        Table table) {

    static final int DAY = 20;
    static final int HEIGHT = 1_000;

    /** One day's. */
    record Bar(int x, int y, int width, int height) {}

    /**
     * One line through the days.
     *
     * @param style of the stylesheet, which tells lines apart by more than colour
     * @param path its strokes, between days that follow each other
     * @param dots one on each day
     */
    record Line(String name, String style, String path, String dots) {}

    /** The same in words, a row a day. */
    record Table(List<String> columns, List<List<String>> rows) {
        public Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    Chart {
        scale = List.copyOf(scale);
        ends = List.copyOf(ends);
        bars = List.copyOf(bars);
        lines = List.copyOf(lines);
    }

    public int height() {
        return HEIGHT;
    }

    /** The next round number that halves well, two at least. */
    static long top(long most) {
        long power = 1;
        while (true) {
            for (long step : new long[] {2, 4, 6, 8}) {
                if (step * power >= most) {
                    return step * power;
                }
            }
            power *= 10;
        }
    }

    static List<String> scale(long top, LongFunction<String> word) {
        return List.of(word.apply(top), word.apply(top / 2), word.apply(0));
    }

    /** The first day, the one in the middle where there are three, and the last. */
    static List<String> ends(Words words, List<LocalDate> days) {
        if (days.size() == 1) {
            return List.of(words.day(days.getFirst()));
        }
        var ends = new ArrayList<String>();
        ends.add(words.day(days.getFirst()));
        if (days.size() > 2 && days.size() % 2 == 1) {
            ends.add(words.day(days.get(days.size() / 2)));
        }
        ends.add(words.day(days.getLast()));
        return ends;
    }

    /** Days without a value have none. */
    static List<Bar> bars(List<@Nullable Long> values, long top) {
        var bars = new ArrayList<Bar>();
        for (int i = 0; i < values.size(); i++) {
            var value = values.get(i);
            if (value != null && value > 0) {
                int height = scaled(value, top);
                bars.add(new Bar(i * DAY + 2, HEIGHT - height, DAY - 4, height));
            }
        }
        return bars;
    }

    /** Broken on days without a value. */
    static Line line(String name, String style, List<@Nullable Long> values, long top) {
        var path = new StringBuilder();
        var dots = new StringBuilder();
        boolean drawing = false;
        for (int i = 0; i < values.size(); i++) {
            var value = values.get(i);
            if (value != null) {
                String point = (i * DAY + DAY / 2) + " " + (HEIGHT - scaled(value, top));
                path.append(drawing ? "L" : "M").append(point);
                dots.append("M").append(point).append("h.01");
            }
            drawing = value != null;
        }
        return new Line(name, style, path.toString(), dots.toString());
    }

    private static int scaled(long value, long top) {
        return Math.toIntExact(Math.min(HEIGHT, Math.max(1, value * HEIGHT / top)));
    }
}
