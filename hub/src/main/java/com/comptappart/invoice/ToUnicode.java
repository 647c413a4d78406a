package com.comptappart.invoice;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which characters codes stand for (a ToUnicode CMap). */
final class ToUnicode {

    private static final int BLOCK = 100;
    private static final String MAP =
            """
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <{first}> <{last}>
            endcodespacerange
            {blocks}endcmap
            CMapName currentdict /CMap defineresource pop
            end
            end\
            """;

    private final StringBuilder blocks = new StringBuilder();
    private final List<int[]> codes = new ArrayList<>();

    void add(int code, int point) {
        codes.add(new int[] {code, point});
    }

    /**
     * @param bytes of a code
     */
    byte[] map(int bytes) {
        String digits = "%0" + 2 * bytes + "X";
        for (int from = 0; from < codes.size(); from += BLOCK) {
            var part = codes.subList(from, Math.min(codes.size(), from + BLOCK));
            blocks.append(part.size()).append(" beginbfchar\n");
            for (int[] code : part) {
                blocks.append('<')
                        .append(String.format(Locale.ROOT, digits, code[0]))
                        .append("> <")
                        .append(utf16(code[1]))
                        .append(">\n");
            }
            blocks.append("endbfchar\n");
        }
        return MAP.replace("{first}", "00".repeat(bytes))
                .replace("{last}", "FF".repeat(bytes))
                .replace("{blocks}", blocks)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String utf16(int point) {
        var hex = new StringBuilder();
        for (char unit : letters(point).toCharArray()) {
            hex.append(String.format(Locale.ROOT, "%04X", (int) unit));
        }
        return hex.toString();
    }

    /** A form of an Arabic letter stands for the letter. */
    private static String letters(int point) {
        String text = Character.toString(point);
        boolean isForm = point >= 0xfb50 && point <= 0xfefc;
        return isForm ? Normalizer.normalize(text, Normalizer.Form.NFKC) : text;
    }
}
