package com.comptappart.invoice;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes a PDF/A-3U as a constant prefix (colour profile, fonts) and a short tail per invoice.
 * Nothing in the tail is deflated: that is faster, and no zlib can change the bytes.
 */
final class TemplatePdf {

    private static final int PREFIX_OBJECTS = 8;
    private static final int CATALOG = 9;
    private static final int PAGES = 10;
    private static final int METADATA = 11;
    private static final int FILE_SPEC = 12;
    private static final int FILE = 13;
    private static final int FIRST_PAGE = 14;

    private final WinAnsiFonts fonts;
    private final int[] prefixOffsets = new int[PREFIX_OBJECTS + 1];
    private final byte[] prefix;
    private final String prefixId;
    private final MessageDigest prefixDigest;

    TemplatePdf(WinAnsiFonts fonts) {
        this.fonts = fonts;
        this.prefix = writePrefix();
        this.prefixDigest = Hashes.sha256();
        prefixDigest.update(prefix);
        try {
            byte[] hash = ((MessageDigest) prefixDigest.clone()).digest();
            this.prefixId = "winansi-" + HexFormat.of().formatHex(hash, 0, 8);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    String prefixId() {
        return prefixId;
    }

    byte[] prefix() {
        return prefix;
    }

    RenderedInvoice write(NumberedInvoice invoice, List<List<Op>> pages, byte[] xml) {
        var out = new Bytes(24_576);
        var offsets = new ArrayList<Integer>();
        for (int i = 1; i <= PREFIX_OBJECTS; i++) {
            offsets.add(prefixOffsets[i]);
        }
        tail(out, offsets, invoice, pages, xml);
        byte[] tail = out.toArray();
        try {
            var digest = (MessageDigest) prefixDigest.clone();
            return new RenderedInvoice(prefixId, tail, digest.digest(tail));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void tail(
            Bytes out,
            List<Integer> offsets,
            NumberedInvoice invoice,
            List<List<Op>> pages,
            byte[] xml) {
        object(
                out,
                offsets,
                CATALOG,
                "<</Type/Catalog/Pages 10 0 R/Metadata 11 0 R/Lang(fr-FR)/OutputIntents[2 0 R]"
                        + "/AF[12 0 R]/Names<</EmbeddedFiles<</Names[(factur-x.xml)12 0 R]>>>>/PageMode/UseNone>>");
        var kids = new StringBuilder();
        for (int i = 0; i < pages.size(); i++) {
            kids.append(FIRST_PAGE + 2 * i).append(" 0 R ");
        }
        object(
                out,
                offsets,
                PAGES,
                "<</Type/Pages/Count " + pages.size() + "/Kids[" + kids + "]>>");
        stream(out, offsets, METADATA, "/Type/Metadata/Subtype/XML", PdfParts.xmp(invoice));
        object(
                out,
                offsets,
                FILE_SPEC,
                "<</Type/Filespec/F(factur-x.xml)/UF(factur-x.xml)/Desc(Factur-X)"
                        + "/AFRelationship/Alternative/EF<</F 13 0 R/UF 13 0 R>>>>");
        String date = Amounts.compact(invoice.issueDate()) + "000000Z";
        stream(
                out,
                offsets,
                FILE,
                "/Type/EmbeddedFile/Subtype/text#2Fxml/Params<</Size "
                        + xml.length
                        + "/ModDate(D:"
                        + date
                        + ")>>",
                xml);
        for (int i = 0; i < pages.size(); i++) {
            int number = FIRST_PAGE + 2 * i;
            object(
                    out,
                    offsets,
                    number,
                    "<</Type/Page/Parent 10 0 R/MediaBox[0 0 595 842]/Resources 8 0 R/Contents "
                            + (number + 1)
                            + " 0 R>>");
            stream(out, offsets, number + 1, "", drawing(pages.get(i)));
        }
        trailer(out, offsets, invoice);
    }

    private void trailer(Bytes out, List<Integer> offsets, NumberedInvoice invoice) {
        int start = prefix.length + out.size();
        int count = offsets.size() + 1;
        out.text("xref\n0 " + count + "\n0000000000 65535 f \n");
        for (int offset : offsets) {
            String digits = Integer.toString(offset);
            out.text("0000000000".substring(digits.length()) + digits + " 00000 n \n");
        }
        var digest = Hashes.sha256();
        digest.update(invoice.number().getBytes(StandardCharsets.UTF_8));
        String id =
                HexFormat.of()
                        .formatHex(
                                digest.digest(
                                        invoice.content()
                                                .orderReference()
                                                .getBytes(StandardCharsets.UTF_8)),
                                0,
                                16);
        out.text(
                "trailer\n<</Size "
                        + count
                        + "/Root 9 0 R/ID[<"
                        + id
                        + "><"
                        + id
                        + ">]>>\nstartxref\n"
                        + start
                        + "\n%%EOF\n");
    }

    private byte[] drawing(List<Op> ops) {
        var out = new Bytes(4_096);
        for (Op op : ops) {
            switch (op) {
                case Op.Text text -> text(out, text);
                case Op.Rule rule ->
                        out.number(rule.grey())
                                .text(" G 0.6 w ")
                                .number(rule.x1())
                                .add(' ')
                                .number(rule.y())
                                .text(" m ")
                                .number(rule.x2())
                                .add(' ')
                                .number(rule.y())
                                .text(" l S\n");
                case Op.Box box ->
                        out.number(box.grey())
                                .text(" g ")
                                .number(box.x())
                                .add(' ')
                                .number(box.y())
                                .add(' ')
                                .number(box.width())
                                .add(' ')
                                .number(box.height())
                                .text(" re f\n");
                case Op.Watermark mark -> {
                    out.text("0.92 g BT /B 190 Tf 0.71 0.7 -0.7 0.71 130 200 Tm (");
                    encoded(out, mark.text());
                    out.text(") Tj ET\n");
                }
            }
        }
        return out.toArray();
    }

    private void text(Bytes out, Op.Text text) {
        out.number(text.grey())
                .text(" g BT ")
                .text(text.bold() ? "/B " : "/R ")
                .number(text.size())
                .text(" Tf ")
                .number(text.x())
                .add(' ')
                .number(text.y())
                .text(" Td (");
        encoded(out, text.text());
        out.text(") Tj ET\n");
    }

    private void encoded(Bytes out, String text) {
        for (int i = 0; i < text.length(); i++) {
            int code = fonts.code(text.charAt(i));
            if (code == 0) {
                throw new IllegalArgumentException("the fast fonts lack a character of the text");
            }
            if (code == '(' || code == ')' || code == '\\') {
                out.add('\\');
            }
            out.add(code);
        }
    }

    private void object(Bytes out, List<Integer> offsets, int number, String body) {
        begin(out, offsets, number);
        out.text(number + " 0 obj\n" + body + "\nendobj\n");
    }

    private void stream(Bytes out, List<Integer> offsets, int number, String entries, byte[] data) {
        begin(out, offsets, number);
        out.text(number + " 0 obj\n<<" + entries + "/Length " + data.length + ">>\nstream\n")
                .add(data)
                .text("\nendstream\nendobj\n");
    }

    private void begin(Bytes out, List<Integer> offsets, int number) {
        offsets.add(prefix.length + out.size());
        if (offsets.size() != number) {
            throw new IllegalStateException("objects must be written in order");
        }
    }

    private byte[] writePrefix() {
        var out = new Bytes(65_536);
        out.text("%PDF-1.7\n%").add(0xe2).add(0xe3).add(0xcf).add(0xd3).add('\n');
        prefixStream(out, 1, "/N 3/Filter/FlateDecode", Resources.bytes("srgb.icc.z"));
        prefixObject(
                out,
                2,
                "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)"
                        + "/DestOutputProfile 1 0 R>>");
        font(out, 3, "Regular", false);
        font(out, 5, "Bold", true);
        prefixObject(out, 7, fontObject("Regular", false, 4));
        prefixObject(out, 8, "<</Font<</R 7 0 R/B " + fontObject("Bold", true, 6) + ">>>>");
        return out.toArray();
    }

    private void font(Bytes out, int number, String style, boolean bold) {
        var face = fonts.face(bold);
        prefixStream(out, number, "/Filter/FlateDecode/Length1 " + face.length(), face.packed());
        int[] box = face.box();
        prefixObject(
                out,
                number + 1,
                "<</Type/FontDescriptor/FontName/CAPPRT+LiberationSans-"
                        + style
                        + "/Flags 32/FontBBox["
                        + box[0]
                        + " "
                        + box[1]
                        + " "
                        + box[2]
                        + " "
                        + box[3]
                        + "]/ItalicAngle 0/Ascent "
                        + face.ascent()
                        + "/Descent "
                        + face.descent()
                        + "/CapHeight 729/StemV "
                        + (bold ? 140 : 80)
                        + "/FontFile2 "
                        + number
                        + " 0 R>>");
    }

    private String fontObject(String style, boolean bold, int descriptor) {
        var widths = new StringBuilder();
        for (int code = 32; code < 256; code++) {
            widths.append(fonts.face(bold).widths()[code]).append(' ');
        }
        return "<</Type/Font/Subtype/TrueType/BaseFont/CAPPRT+LiberationSans-"
                + style
                + "/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255/Widths["
                + widths
                + "]/FontDescriptor "
                + descriptor
                + " 0 R>>";
    }

    private void prefixObject(Bytes out, int number, String body) {
        prefixOffsets[number] = out.size();
        out.text(number + " 0 obj\n" + body + "\nendobj\n");
    }

    private void prefixStream(Bytes out, int number, String entries, byte[] data) {
        prefixOffsets[number] = out.size();
        out.text(number + " 0 obj\n<<" + entries + "/Length " + data.length + ">>\nstream\n")
                .add(data)
                .text("\nendstream\nendobj\n");
    }
}
