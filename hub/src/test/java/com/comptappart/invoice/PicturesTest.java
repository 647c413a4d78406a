package com.comptappart.invoice;

import static com.comptappart.invoice.InvoicesForTests.company;
import static com.comptappart.invoice.InvoicesForTests.consumer;
import static com.comptappart.invoice.InvoicesForTests.creditNote;
import static com.comptappart.invoice.InvoicesForTests.invoice;
import static com.comptappart.invoice.InvoicesForTests.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.VatTreatment;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pictures of {@code docs/factures.md}. {@code mvn test -pl hub -am -Dtest=PicturesTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dpictures.renew=true} makes them anew.
 */
class PicturesTest {

    private static final Path FOLDER = Path.of("../docs/images");
    private static final int DPI = 100;

    /**
     * Fonts are smoothed a little differently by other JDKs: a share of 255, and a share of all.
     */
    private static final int NEAR = 48;

    /** A tile is as high as a line of text: what one says can't hide in a page's many pixels. */
    private static final int TILE = 16;

    private static final int FEW = 8;

    @ParameterizedTest
    @ValueSource(
            strings = {"facture", "avoir", "facture-entreprise", "facture-mixte", "facture-test"})
    void the_picture_in_the_docs_is_what_the_product_makes(String name) throws IOException {
        var made = picture(new RendererForTests().pdf(documents().get(name)));
        Path file = FOLDER.resolve(name + ".png");
        if (Boolean.getBoolean("pictures.renew")) {
            Files.createDirectories(FOLDER);
            ImageIO.write(made, "png", file.toFile());
        }
        assertThat(file).exists();
        var shown = ImageIO.read(file.toFile());
        assertThat(shown.getWidth()).isEqualTo(made.getWidth());
        assertThat(shown.getHeight()).isEqualTo(made.getHeight());
        assertThat(different(shown, made))
                .as("docs/images/%s.png has drifted: see this class to renew it", name)
                .isLessThanOrEqualTo(FEW);
    }

    private static Map<String, NumberedInvoice> documents() {
        var lines =
                List.of(
                        line("Déclaration d'impôts – formule Complète", 1, 8_332, 1_667, "20"),
                        line("Accompagnement d'un an, rendez-vous compris", 2, 24_165, 4_833, "20"),
                        line("Guide « Bien déclarer », livre numérique", 1, 2_844, 156, "5.5"));
        var french = invoice(Environment.PRODUCTION, false, consumer("Marie Martin"), "fr", lines);
        Map<String, NumberedInvoice> all = new LinkedHashMap<>();
        all.put("facture", french);
        all.put("avoir", creditNote(french, 9_999));
        all.put(
                "facture-entreprise",
                invoice(Environment.PRODUCTION, false, company(), "fr", lines));
        all.put("facture-mixte", mixed());
        all.put(
                "facture-test",
                invoice(Environment.STAGING, false, consumer("Marie Martin"), "fr", lines));
        return all;
    }

    /** Goods of two rates, their delivery and a service. */
    private static NumberedInvoice mixed() {
        var lines =
                List.of(
                        of(
                                Nature.GOODS,
                                "Fauteuil de bureau « Été », dossier et accoudoirs réglables, piétement"
                                        + " en aluminium recyclé, housse en laine, garantie de"
                                        + " dix ans, couleur au choix",
                                1,
                                10_000,
                                2_000,
                                "20"),
                        of(
                                Nature.GOODS,
                                "Guide « Bien déclarer », édition reliée",
                                2,
                                10_000,
                                550,
                                "5.5"),
                        of(Nature.SERVICES, "Montage à domicile", 1, 5_000, 1_000, "20"),
                        of(Nature.GOODS, "Livraison", 1, 1_000, 200, "20"),
                        of(Nature.GOODS, "Livraison", 1, 1_000, 55, "5.5"));
        var base = invoice(Environment.PRODUCTION, false, consumer("Marie Martin"), "fr", lines);
        var content = base.content();
        var deliverTo =
                new DeliverTo("Paul Martin", "5 rue du Port", null, "17000", "La Rochelle", "FR");
        return new NumberedInvoice(
                base.number(),
                base.issueDate(),
                new InvoiceContent(
                        content.environment(),
                        content.seller(),
                        content.buyer(),
                        content.currency(),
                        lines,
                        content.payment(),
                        content.supplyDate(),
                        Nature.MIXED,
                        content.language(),
                        content.orderReference(),
                        new Terms(content.notes(), deliverTo, null)));
    }

    private static InvoiceLine of(
            Nature nature, String name, long quantity, long net, long vat, String rate) {
        return new InvoiceLine(
                name,
                quantity,
                net,
                vat,
                new BigDecimal(rate),
                VatTreatment.STANDARD.category(),
                null,
                nature);
    }

    private static BufferedImage picture(byte[] pdf) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            return new PDFRenderer(document).renderImageWithDPI(0, DPI, ImageType.RGB);
        }
    }

    /** The most pixels that differ within one tile. */
    private static int different(BufferedImage a, BufferedImage b) {
        int most = 0;
        for (int y = 0; y < a.getHeight(); y += TILE) {
            for (int x = 0; x < a.getWidth(); x += TILE) {
                most = Math.max(most, differentFrom(x, y, a, b));
            }
        }
        return most;
    }

    private static int differentFrom(int left, int top, BufferedImage a, BufferedImage b) {
        int count = 0;
        for (int y = top; y < Math.min(top + TILE, a.getHeight()); y++) {
            for (int x = left; x < Math.min(left + TILE, a.getWidth()); x++) {
                if (!isNear(a.getRGB(x, y), b.getRGB(x, y))) {
                    count++;
                }
            }
        }
        return count;
    }

    private static boolean isNear(int a, int b) {
        for (int shift = 0; shift < 24; shift += 8) {
            if (Math.abs((a >> shift & 0xff) - (b >> shift & 0xff)) > NEAR) {
                return false;
            }
        }
        return true;
    }

    @Test
    void a_row_that_was_erased_from_a_picture_is_seen() throws IOException {
        var shown = ImageIO.read(FOLDER.resolve("facture.png").toFile());
        var erased = ImageIO.read(FOLDER.resolve("facture.png").toFile());
        // One word of it: 60 by 12 pixels, in the middle of the totals.
        int[] inked = firstInk(shown);
        for (int y = inked[1]; y < inked[1] + 12; y++) {
            for (int x = inked[0]; x < inked[0] + 60; x++) {
                erased.setRGB(x, y, 0xffffff);
            }
        }
        assertThat(different(shown, erased)).isGreaterThan(FEW);
    }

    /** Where the lower half begins to be written. */
    private static int[] firstInk(BufferedImage picture) {
        for (int y = picture.getHeight() / 2; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                if (!isNear(picture.getRGB(x, y), 0xffffff)) {
                    return new int[] {x, y};
                }
            }
        }
        throw new AssertionError("nothing is written there");
    }
}
