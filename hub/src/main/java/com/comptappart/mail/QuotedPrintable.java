package com.comptappart.mail;

import java.io.ByteArrayOutputStream;

/** Quoted-printable of a text, RFC 2045, 6.7; line breaks of any kind become CRLF. */
final class QuotedPrintable {

    private static final String HEX = "0123456789ABCDEF";
    private static final int MAX_LINE = 76;

    private final byte[] text;
    private final ByteArrayOutputStream out;
    private final byte[] line = new byte[MAX_LINE + 2];
    private int column;

    private QuotedPrintable(byte[] text, ByteArrayOutputStream out) {
        this.text = text;
        this.out = out;
    }

    static void encode(byte[] text, ByteArrayOutputStream out) {
        new QuotedPrintable(text, out).encode();
    }

    private void encode() {
        for (int i = 0; i < text.length; i++) {
            byte each = text[i];
            if (isBreak(i)) {
                newLine();
                if (each == '\r' && isAt(i + 1, '\n')) {
                    i++;
                }
                continue;
            }
            boolean atEnd = i + 1 == text.length || isBreak(i + 1);
            boolean space = each == ' ' || each == '\t';
            if ((each >= 33 && each <= 126 && each != '=') || (space && !atEnd)) {
                room(1);
                put(each);
                continue;
            }
            room(3);
            put('=');
            put(HEX.charAt((each >> 4) & 15));
            put(HEX.charAt(each & 15));
        }
        out.write(line, 0, column);
    }

    /**
     * A soft break where the line would pass its limit, counting the "=" that such a break takes.
     */
    private void room(int width) {
        if (column + width > MAX_LINE - 1) {
            put('=');
            newLine();
        }
    }

    private void put(int each) {
        line[column++] = (byte) each;
    }

    private void newLine() {
        put('\r');
        put('\n');
        out.write(line, 0, column);
        column = 0;
    }

    private boolean isBreak(int i) {
        return text[i] == '\r' || text[i] == '\n';
    }

    private boolean isAt(int i, char wanted) {
        return i < text.length && text[i] == wanted;
    }
}
