package com.comptappart.invoice;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.fontbox.ttf.TTFSubsetter;

/**
 * Cuts the glyphs of one document out of an outline font. What is written is not deflated: no zlib
 * changes the bytes.
 */
final class CutFont {

    private CutFont() {}

    /**
     * @param codes of the characters, from 1, in order
     * @return the number of the font's object
     */
    static int write(PdfObjects objects, OutlineFont font, Map<Integer, Integer> codes) {
        var file = font.file();
        var map = new byte[2 * (codes.size() + 1)];
        var widths = new StringBuilder("0[0");
        var unicode = new ToUnicode();
        byte[] cut;
        synchronized (file) {
            cut = cut(file, codes, map);
            codes.forEach((point, code) -> {
                widths.append(' ').append(file.width(point));
                unicode.add(code, point);
            });
        }
        String name = "CAPPRT+" + font.name();
        int stream = objects.stream("/Length1 " + cut.length, cut);
        int descriptor = PrefixWriter.descriptor(objects, name, file, 4, false, stream);
        int glyphs = objects.stream("", map);
        return PrefixWriter.composite(
                objects,
                name,
                descriptor,
                widths.append(']').toString(),
                " " + glyphs + " 0 R",
                unicode);
    }

    private static byte[] cut(FontFile file, Map<Integer, Integer> codes, byte[] map) {
        try {
            var subsetter =
                    new TTFSubsetter(
                            file.parsed(),
                            java.util.List.of(
                                    "head", "hhea", "loca", "maxp", "cvt ", "prep", "glyf", "hmtx",
                                    "fpgm"));
            subsetter.addAll(Set.copyOf(codes.keySet()));
            Map<Integer, Integer> cutGlyphs = new HashMap<>();
            subsetter.getGIDMap().forEach((fresh, old) -> cutGlyphs.put(old, fresh));
            codes.forEach((point, code) -> {
                int glyph = cutGlyphs.getOrDefault(file.glyph(point), 0);
                map[2 * code] = (byte) (glyph >> 8);
                map[2 * code + 1] = (byte) glyph;
            });
            var out = new ByteArrayOutputStream(16_384);
            subsetter.writeToStream(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
