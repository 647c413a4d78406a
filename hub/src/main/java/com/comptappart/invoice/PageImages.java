package com.comptappart.invoice;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;
import org.springframework.stereotype.Component;

/**
 * Pages of stored documents as pictures, drawn when they are asked for. Two at once, each within
 * some seconds: pages of a console must not take the processors from numbering.
 */
@Component
public class PageImages {

    /** Pages that are shown; the PDF has all. */
    public static final int MOST_PAGES = 20;

    /** Sharp enough to read at the width of a page, and about 30 KB. */
    public static final int DPI = 100;

    private static final int AT_ONCE = 2;
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Semaphore free = new Semaphore(AT_ONCE, true);

    /** What became of a picture that was asked for. */
    public sealed interface Picture {}

    /** It was drawn: a PNG. */
    public record Drawn(byte[] png) implements Picture {}

    /** There is no such page, or it is not shown. */
    public record NoSuchPage() implements Picture {}

    /** Others are being drawn, or it takes too long: try again. */
    public record Busy() implements Picture {}

    /** How many of a document's pages are shown. */
    public int count(Invoices.Document pdf) {
        try (var document = Loader.loadPDF(pdf.bytes())) {
            return Math.min(MOST_PAGES, document.getNumberOfPages());
        } catch (IOException e) {
            throw unreadable(pdf, e);
        }
    }

    /**
     * @param page from 1
     */
    public Picture of(Invoices.Document pdf, int page) {
        if (page < 1 || page > MOST_PAGES) {
            return new NoSuchPage();
        }
        try {
            if (!free.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Busy();
        }
        try {
            return drawn(pdf, page);
        } finally {
            free.release();
        }
    }

    private static Picture drawn(Invoices.Document pdf, int page) {
        try (var document = Loader.loadPDF(pdf.bytes())) {
            if (page > document.getNumberOfPages()) {
                return new NoSuchPage();
            }
            var image = new Timed(document).renderImageWithDPI(page - 1, DPI, ImageType.RGB);
            return new Drawn(png(FewColours.of(image)));
        } catch (TooLong e) {
            return new Busy();
        } catch (IOException e) {
            throw unreadable(pdf, e);
        }
    }

    private static byte[] png(BufferedImage image) throws IOException {
        var out = new ByteArrayOutputStream(128 * 1024);
        // Without a cache on disk, which ImageIO's default would make for each.
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(image, "png", stream);
        }
        return out.toByteArray();
    }

    private static UncheckedIOException unreadable(Invoices.Document pdf, IOException e) {
        return new UncheckedIOException(
                "the stored document " + pdf.filename() + " can't be drawn", e);
    }

    /** It took too long. */
    private static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Gives up between two strokes once the time is over. */
    private static final class Timed extends PDFRenderer {

        Timed(PDDocument document) {
            super(document);
        }

        @Override
        protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
            return new TimedDrawer(parameters);
        }
    }

    private static final class TimedDrawer extends PageDrawer {

        private final long endNanos = System.nanoTime() + LONGEST.toNanos();

        TimedDrawer(PageDrawerParameters parameters) throws IOException {
            super(parameters);
        }

        @Override
        protected void processOperator(Operator operator, List<COSBase> operands)
                throws IOException {
            if (System.nanoTime() - endNanos > 0) {
                throw new TooLong();
            }
            super.processOperator(operator, operands);
        }
    }
}
