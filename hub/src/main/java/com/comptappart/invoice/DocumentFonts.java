package com.comptappart.invoice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fonts that a document needs besides those of its prefix: which characters of which. */
final class DocumentFonts {

    private final Map<OutlineFont, GlyphSet> outlines = new LinkedHashMap<>();
    private final Map<Integer, Integer> pixels = new LinkedHashMap<>();
    private final PixelFont pixelFont;

    DocumentFonts(PixelFont pixelFont) {
        this.pixelFont = pixelFont;
    }

    /**
     * Characters and the codes that stand for them, from 1.
     *
     * @param name of the font in the page's resources
     */
    private record GlyphSet(String name, Map<Integer, Integer> codes) {}

    boolean isEmpty() {
        return outlines.isEmpty() && pixels.isEmpty();
    }

    /** Shows a run of an outline font. */
    void outline(Bytes out, OutlineFont font, int[] points, double size) {
        var set =
                outlines.computeIfAbsent(
                        font, _ -> new GlyphSet("X" + outlines.size(), new LinkedHashMap<>()));
        out.add('/').text(set.name()).add(' ').number(size).text(" Tf <");
        for (int point : points) {
            out.text(hex(set.codes().computeIfAbsent(point, _ -> set.codes().size() + 1)));
        }
        out.text("> Tj ");
    }

    /** Shows a run of the pixel font, 255 characters of which make a font of PDF's. */
    void pixels(Bytes out, int[] points, double size) {
        for (int point : points) {
            int index = pixels.computeIfAbsent(point, _ -> pixels.size());
            out.text("/P").integer(index / PixelFonts.IN_ONE).add(' ').number(size).text(" Tf <");
            out.text(hex(index % PixelFonts.IN_ONE + 1).substring(2)).text("> Tj ");
        }
    }

    /** Writes them; returns their entries of a font dictionary. */
    String write(PdfObjects objects) {
        var entries = new StringBuilder();
        outlines.forEach((font, set) ->
                entries.append('/')
                        .append(set.name())
                        .append(' ')
                        .append(CutFont.write(objects, font, set.codes()))
                        .append(" 0 R"));
        List<Integer> points = new ArrayList<>(pixels.keySet());
        for (int i = 0; i * PixelFonts.IN_ONE < points.size(); i++) {
            int from = i * PixelFonts.IN_ONE;
            int to = Math.min(points.size(), from + PixelFonts.IN_ONE);
            int number = PixelFonts.write(objects, pixelFont, points.subList(from, to));
            entries.append("/P").append(i).append(' ').append(number).append(" 0 R");
        }
        return entries.toString();
    }

    private static String hex(int code) {
        String digits = Integer.toHexString(code);
        return "0000".substring(digits.length()) + digits;
    }
}
