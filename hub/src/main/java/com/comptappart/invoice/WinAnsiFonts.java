package com.comptappart.invoice;

import java.nio.charset.Charset;

/** The fast fonts: Liberation Sans, regular and bold, cut to the characters of Windows-1252. */
final class WinAnsiFonts implements Rung {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private final FontFile regular = FontFile.of("LiberationSans-Regular.ttf.z");
    private final FontFile bold = FontFile.of("LiberationSans-Bold.ttf.z");
    private final byte[] codes = codes();
    private final int[] regularWidths = widths(regular);
    private final int[] boldWidths = widths(bold);

    FontFile file(boolean isBold) {
        return isBold ? bold : regular;
    }

    /** By code of Windows-1252. */
    int[] widths(boolean isBold) {
        return isBold ? boldWidths : regularWidths;
    }

    /** Whether the fast fonts have every character. */
    boolean canShow(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (codes[text.charAt(i)] == 0) {
                return false;
            }
        }
        return true;
    }

    /** The byte of Windows-1252, 0 where there is none. */
    int code(int point) {
        return point > 0xffff ? 0 : codes[point] & 0xff;
    }

    @Override
    public boolean has(int point) {
        return code(point) != 0;
    }

    @Override
    public int width(int point, boolean isBold) {
        return widths(isBold)[code(point)];
    }

    private static byte[] codes() {
        var codes = new byte[1 << 16];
        for (int code = 32; code < 256; code++) {
            char character = character(code);
            if (character != '\ufffd' && !Character.isISOControl(character)) {
                codes[character] = (byte) code;
            }
        }
        return codes;
    }

    private static int[] widths(FontFile font) {
        var widths = new int[256];
        for (int code = 32; code < 256; code++) {
            widths[code] = font.width(character(code));
        }
        return widths;
    }

    private static char character(int code) {
        return new String(new byte[] {(byte) code}, WINDOWS_1252).charAt(0);
    }
}
