package com.comptappart.invoice;

import java.math.BigDecimal;

/**
 * Contrast of a colour with white and with black, by WCAG 2.2 (relative luminance; level AA wants
 * 4.5 to 1).
 *
 * @param withWhite rounded down to hundredths, 1 to 21
 * @param withBlack the same
 * @param darkened {@code #rrggbb}: what documents write in, the colour itself where that is enough
 */
public record Contrast(BigDecimal withWhite, BigDecimal withBlack, String darkened) {

    /** Hundredths. */
    private static final long WANTED = 450;

    /**
     * @param color {@code #rrggbb}
     */
    public static Contrast of(String color) {
        int rgb = Integer.parseInt(color.substring(1), 16);
        return new Contrast(
                BigDecimal.valueOf(withWhite(rgb), 2),
                BigDecimal.valueOf(
                        (long) StrictMath.floor(100 * (luminance(rgb) + 0.05) / 0.05), 2),
                String.format("#%06x", darkened(rgb)));
    }

    /** Whether text in the colour can be read on white, and white text on it. */
    public boolean enough() {
        return withWhite.compareTo(BigDecimal.valueOf(WANTED, 2)) >= 0;
    }

    /** The same hue, so dark that text in it stands out from white by 4.5 to 1. */
    static int darkened(int rgb) {
        for (int hundredths = 100; hundredths > 0; hundredths--) {
            int darker = 0;
            for (int shift = 16; shift >= 0; shift -= 8) {
                darker |= (((rgb >> shift) & 0xff) * hundredths / 100) << shift;
            }
            if (withWhite(darker) >= WANTED) {
                return darker;
            }
        }
        return 0;
    }

    /** In hundredths: 100 is white on white, 2100 black on white. */
    static long withWhite(int rgb) {
        return (long) StrictMath.floor(105 / (luminance(rgb) + 0.05));
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    private static double linear(int part) {
        double value = (part & 0xff) / 255.0;
        return value <= 0.04045 ? value / 12.92 : StrictMath.pow((value + 0.055) / 1.055, 2.4);
    }
}
