package com.comptappart.invoice;

import java.util.List;

/** Writes bitmaps as Type 3 fonts of PDF, whose glyphs are image masks. */
final class PixelFonts {

    static final int IN_ONE = 255;

    private static final int UNIT = 1000;

    /** Rows below the base line. */
    private static final int DESCENT = 2;

    private PixelFonts() {}

    static int write(PdfObjects objects, PixelFont font, List<Integer> points) {
        var procedures = new StringBuilder();
        var names = new StringBuilder();
        var widths = new StringBuilder();
        var unicode = new ToUnicode();
        for (int i = 0; i < points.size(); i++) {
            int point = points.get(i);
            int number = objects.stream("", glyph(font, point));
            procedures.append("/g").append(i + 1).append(' ').append(number).append(" 0 R");
            names.append("/g").append(i + 1);
            widths.append(font.width(point, false)).append(' ');
            unicode.add(i + 1, point);
        }
        int unicodes = objects.stream("", unicode.map(1));
        return objects.object(
                "<</Type/Font/Subtype/Type3/FontBBox[-1000 -125 1000 875]/FontMatrix[.001 0 0 .001 0 0]"
                        + "/CharProcs<<"
                        + procedures
                        + ">>/Encoding<</Type/Encoding/Differences[1"
                        + names
                        + "]>>/FirstChar 1/LastChar "
                        + points.size()
                        + "/Widths["
                        + widths
                        + "]/Resources<<>>/ToUnicode "
                        + unicodes
                        + " 0 R>>");
    }

    private static byte[] glyph(PixelFont font, int point) {
        var bitmap = font.bitmap(point);
        int width = font.width(point, false);
        int drawn = bitmap.width() * UNIT / PixelFont.ROWS;
        int left = PixelFont.isMark(point) ? -drawn : 0;
        int below = -DESCENT * UNIT / PixelFont.ROWS;
        var out = new Bytes(192);
        out.integer(width).text(" 0 ").integer(left).add(' ').integer(below).add(' ');
        out.integer(left + drawn).add(' ').integer(below + UNIT).text(" d1\nq ");
        out.integer(drawn).text(" 0 0 ").integer(UNIT).add(' ').integer(left).add(' ');
        out.integer(below).text(" cm\nBI /W ").integer(bitmap.width());
        out.text(" /H 16 /IM true /BPC 1 /D [1 0] /F /AHx\nID ");
        out.text(java.util.HexFormat.of().formatHex(bitmap.rows())).text(">\nEI Q");
        return out.toArray();
    }
}
