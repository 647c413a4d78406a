package com.comptappart.invoice;

import org.jspecify.annotations.Nullable;

/**
 * How a document looks, besides what it says.
 *
 * @param accent of lines and areas, as it was chosen
 * @param words the same, darkened until text in it can be read on white, and white text on it
 * @param logo null where the seller's name stands in its place
 */
record Look(Ink accent, Ink words, @Nullable Picture logo) {

    static final Look PLAIN = of(0x1f4e79, null);

    /**
     * A picture on white.
     *
     * @param samples deflated, three bytes a pixel, from the top left
     */
    record Picture(int width, int height, byte[] samples) {}

    static Look of(int rgb, @Nullable Picture logo) {
        return new Look(new Ink(rgb), new Ink(Contrast.darkened(rgb)), logo);
    }
}
