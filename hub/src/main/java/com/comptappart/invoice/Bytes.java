package com.comptappart.invoice;

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

    /** What was written so far; valid up to {@link #size()}, until more is written. */
    byte[] raw() {
        return bytes;
    }

    /** Latin-1. */
    @SuppressWarnings("deprecation") // copies the low bytes, which Latin-1 is, without a detour
    Bytes text(String latin) {
        int length = latin.length();
        room(length);
        latin.getBytes(0, length, bytes, size);
        size += length;
        return this;
    }

    Bytes add(byte[] more) {
        return add(more, more.length);
    }

    Bytes add(byte[] more, int length) {
        room(length);
        System.arraycopy(more, 0, bytes, size, length);
        size += length;
        return this;
    }

    Bytes add(int one) {
        room(1);
        bytes[size++] = (byte) one;
        return this;
    }

    /** The lowest bytes of a number, highest first. */
    Bytes bigEndian(long value, int count) {
        room(count);
        for (int shift = (count - 1) * 8; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >> shift);
        }
        return this;
    }

    Bytes integer(long value) {
        long rest = value;
        if (rest < 0) {
            add('-');
            rest = -rest;
        }
        int count = 1;
        for (long power = 10; power <= rest && count < 18; power *= 10) {
            count++;
        }
        return digits(rest, count);
    }

    /** With zeros before it up to that many digits. */
    Bytes digits(long value, int count) {
        room(count);
        long rest = value;
        for (int i = size + count - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += count;
        return this;
    }

    /** A coordinate, two decimals. */
    Bytes number(double value) {
        long hundredths = Math.round(value * 100);
        if (hundredths < 0) {
            add('-');
            hundredths = -hundredths;
        }
        integer(hundredths / 100);
        int fraction = (int) (hundredths % 100);
        if (fraction != 0) {
            add('.').add('0' + fraction / 10);
            if (fraction % 10 != 0) {
                add('0' + fraction % 10);
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
