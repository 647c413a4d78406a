package com.comptappart.invoice;

import static com.comptappart.invoice.InvoicesForTests.consumer;
import static com.comptappart.invoice.InvoicesForTests.invoice;
import static com.comptappart.invoice.InvoicesForTests.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.testing.PdfAValidity;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EveryCharacterTest {

    /** As many as fit a name that is cut nowhere. */
    private static final int OF_A_NAME = 60;

    /** More would take the font's cutter a time that grows with their square. */
    private static final int NAMES_OF_A_DOCUMENT = 25;

    /** veraPDF reads the codes of bitmap fonts above 127 as negative ones, and logs each. */
    private static final Logger NOISE = Logger.getLogger("org.verapdf.pd.font.Encoding");

    static {
        NOISE.setLevel(Level.OFF);
    }

    private final RendererForTests renderer = new RendererForTests();

    @Test
    void every_assigned_character_in_a_name_gives_a_valid_document() {
        var names =
                names(
                        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                                .filter(EveryCharacterTest::isAssigned)
                                .toArray());
        for (int i = 0; i < names.size(); i += NAMES_OF_A_DOCUMENT) {
            var some = names.subList(i, Math.min(names.size(), i + NAMES_OF_A_DOCUMENT));
            assertThat(findings(some)).as("from U+%X", some.getFirst().codePointAt(1)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 7, 0x1b, 0x7f, 0x85, 0xad, 0x200e, 0x202e, 0x2028, 0x2066, 0xfeff, 0xfffe,
                0xffff, 0xd800, 0xdfff, 0xfdd0, 0x378, 0xe000, 0xf8ff, 0xe0001, 0xe0041, 0xe0fff,
                0xf0000, 0x1fffe, 0x10ffff
            })
    void what_no_text_should_hold_stops_no_invoice(int point) {
        String odd = Character.toString(point);
        assertThat(findings(List.of(odd, "a" + odd + "b", odd.repeat(40)))).isEmpty();
    }

    private static boolean isAssigned(int point) {
        int type = Character.getType(point);
        return type != Character.UNASSIGNED
                && type != Character.SURROGATE
                && type != Character.PRIVATE_USE;
    }

    /** Each between letters, so that marks have something to stand on. */
    private static List<String> names(int[] points) {
        var names = new ArrayList<String>();
        var name = new StringBuilder("x");
        for (int i = 0; i < points.length; i++) {
            name.appendCodePoint(points[i]);
            if (i % OF_A_NAME == OF_A_NAME - 1 || i == points.length - 1) {
                names.add(name.toString());
                name = new StringBuilder("x");
            }
        }
        return names;
    }

    private List<String> findings(List<String> names) {
        var lines = names.stream().map(name -> line(name, 1, 1_000, 200, "20")).toList();
        var buyer = consumer(names.getFirst());
        return PdfAValidity.findings(
                renderer.pdf(invoice(Environment.PRODUCTION, false, buyer, "fr", lines)));
    }
}
