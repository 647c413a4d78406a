package com.comptappart.invoice;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks over JSON as the hub writes it: UTF-8, no white space, fields in a known order. What it
 * does not know it refuses; it never takes one thing for another.
 */
final class JsonBytes {

    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    /** More might not fit into a {@code long}. */
    private static final int DIGITS = 18;

    private final byte[] json;
    private int at;

    JsonBytes(byte[] json) {
        this.json = json;
    }

    /** Not as the hub writes it; JSON it may be nonetheless. */
    static final class Unusual extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Unusual(String what) {
            super(what);
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    int at() {
        return at;
    }

    byte[] since(int from) {
        return Arrays.copyOfRange(json, from, at);
    }

    /** Moves past what is next, if it is that. */
    boolean skips(byte[] what) {
        int end = at + what.length;
        if (end > json.length || !Arrays.equals(json, at, end, what, 0, what.length)) {
            return false;
        }
        at = end;
        return true;
    }

    void expect(byte[] what) {
        if (!skips(what)) {
            throw unusual();
        }
    }

    void expectEnd() {
        if (at != json.length) {
            throw unusual();
        }
    }

    @Nullable String textOrNull() {
        return skips(NULL) ? null : text();
    }

    String text() {
        if (next() != '"') {
            throw unusual();
        }
        int from = ++at;
        boolean isEscaped = false;
        for (byte b = next(); b != '"'; b = next()) {
            // Above ASCII bytes are negative.
            if (b >= 0 && b < ' ') {
                throw unusual();
            }
            if (b == '\\') {
                isEscaped = true;
                at++;
            }
            at++;
        }
        var raw = new String(json, from, at++ - from, StandardCharsets.UTF_8);
        return isEscaped ? unescaped(raw) : raw;
    }

    private String unescaped(String raw) {
        var text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            text.append(
                    switch (raw.charAt(++i)) {
                        case '"' -> '"';
                        case '\\' -> '\\';
                        case '/' -> '/';
                        case 'b' -> '\b';
                        case 'f' -> '\f';
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        case 't' -> '\t';
                        default -> throw unusual();
                    });
        }
        return text.toString();
    }

    boolean flag() {
        if (skips(TRUE)) {
            return true;
        }
        expect(FALSE);
        return false;
    }

    long number() {
        boolean isNegative = next() == '-';
        if (isNegative) {
            at++;
        }
        long digits = digits(0, DIGITS);
        expectEndOfNumber();
        return isNegative ? -digits : digits;
    }

    BigDecimal decimal() {
        int from = at;
        long digits = digits(0, DIGITS);
        if (next() != '.') {
            expectEndOfNumber();
            return BigDecimal.valueOf(digits);
        }
        int left = DIGITS - (at - from);
        int point = ++at;
        digits = digits(digits, left);
        expectEndOfNumber();
        return BigDecimal.valueOf(digits, at - point);
    }

    /** Goes on with a number, by one digit or more. */
    private long digits(long number, int most) {
        int from = at;
        long value = number;
        for (byte b = next(); b >= '0' && b <= '9'; b = next()) {
            value = value * 10 + b - '0';
            at++;
        }
        int count = at - from;
        boolean hasZeroBefore = number == 0 && most == DIGITS && count > 1 && json[from] == '0';
        if (count == 0 || count > most || hasZeroBefore) {
            throw unusual();
        }
        return value;
    }

    private void expectEndOfNumber() {
        byte b = next();
        if (b != ',' && b != '}' && b != ']') {
            throw unusual();
        }
    }

    /** Zero, which JSON has nowhere, behind the end. */
    private byte next() {
        return at < json.length ? json[at] : 0;
    }

    private Unusual unusual() {
        return new Unusual("not as the hub writes it, at byte " + at);
    }
}
