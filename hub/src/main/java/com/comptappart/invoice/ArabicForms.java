package com.comptappart.invoice;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins Arabic letters by Unicode's presentation forms: which letter has which forms is read from
 * the characters' own names.
 */
final class ArabicForms {

    private static final int ISOLATED = 0;
    private static final int FINAL = 1;
    private static final int INITIAL = 2;
    private static final int MEDIAL = 3;
    private static final String[] NAMES = {
        " ISOLATED FORM", " FINAL FORM", " INITIAL FORM", " MEDIAL FORM"
    };
    private static final int LAM = 0x644;
    private static final int TATWEEL = 0x640;

    private static final Map<String, int[]> FORMS = forms();

    private ArabicForms() {}

    /** In the order of reading. */
    static int[] joined(int[] points) {
        var out = new int[points.length];
        int size = 0;
        for (int i = 0; i < points.length; i++) {
            int next = next(points, i);
            var ligature = ligature(points, i);
            if (ligature != null) {
                out[size++] = form(ligature, joinsForward(points, previous(points, i)), false);
                i++;
                continue;
            }
            var forms = forms(points[i]);
            if (forms == null) {
                out[size++] = points[i];
                continue;
            }
            boolean before = joinsForward(points, previous(points, i));
            boolean after = forms[INITIAL] != 0 && next < points.length && joinsBack(points[next]);
            out[size++] = form(forms, before, after);
        }
        return Arrays.copyOf(out, size);
    }

    private static int @Nullable [] forms(int point) {
        return FORMS.get(Character.toString(point));
    }

    /** Of a lam and the alef after it. */
    private static int @Nullable [] ligature(int[] points, int at) {
        if (points[at] != LAM || at + 1 == points.length) {
            return null;
        }
        return FORMS.get(new String(points, at, 2));
    }

    private static int form(int[] forms, boolean before, boolean after) {
        int wanted = before ? (after ? MEDIAL : FINAL) : (after ? INITIAL : ISOLATED);
        return forms[wanted] != 0 ? forms[wanted] : forms[ISOLATED];
    }

    private static boolean joinsForward(int[] points, int at) {
        if (at < 0) {
            return false;
        }
        var forms = forms(points[at]);
        return points[at] == TATWEEL || (forms != null && forms[INITIAL] != 0);
    }

    private static boolean joinsBack(int point) {
        var forms = forms(point);
        return point == TATWEEL || (forms != null && forms[FINAL] != 0);
    }

    private static int previous(int[] points, int at) {
        int before = at - 1;
        while (before >= 0 && PixelFont.isMark(points[before])) {
            before--;
        }
        return before;
    }

    private static int next(int[] points, int at) {
        int after = at + 1;
        while (after < points.length && PixelFont.isMark(points[after])) {
            after++;
        }
        return after;
    }

    private static Map<String, int[]> forms() {
        Map<String, int[]> forms = new HashMap<>();
        for (int point = 0xfb50; point <= 0xfefc; point++) {
            String name = Character.getName(point);
            for (int form = 0; name != null && form < NAMES.length; form++) {
                String letters =
                        Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC);
                boolean joins = letters.length() == 1 || name.contains("LAM WITH ALEF");
                if (name.endsWith(NAMES[form]) && joins && letters.length() <= 2) {
                    forms.computeIfAbsent(letters, _ -> new int[4])[form] = point;
                }
            }
        }
        return forms;
    }
}
