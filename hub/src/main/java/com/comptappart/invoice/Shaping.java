package com.comptappart.invoice;

import java.text.Bidi;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Brings a text into the order and the forms in which it is drawn: composed letters (NFC), Arabic
 * letters joined, right-to-left parts reversed (UAX 9). Nothing that a text can hold stops it.
 */
final class Shaping {

    private static final int REPLACEMENT = 0xfffd;
    private static final String OPENING = "()[]{}<>«»‹›≤≥";

    private Shaping() {}

    /** Characters from left to right. */
    static int[] visual(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        var shown = composed.codePoints().map(Shaping::shown).filter(point -> point >= 0).toArray();
        if (!Bidi.requiresBidi(chars(shown), 0, chars(shown).length)) {
            return shown;
        }
        return reordered(ArabicForms.joined(shown));
    }

    private static char[] chars(int[] points) {
        return new String(points, 0, points.length).toCharArray();
    }

    /**
     * Itself, a space for what breaks lines, a sign for what is none, or -1 where nothing shows.
     */
    private static int shown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.SURROGATE -> REPLACEMENT;
            case Character.UNASSIGNED -> (point & 0xfffe) == 0xfffe ? REPLACEMENT : point;
            case Character.FORMAT -> isVisibleFormat(point) ? point : -1;
            default -> isVariation(point) ? -1 : point;
        };
    }

    /** Signs that stand before numbers and are seen (Unicode: Prepended_Concatenation_Mark). */
    private static boolean isVisibleFormat(int point) {
        return point == 0xad
                || (point >= 0x600 && point <= 0x605)
                || point == 0x6dd
                || point == 0x70f
                || point == 0x890
                || point == 0x891
                || point == 0x8e2
                || point == 0x110bd
                || point == 0x110cd;
    }

    private static boolean isVariation(int point) {
        return (point >= 0xfe00 && point <= 0xfe0f) || (point >= 0xe0100 && point <= 0xe01ef);
    }

    /** A character and the marks on it stay together, in this order. */
    private static int[] reordered(int[] points) {
        var bidi = new Bidi(new String(points, 0, points.length), Bidi.DIRECTION_LEFT_TO_RIGHT);
        var clusters = new ArrayList<int[]>();
        var levels = new ArrayList<Byte>();
        int at = 0;
        for (int i = 0; i < points.length; ) {
            int next = i + 1;
            int units = Character.charCount(points[i]);
            while (next < points.length && PixelFont.isMark(points[next])) {
                units += Character.charCount(points[next++]);
            }
            int level = bidi.getLevelAt(at);
            clusters.add(mirrored(Arrays.copyOfRange(points, i, next), level));
            levels.add((byte) level);
            at += units;
            i = next;
        }
        return flat(clusters, levels);
    }

    private static int[] flat(List<int[]> clusters, List<Byte> levels) {
        var order = new byte[levels.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = levels.get(i);
        }
        Object[] drawn = clusters.toArray();
        Bidi.reorderVisually(order, 0, drawn, 0, drawn.length);
        return Arrays.stream(drawn)
                .flatMapToInt(cluster -> Arrays.stream((int[]) cluster))
                .toArray();
    }

    private static int[] mirrored(int[] cluster, int level) {
        int at = OPENING.indexOf(cluster[0]);
        if (level % 2 == 1 && at >= 0) {
            cluster[0] = OPENING.charAt(at ^ 1);
        }
        return cluster;
    }
}
