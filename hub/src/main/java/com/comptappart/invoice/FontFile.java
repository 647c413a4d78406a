package com.comptappart.invoice;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.InflaterInputStream;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * A bundled TrueType font: its file, deflated and as it is, and its measures in thousandths of its
 * size.
 */
final class FontFile {

    private final byte[] packed;
    private final byte[] file;
    private final TrueTypeFont font;
    private final CmapLookup cmap;
    private final int unitsPerEm;
    private final int[] box;
    private final int ascent;
    private final int descent;

    private FontFile(byte[] packed) throws IOException {
        this.packed = packed;
        this.file = inflated(packed);
        this.font = new TTFParser().parse(new RandomAccessReadBuffer(file));
        this.cmap = font.getUnicodeCmapLookup();
        this.unitsPerEm = font.getUnitsPerEm();
        var head = font.getHeader();
        this.box =
                new int[] {
                    thousandths(head.getXMin()), thousandths(head.getYMin()),
                    thousandths(head.getXMax()), thousandths(head.getYMax())
                };
        this.ascent = thousandths(font.getHorizontalHeader().getAscender());
        this.descent = thousandths(font.getHorizontalHeader().getDescender());
    }

    static FontFile of(String resource) {
        try {
            return new FontFile(Resources.bytes(resource));
        } catch (IOException e) {
            throw new IllegalStateException("the bundled font " + resource + " can't be read", e);
        }
    }

    static byte[] inflated(byte[] packed) throws IOException {
        try (var inflated = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            return inflated.readAllBytes();
        }
    }

    byte[] packed() {
        return packed;
    }

    /** Of the file as it is, in bytes. */
    int length() {
        return file.length;
    }

    TrueTypeFont parsed() {
        return font;
    }

    /** 0 where the font has none. */
    int glyph(int point) {
        return cmap.getGlyphId(point);
    }

    int width(int point) {
        try {
            return thousandths(font.getAdvanceWidth(glyph(point)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a font descriptor says of the measures. */
    String measures() {
        return "/FontBBox["
                + box[0]
                + " "
                + box[1]
                + " "
                + box[2]
                + " "
                + box[3]
                + "]/ItalicAngle 0/Ascent "
                + ascent
                + "/Descent "
                + descent
                + "/CapHeight 729";
    }

    private int thousandths(int units) {
        return Math.round(units * 1000f / unitsPerEm);
    }
}
