package com.comptappart.invoice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last rung: GNU Unifont's bitmaps, 16 rows of 8 or 16 pixels, for what no other font has, and
 * for what Unifont lacks too a frame with the character's hexadecimal number. It has everything.
 */
final class PixelFont implements Rung {

    static final int ROWS = 16;

    /** Digits 0 to F, three pixels wide, five rows each, three bits a row from the top. */
    private static final int[] DIGITS = {
        0b111_101_101_101_111,
        0b010_110_010_010_111,
        0b111_001_111_100_111,
        0b111_001_111_001_111,
        0b101_101_111_001_001,
        0b111_100_111_001_111,
        0b111_100_111_101_111,
        0b111_001_010_010_010,
        0b111_101_111_101_111,
        0b111_101_111_001_111,
        0b111_101_111_101_101,
        0b110_101_110_101_110,
        0b111_100_100_100_111,
        0b110_101_101_101_110,
        0b111_100_111_100_111,
        0b111_100_111_100_100
    };

    /** A bitmap: rows of {@code width} pixels, from the top. */
    record Bitmap(int width, byte[] rows) {}

    private record Glyphs(int[] points, int[] offsets, byte[] data) {}

    private volatile @Nullable Glyphs glyphs;

    @Override
    public boolean has(int point) {
        return true;
    }

    @Override
    public int width(int point, boolean bold) {
        if (isMark(point)) {
            return 0;
        }
        return bitmap(point).width() * 1000 / ROWS;
    }

    /** Marks stand over the character before them. */
    static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    Bitmap bitmap(int point) {
        var all = glyphs();
        int at = Arrays.binarySearch(all.points(), point);
        if (at < 0) {
            return framed(point);
        }
        int from = all.offsets()[at];
        int to = all.offsets()[at + 1];
        return new Bitmap((to - from) / 2, Arrays.copyOfRange(all.data(), from, to));
    }

    private static Bitmap framed(int point) {
        var pixels = new int[ROWS];
        pixels[0] = 0x7ffe;
        pixels[ROWS - 1] = 0x7ffe;
        for (int row = 1; row < ROWS - 1; row++) {
            pixels[row] = 0x4002;
        }
        for (int digit = 0; digit < 6; digit++) {
            int shape = DIGITS[(point >> (20 - 4 * digit)) & 0xf];
            int top = digit < 3 ? 2 : 9;
            int shift = 10 - 4 * (digit % 3);
            for (int row = 0; row < 5; row++) {
                pixels[top + row] |= ((shape >> (12 - 3 * row)) & 7) << shift;
            }
        }
        var rows = ByteBuffer.allocate(2 * ROWS);
        for (int row : pixels) {
            rows.putShort((short) row);
        }
        return new Bitmap(ROWS, rows.array());
    }

    private Glyphs glyphs() {
        var known = glyphs;
        if (known == null) {
            known = read();
            glyphs = known;
        }
        return known;
    }

    /** Each glyph: a byte with its bytes per row, three with its number, then its rows. */
    private static Glyphs read() {
        try {
            byte[] data = FontFile.inflated(Resources.bytes("Unifont.pixels.z"));
            var points = new int[data.length / 20];
            var offsets = new int[points.length + 1];
            var packed = ByteBuffer.allocate(data.length);
            int count = 0;
            for (var in = ByteBuffer.wrap(data); in.hasRemaining(); count++) {
                int head = in.getInt();
                points[count] = head & 0xffffff;
                offsets[count] = packed.position();
                int length = (head >>> 24) * ROWS;
                packed.put(data, in.position(), length);
                in.position(in.position() + length);
            }
            offsets[count] = packed.position();
            return new Glyphs(
                    Arrays.copyOf(points, count),
                    Arrays.copyOf(offsets, count + 1),
                    Arrays.copyOf(packed.array(), packed.position()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
