package com.comptappart.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import org.junit.jupiter.api.Test;

/** The pictures of pages in the console: small, and what they show is still there. */
class FewColoursTest {

    private static final int WHITE = 0xFF_FFFF;
    private static final int BLUE = 0x1F_4E79;
    private static final int WATERMARK = 0xEB_ECEE;

    private static BufferedImage page() {
        var page = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 200; x++) {
            for (int y = 0; y < 200; y++) {
                page.setRGB(x, y, colour(y));
            }
        }
        return page;
    }

    private static int colour(int y) {
        if (y < 20) {
            return BLUE;
        }
        return y > 150 ? WATERMARK : WHITE;
    }

    private static int colours(BufferedImage image) {
        return ((IndexColorModel) image.getColorModel()).getMapSize();
    }

    @Test
    void a_page_of_text_keeps_its_colours_and_its_pale_watermark() {
        var page = page();
        // The soft edges of letters: many shades, few dots of each.
        for (int i = 0; i < 15; i++) {
            page.setRGB(i, 100, 0x01_0101 * (i * 16));
        }
        var drawn = FewColours.of(page);
        assertThat(colours(drawn)).isLessThanOrEqualTo(16);
        assertThat(drawn.getRGB(5, 5) & WHITE).isEqualTo(BLUE);
        assertThat(drawn.getRGB(5, 180) & WHITE).isEqualTo(WATERMARK);
        assertThat(drawn.getRGB(150, 100) & WHITE).isEqualTo(WHITE);
    }

    @Test
    void a_page_with_a_colourful_logo_keeps_many_colours() {
        var page = page();
        for (int x = 0; x < 64; x++) {
            for (int y = 0; y < 64; y++) {
                page.setRGB(60 + x, 40 + y, 0x01_0000 * (x * 4) + 0x0100 * (y * 4) + 255 - x * 4);
            }
        }
        var drawn = FewColours.of(page);
        assertThat(colours(drawn)).isEqualTo(256);
        assertThat(drawn.getRGB(5, 5) & WHITE).isEqualTo(BLUE);
    }
}
