package com.comptappart.invoice;

import java.util.Arrays;

/** Writes numbered objects one after the other and knows where each begins. */
final class PdfObjects {

    private final Bytes out;
    private final int base;
    private int[] offsets;
    private int count;

    /**
     * @param before where the objects before these begin, by their number less one
     * @param base how many bytes stand before {@code out}
     */
    PdfObjects(Bytes out, int[] before, int base) {
        this.out = out;
        this.base = base;
        this.offsets = Arrays.copyOf(before, before.length + 32);
        this.count = before.length;
    }

    Bytes out() {
        return out;
    }

    /** The number that the next object will have. */
    int next() {
        return count + 1;
    }

    int[] offsets() {
        return Arrays.copyOf(offsets, count);
    }

    int object(String body) {
        int number = begin();
        out.text(body).text("\nendobj\n");
        return number;
    }

    int stream(String entries, byte[] data) {
        return stream(entries, data, data.length);
    }

    int stream(String entries, byte[] data, int length) {
        int number = begin();
        out.text("<<")
                .text(entries)
                .text("/Length ")
                .integer(length)
                .text(">>\nstream\n")
                .add(data, length)
                .text("\nendstream\nendobj\n");
        return number;
    }

    private int begin() {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
        }
        offsets[count++] = base + out.size();
        out.integer(count).text(" 0 obj\n");
        return count;
    }

    /** The table of all objects and the end of the file. */
    void end(int catalog, String id) {
        int start = base + out.size();
        out.text("xref\n0 ").integer(count + 1).text("\n0000000000 65535 f \n");
        for (int i = 0; i < count; i++) {
            out.digits(offsets[i], 10).text(" 00000 n \n");
        }
        out.text("trailer\n<</Size ").integer(count + 1).text("/Root ").integer(catalog);
        out.text(" 0 R/ID[<").text(id).text("><").text(id).text(">]>>\nstartxref\n");
        out.integer(start).text("\n%%EOF\n");
    }
}
