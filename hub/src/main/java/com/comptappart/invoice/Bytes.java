package com.comptappart.invoice;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array that knows its place. */
final class Bytes {

    private byte[] bytes;
    private int size;

    Bytes(int capacity) {
        bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    Bytes text(String ascii) {
        return add(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    Bytes add(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
        return this;
    }

    Bytes add(int one) {
        room(1);
        bytes[size++] = (byte) one;
        return this;
    }

    /** A coordinate, two decimals. */
    Bytes number(double value) {
        long hundredths = Math.round(value * 100);
        if (hundredths < 0) {
            add('-');
            hundredths = -hundredths;
        }
        text(Long.toString(hundredths / 100));
        long fraction = hundredths % 100;
        if (fraction != 0) {
            add('.').add((int) ('0' + fraction / 10));
            if (fraction % 10 != 0) {
                add((int) ('0' + fraction % 10));
            }
        }
        return this;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
