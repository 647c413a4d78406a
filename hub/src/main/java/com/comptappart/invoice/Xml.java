package com.comptappart.invoice;

import org.jspecify.annotations.Nullable;

/** Text for XML 1.0: what the standard forbids becomes a space or U+FFFD, never an error. */
final class Xml {

    private Xml() {}

    static void escape(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\n', '\r', '\t' -> out.append(' ');
                default -> out.appendCodePoint(isAllowed(point) ? point : '\ufffd');
            }
        }
    }

    static void element(StringBuilder out, String name, String value) {
        out.append('<').append(name).append('>');
        escape(out, value);
        out.append("</").append(name).append('>');
    }

    static String filled(@Nullable String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value;
    }

    private static boolean isAllowed(int point) {
        return (point >= 0x20 && point <= 0xd7ff && !(point >= 0x7f && point <= 0x9f))
                || (point >= 0xe000 && point <= 0xfffd)
                || (point >= 0x10000 && point <= 0x10ffff && (point & 0xfffe) != 0xfffe);
    }
}
