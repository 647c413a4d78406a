package com.comptappart.invoice;

/** Writes the constant beginnings of documents. */
final class PrefixWriter {

    private final Ladder ladder;

    PrefixWriter(Ladder ladder) {
        this.ladder = ladder;
    }

    /**
     * @param wide with the second rung's fonts
     */
    Prefix write(Look look, boolean wide) {
        var objects = new PdfObjects(new Bytes(131_072), new int[0], 0);
        objects.out().text("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        int profile = objects.stream("/N 3/Filter/FlateDecode", Resources.bytes("srgb.icc.z"));
        objects.object(
                "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)"
                        + "/DestOutputProfile "
                        + profile
                        + " 0 R>>");
        var fonts = new StringBuilder();
        fonts.append("/R ").append(simple(objects, false)).append(" 0 R");
        fonts.append("/B ").append(simple(objects, true)).append(" 0 R");
        String pictures = look.logo() == null ? "" : "/L " + logo(objects, look.logo()) + " 0 R";
        if (wide) {
            fonts.append("/V ").append(composite(objects, false)).append(" 0 R");
            fonts.append("/W ").append(composite(objects, true)).append(" 0 R");
        }
        int resources = objects.object(resources(fonts.toString(), pictures));
        return Prefix.of(objects, fonts.toString(), pictures, resources);
    }

    static String resources(String fonts, String pictures) {
        return "<</Font<<"
                + fonts
                + ">>"
                + (pictures.isEmpty() ? "" : "/XObject<<" + pictures + ">>")
                + ">>";
    }

    private static int logo(PdfObjects objects, Look.Picture logo) {
        return objects.stream(
                "/Type/XObject/Subtype/Image/Width "
                        + logo.width()
                        + "/Height "
                        + logo.height()
                        + "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode",
                logo.samples());
    }

    /** One byte a character. */
    private int simple(PdfObjects objects, boolean bold) {
        String name = name("LiberationSans", bold);
        int descriptor = descriptor(objects, name, ladder.fast().file(bold), 32, bold);
        var widths = new StringBuilder();
        for (int code = 32; code < 256; code++) {
            widths.append(ladder.fast().widths(bold)[code]).append(' ');
        }
        return objects.object(
                "<</Type/Font/Subtype/TrueType/BaseFont/"
                        + name
                        + "/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255/Widths["
                        + widths
                        + "]/FontDescriptor "
                        + descriptor
                        + " 0 R>>");
    }

    /** Two bytes a character: the number of its glyph. */
    private int composite(PdfObjects objects, boolean bold) {
        String name = name("LiberationSansWide", bold);
        var file = ladder.wide().file(bold);
        int descriptor = descriptor(objects, name, file, 4, bold);
        var widths = new StringBuilder();
        var unicode = new ToUnicode();
        for (int point = 0xa0; point < 0x10000; point++) {
            int glyph = file.glyph(point);
            if (glyph != 0) {
                widths.append(glyph).append('[').append(file.width(point)).append(']');
                unicode.add(glyph, point);
            }
        }
        return composite(objects, name, descriptor, widths.toString(), "/Identity", unicode);
    }

    /** A font whose codes of two bytes a map brings to glyphs. */
    static int composite(
            PdfObjects objects,
            String name,
            int descriptor,
            String widths,
            String glyphs,
            ToUnicode unicode) {
        int unicodes = objects.stream("", unicode.map(2));
        int descendant =
                objects.object(
                        "<</Type/Font/Subtype/CIDFontType2/BaseFont/"
                                + name
                                + "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                                + "/DW 0/W["
                                + widths
                                + "]/CIDToGIDMap"
                                + glyphs
                                + "/FontDescriptor "
                                + descriptor
                                + " 0 R>>");
        return objects.object(
                "<</Type/Font/Subtype/Type0/BaseFont/"
                        + name
                        + "/Encoding/Identity-H/DescendantFonts["
                        + descendant
                        + " 0 R]/ToUnicode "
                        + unicodes
                        + " 0 R>>");
    }

    private static int descriptor(
            PdfObjects objects, String name, FontFile font, int flags, boolean bold) {
        int file = objects.stream("/Filter/FlateDecode/Length1 " + font.length(), font.packed());
        return descriptor(objects, name, font, flags, bold, file);
    }

    static int descriptor(
            PdfObjects objects, String name, FontFile font, int flags, boolean bold, int file) {
        return objects.object(
                "<</Type/FontDescriptor/FontName/"
                        + name
                        + "/Flags "
                        + flags
                        + font.measures()
                        + "/StemV "
                        + (bold ? 140 : 80)
                        + "/FontFile2 "
                        + file
                        + " 0 R>>");
    }

    private static String name(String family, boolean bold) {
        return "CAPPRT+" + family + (bold ? "-Bold" : "-Regular");
    }
}
