package com.comptappart.invoice;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Deflates tails with another document's tail as preset dictionary (RFC 1950), so that only what is
 * an invoice's own takes room: 18 KiB become about 1.5. The bytes that come back are the same ones,
 * whatever zlib deflated them.
 */
final class TailPacker {

    private static final int LEVEL = 3;
    private static final int LARGEST_TAIL = 256 << 20;

    private final byte[] dictionary;
    private final String id;

    TailPacker(byte[] dictionary) {
        this.dictionary = dictionary;
        this.id = "dictionary-" + HexFormat.of().formatHex(Hashes.sha256(dictionary), 0, 8);
    }

    String id() {
        return id;
    }

    byte[] dictionary() {
        return dictionary;
    }

    PackedTail pack(byte[] tail) {
        var deflater = new Deflater(LEVEL);
        try {
            deflater.setDictionary(dictionary);
            deflater.setInput(tail);
            deflater.finish();
            byte[] packed = new byte[tail.length];
            int length = deflater.deflate(packed);
            return deflater.finished()
                    ? new PackedTail(id, java.util.Arrays.copyOf(packed, length))
                    : new PackedTail("", tail);
        } finally {
            deflater.end();
        }
    }

    /**
     * @throws IllegalStateException where the bytes were not packed with this dictionary
     */
    static byte[] unpack(byte[] packed, byte[] dictionary) {
        var inflater = new Inflater();
        try {
            inflater.setInput(packed);
            var out = new ByteArrayOutputStream(24_576);
            byte[] part = new byte[24_576];
            while (!inflater.finished()) {
                int length = inflater.inflate(part);
                if (length == 0) {
                    if (!inflater.needsDictionary()) {
                        throw new IllegalStateException("a stored document ends too early");
                    }
                    inflater.setDictionary(dictionary);
                }
                out.write(part, 0, length);
                if (out.size() > LARGEST_TAIL) {
                    throw new IllegalStateException("a stored document is larger than any can be");
                }
            }
            if (inflater.getRemaining() > 0) {
                throw new IllegalStateException("a stored document has something behind its end");
            }
            return out.toByteArray();
        } catch (DataFormatException | IllegalArgumentException e) {
            throw new IllegalStateException("a stored document can't be unpacked", e);
        } finally {
            inflater.end();
        }
    }
}
