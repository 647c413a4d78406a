package com.comptappart.invoice;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.InflaterInputStream;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.color.PDOutputIntent;

/**
 * The same pages as PDFBox is commonly used for them: the font is parsed once, its substitutions
 * (GSUB) are on, as they are by default, and each document gets its own subset.
 */
final class PdfBoxWay {

    private final TrueTypeFont parsed = parse();

    byte[] write(NumberedInvoice invoice, List<List<Op>> pages, byte[] xml) {
        try (var document = new PDDocument()) {
            document.setVersion(1.7f);
            var font = PDType0Font.load(document, parsed, true);
            for (List<Op> ops : pages) {
                var page = new PDPage(PDRectangle.A4);
                document.addPage(page);
                try (var stream = new PDPageContentStream(document, page)) {
                    for (Op op : ops) {
                        draw(stream, font, op);
                    }
                }
            }
            describe(document, invoice, xml);
            var out = new ByteArrayOutputStream(65_536);
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void draw(PDPageContentStream stream, PDType0Font font, Op op)
            throws IOException {
        switch (op) {
            case Op.Text text -> {
                stream.setNonStrokingColor(new java.awt.Color(text.ink().rgb()));
                stream.beginText();
                stream.setFont(font, (float) text.size());
                stream.newLineAtOffset((float) text.x(), (float) text.y());
                stream.showText(text.text());
                stream.endText();
            }
            case Op.Rule rule -> {
                stream.setStrokingColor(new java.awt.Color(rule.ink().rgb()));
                stream.setLineWidth((float) rule.width());
                stream.moveTo((float) rule.x1(), (float) rule.y());
                stream.lineTo((float) rule.x2(), (float) rule.y());
                stream.stroke();
            }
            case Op.Box box -> {
                stream.setNonStrokingColor(new java.awt.Color(box.ink().rgb()));
                stream.addRect(
                        (float) box.x(),
                        (float) box.y(),
                        (float) box.width(),
                        (float) box.height());
                stream.fill();
            }
            case Op.Logo _, Op.Watermark _ ->
                    throw new IllegalStateException("the invoices that are measured have none");
        }
    }

    /** What PDF/A-3 and Factur-X want besides the pages. */
    private static void describe(PDDocument document, NumberedInvoice invoice, byte[] xml)
            throws IOException {
        var catalog = document.getDocumentCatalog();
        catalog.setLanguage("fr-FR");
        catalog.setMetadata(
                new PDMetadata(document, new ByteArrayInputStream(PdfParts.xmp(invoice))));
        try (var profile =
                new InflaterInputStream(new ByteArrayInputStream(Resources.bytes("srgb.icc.z")))) {
            var intent = new PDOutputIntent(document, profile);
            intent.setInfo("sRGB");
            intent.setOutputConditionIdentifier("sRGB");
            catalog.addOutputIntent(intent);
        }
        var file = new PDEmbeddedFile(document, new ByteArrayInputStream(xml));
        file.setSubtype("text/xml");
        file.setSize(xml.length);
        file.setModDate(new GregorianCalendar(2026, 10, 23));
        var specification = new PDComplexFileSpecification();
        specification.setFile("factur-x.xml");
        specification.setFileUnicode("factur-x.xml");
        specification.setEmbeddedFile(file);
        specification.setEmbeddedFileUnicode(file);
        specification
                .getCOSObject()
                .setItem(COSName.getPDFName("AFRelationship"), COSName.getPDFName("Alternative"));
        var tree = new PDEmbeddedFilesNameTreeNode();
        tree.setNames(Map.of("factur-x.xml", specification));
        var names = new PDDocumentNameDictionary(catalog);
        names.setEmbeddedFiles(tree);
        catalog.setNames(names);
        var associated = new COSArray();
        associated.add(specification);
        catalog.getCOSObject().setItem(COSName.getPDFName("AF"), associated);
    }

    /** The font that comes with PDFBox. */
    private static TrueTypeFont parse() {
        try (var stream =
                Objects.requireNonNull(
                        PDDocument.class.getResourceAsStream(
                                "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf"))) {
            return new TTFParser().parse(new RandomAccessReadBuffer(stream.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
