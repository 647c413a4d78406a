package com.comptappart.invoice;

/** Contrast of a colour with white, by WCAG 2.2 (relative luminance; level AA wants 4.5 to 1). */
final class Contrast {

    /** Hundredths. */
    private static final long WANTED = 450;

    private Contrast() {}

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
        double luminance =
                0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
        return (long) StrictMath.floor(105 / (luminance + 0.05));
    }

    private static double linear(int part) {
        double value = (part & 0xff) / 255.0;
        return value <= 0.04045 ? value / 12.92 : StrictMath.pow((value + 0.055) / 1.055, 2.4);
    }
}
