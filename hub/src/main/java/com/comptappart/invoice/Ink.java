package com.comptappart.invoice;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** A colour of the sRGB space and the PDF operators that choose it. */
final class Ink {

    static final Ink BLACK = new Ink(0x1b1f24);
    static final Ink SOFT = new Ink(0x59616b);
    static final Ink HAIR = new Ink(0xd9dde2);
    static final Ink PALE = new Ink(0xf3f5f7);
    static final Ink WHITE = new Ink(0xffffff);
    static final Ink MARK = new Ink(0xeceef0);

    private final int rgb;
    private final byte[] fill;
    private final byte[] stroke;

    Ink(int rgb) {
        this.rgb = rgb;
        String parts = part(rgb >> 16) + " " + part(rgb >> 8) + " " + part(rgb);
        this.fill = (parts + " rg\n").getBytes(StandardCharsets.ISO_8859_1);
        this.stroke = (parts + " RG\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** 0xrrggbb. */
    int rgb() {
        return rgb;
    }

    byte[] fill() {
        return fill;
    }

    byte[] stroke() {
        return stroke;
    }

    private static String part(int value) {
        return BigDecimal.valueOf(value & 0xff)
                .divide(BigDecimal.valueOf(255), 3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
