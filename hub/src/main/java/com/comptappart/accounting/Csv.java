package com.comptappart.accounting;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a French spreadsheet opens with a double click: UTF-8 with its mark, semicolons,
 * decimal commas, CR LF, quotes as in RFC 4180. A text that a spreadsheet would take for a formula
 * begins with an apostrophe (OWASP, "CSV injection").
 */
final class Csv {

    static final String MEDIA_TYPE = "text/csv;charset=utf-8";

    private final Writer writer;

    Csv(OutputStream out, String... header) throws IOException {
        writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        writer.write('\uFEFF');
        row(List.of(header));
    }

    /** Texts, numbers, dates, times, booleans; null is empty. */
    void row(@Nullable Object... cells) throws IOException {
        boolean first = true;
        for (Object cell : cells) {
            if (!first) {
                writer.write(';');
            }
            first = false;
            writer.write(text(cell));
        }
        writer.write("\r\n");
    }

    private void row(List<String> header) throws IOException {
        row(header.toArray());
    }

    void flush() throws IOException {
        writer.flush();
    }

    private static String text(@Nullable Object cell) {
        return switch (cell) {
            case null -> "";
            case String text -> quoted(safe(text));
            case BigDecimal number -> Texts.comma(number);
            default -> cell.toString();
        };
    }

    private static String safe(String text) {
        return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ';' || c == '"' || c == '\r' || c == '\n');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
