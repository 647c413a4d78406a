package com.comptappart.invoice;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;
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
import org.apache.pdfbox.util.Matrix;

/**
 * The slow path, for text that the fast fonts lack: PDFBox with DejaVu Sans. A character that no
 * font has is shown as a box; the true text is in the XML.
 */
final class FallbackPdf {

    private static final String MISSING = "\u25a1";

    private final byte[] fontFile = Resources.bytes("DejaVuSans.ttf");
    private final TrueTypeFont font = parse(fontFile);

    byte[] write(NumberedInvoice invoice, byte[] xml) {
        try (var document = new PDDocument()) {
            document.setDocumentId((long) invoice.number().hashCode());
            document.setVersion(1.7f);
            var own = parse(fontFile);
            own.setEnableGsub(false);
            var type0 = PDType0Font.load(document, own, true);
            var pages = InvoiceLayout.pages(invoice, (text, _) -> width(type0, shown(text)));
            for (List<Op> ops : pages) {
                var page = new PDPage(PDRectangle.A4);
                document.addPage(page);
                try (var stream = new PDPageContentStream(document, page)) {
                    for (Op op : ops) {
                        draw(stream, type0, op);
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

    private void draw(PDPageContentStream stream, PDType0Font type0, Op op) throws IOException {
        switch (op) {
            case Op.Text text -> {
                stream.setNonStrokingColor((float) text.grey());
                stream.beginText();
                stream.setFont(type0, (float) text.size());
                stream.newLineAtOffset((float) text.x(), (float) text.y());
                stream.showText(shown(text.text()));
                stream.endText();
            }
            case Op.Rule rule -> {
                stream.setStrokingColor((float) rule.grey());
                stream.setLineWidth(0.6f);
                stream.moveTo((float) rule.x1(), (float) rule.y());
                stream.lineTo((float) rule.x2(), (float) rule.y());
                stream.stroke();
            }
            case Op.Box box -> {
                stream.setNonStrokingColor((float) box.grey());
                stream.addRect(
                        (float) box.x(),
                        (float) box.y(),
                        (float) box.width(),
                        (float) box.height());
                stream.fill();
            }
            case Op.Watermark mark -> {
                stream.setNonStrokingColor(0.92f);
                stream.beginText();
                stream.setFont(type0, 190);
                stream.setTextMatrix(new Matrix(0.71f, 0.7f, -0.7f, 0.71f, 130, 200));
                stream.showText(mark.text());
                stream.endText();
            }
        }
    }

    private static void describe(PDDocument document, NumberedInvoice invoice, byte[] xml)
            throws IOException {
        var catalog = document.getDocumentCatalog();
        catalog.setLanguage("fr-FR");
        var metadata = new PDMetadata(document, new ByteArrayInputStream(PdfParts.xmp(invoice)));
        catalog.setMetadata(metadata);
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
        file.setModDate(date(invoice));
        var specification = new PDComplexFileSpecification();
        specification.setFile("factur-x.xml");
        specification.setFileUnicode("factur-x.xml");
        specification.setFileDescription("Factur-X");
        specification.setEmbeddedFile(file);
        specification.setEmbeddedFileUnicode(file);
        specification
                .getCOSObject()
                .setItem(COSName.getPDFName("AFRelationship"), COSName.getPDFName("Alternative"));
        var tree = new PDEmbeddedFilesNameTreeNode();
        tree.setNames(java.util.Map.of("factur-x.xml", specification));
        var names = new PDDocumentNameDictionary(catalog);
        names.setEmbeddedFiles(tree);
        catalog.setNames(names);
        var associated = new COSArray();
        associated.add(specification);
        catalog.getCOSObject().setItem(COSName.getPDFName("AF"), associated);
    }

    private static Calendar date(NumberedInvoice invoice) {
        var calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), java.util.Locale.ROOT);
        calendar.clear();
        var day = invoice.issueDate();
        calendar.set(day.getYear(), day.getMonthValue() - 1, day.getDayOfMonth());
        return calendar;
    }

    private String shown(String text) {
        var cmap = lookup();
        var out = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> {
                    if (point < 0x20 || (point >= 0x7f && point < 0xa0)) {
                        out.append(' ');
                    } else if (cmap.getGlyphId(point) == 0) {
                        out.append(MISSING);
                    } else {
                        out.appendCodePoint(point);
                    }
                });
        return out.toString();
    }

    private org.apache.fontbox.ttf.CmapLookup lookup() {
        try {
            return font.getUnicodeCmapLookup();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double width(PDType0Font type0, String text) {
        try {
            return type0.getStringWidth(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TrueTypeFont parse(byte[] file) {
        try {
            return new TTFParser().parse(new RandomAccessReadBuffer(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
