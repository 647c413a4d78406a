package com.comptappart.invoice;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes what follows the constant beginning of a PDF/A-3U, per invoice. Nothing of it is deflated:
 * that is faster, and no zlib can change the bytes.
 */
final class TailPdf {

    private static final String FILE_SPEC =
            "<</Type/Filespec/F(factur-x.xml)/UF(factur-x.xml)/Desc(Factur-X)"
                    + "/AFRelationship/Alternative/EF<</F # 0 R/UF # 0 R>>>>";

    private final Ladder ladder;

    TailPdf(Ladder ladder) {
        this.ladder = ladder;
    }

    RenderedInvoice write(
            Prefix prefix, NumberedInvoice invoice, List<List<Op>> pages, byte[] xml) {
        var fonts = new DocumentFonts(ladder.last());
        var contents = drawn(pages, fonts);
        var out = new Bytes(28_672);
        var objects = new PdfObjects(out, prefix.offsets(), prefix.bytes().length);
        int resources = resources(objects, prefix, fonts);
        int catalog = objects.next();
        int tree = catalog + 1;
        int specification = catalog + 3;
        objects.object(catalog(tree, catalog + 2, specification));
        objects.object(tree(contents.length, catalog + 5));
        objects.stream("/Type/Metadata/Subtype/XML", PdfParts.xmp(invoice));
        objects.object(FILE_SPEC.replace("#", Integer.toString(specification + 1)));
        objects.stream(
                "/Type/EmbeddedFile/Subtype/text#2Fxml/Params<</Size "
                        + xml.length
                        + "/ModDate(D:"
                        + Amounts.compact(invoice.issueDate())
                        + "000000Z)>>",
                xml);
        for (Bytes content : contents) {
            objects.object(page(tree, resources, objects.next() + 1));
            objects.stream("", content.raw(), content.size());
        }
        objects.end(catalog, id(invoice));
        byte[] tail = out.toArray();
        return new RenderedInvoice(prefix.id(), tail, prefix.sha256(tail));
    }

    private Bytes[] drawn(List<List<Op>> pages, DocumentFonts fonts) {
        var drawing = new Drawing(ladder, fonts);
        var contents = new Bytes[pages.size()];
        for (int i = 0; i < contents.length; i++) {
            contents[i] = new Bytes(6_144);
            drawing.page(contents[i], pages.get(i));
        }
        return contents;
    }

    /** The prefix's own, unless the pages need more fonts. */
    private static int resources(PdfObjects objects, Prefix prefix, DocumentFonts fonts) {
        if (fonts.isEmpty()) {
            return prefix.resources();
        }
        String more = fonts.write(objects);
        return objects.object(PrefixWriter.resources(prefix.fonts() + more, prefix.pictures()));
    }

    private static String page(int tree, int resources, int contents) {
        return "<</Type/Page/Parent "
                + tree
                + " 0 R/MediaBox[0 0 595 842]/Resources "
                + resources
                + " 0 R/Contents "
                + contents
                + " 0 R>>";
    }

    private static String catalog(int tree, int metadata, int specification) {
        return "<</Type/Catalog/Pages "
                + tree
                + " 0 R/Metadata "
                + metadata
                + " 0 R/Lang(fr-FR)/OutputIntents["
                + Prefix.OUTPUT_INTENT
                + " 0 R]/AF["
                + specification
                + " 0 R]/Names<</EmbeddedFiles<</Names[(factur-x.xml)"
                + specification
                + " 0 R]>>>>/PageMode/UseNone>>";
    }

    private static String tree(int count, int first) {
        var kids = new StringBuilder();
        for (int i = 0; i < count; i++) {
            kids.append(first + 2 * i).append(" 0 R ");
        }
        return "<</Type/Pages/Count " + count + "/Kids[" + kids + "]>>";
    }

    private static String id(NumberedInvoice invoice) {
        var digest = Hashes.sha256();
        digest.update(invoice.number().getBytes(StandardCharsets.UTF_8));
        byte[] hash =
                digest.digest(invoice.content().orderReference().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, 16);
    }
}
