package com.comptappart.invoice;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.zip.InflaterInputStream;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/** The fast fonts: Liberation Sans, regular and bold, cut to the 217 characters of Windows-1252. */
final class WinAnsiFonts implements TextWidths {

    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** A font file, deflated, with its inflated length and its measures in thousandths. */
    record Face(byte[] packed, int length, int[] widths, int ascent, int descent, int[] box) {}

    private final Face regular = face("LiberationSans-Regular.ttf.z");
    private final Face bold = face("LiberationSans-Bold.ttf.z");
    private final byte[] codes = codes();

    Face face(boolean isBold) {
        return isBold ? bold : regular;
    }

    /** Whether the fast fonts have every character. */
    boolean canShow(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (code(text.charAt(i)) == 0) {
                return false;
            }
        }
        return true;
    }

    /** The byte of Windows-1252, 0 where there is none. */
    int code(char character) {
        return codes[character] & 0xff;
    }

    @Override
    public double width(String text, boolean isBold) {
        int[] widths = face(isBold).widths();
        int sum = 0;
        for (int i = 0; i < text.length(); i++) {
            sum += widths[code(text.charAt(i))];
        }
        return sum;
    }

    private static byte[] codes() {
        var codes = new byte[1 << 16];
        for (int code = 32; code < 256; code++) {
            String text = new String(new byte[] {(byte) code}, WINDOWS_1252);
            boolean undefined =
                    text.charAt(0) == '\ufffd' || Character.isISOControl(text.charAt(0));
            if (!undefined) {
                codes[text.charAt(0)] = (byte) code;
            }
        }
        return codes;
    }

    private static Face face(String resource) {
        byte[] packed = Resources.bytes(resource);
        try (var inflated = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            byte[] file = inflated.readAllBytes();
            try (TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(file))) {
                var cmap = font.getUnicodeCmapLookup();
                double scale = 1000.0 / font.getUnitsPerEm();
                var widths = new int[256];
                for (int code = 32; code < 256; code++) {
                    String text = new String(new byte[] {(byte) code}, WINDOWS_1252);
                    widths[code] =
                            (int)
                                    Math.round(
                                            font.getAdvanceWidth(cmap.getGlyphId(text.charAt(0)))
                                                    * scale);
                }
                var head = font.getHeader();
                var box =
                        new int[] {
                            (int) (head.getXMin() * scale), (int) (head.getYMin() * scale),
                            (int) (head.getXMax() * scale), (int) (head.getYMax() * scale)
                        };
                var horizontal = font.getHorizontalHeader();
                return new Face(
                        packed,
                        file.length,
                        widths,
                        (int) (horizontal.getAscender() * scale),
                        (int) (horizontal.getDescender() * scale),
                        box);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the bundled font " + resource + " can't be read", e);
        }
    }
}
