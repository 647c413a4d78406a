package com.comptappart.invoice;

/**
 * The second rung: Liberation Sans for the other Latin letters of Europe and Vietnam, Greek,
 * Cyrillic and Hebrew. A constant beginning carries it whole.
 */
final class WideFonts implements Rung {

    private final FontFile regular = FontFile.of("LiberationSansWide-Regular.ttf.z");
    private final FontFile bold = FontFile.of("LiberationSansWide-Bold.ttf.z");

    FontFile file(boolean isBold) {
        return isBold ? bold : regular;
    }

    @Override
    public boolean has(int point) {
        return regular.glyph(point) != 0 && bold.glyph(point) != 0;
    }

    @Override
    public int width(int point, boolean isBold) {
        return file(isBold).width(point);
    }
}
