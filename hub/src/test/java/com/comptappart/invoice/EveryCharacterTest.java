package com.comptappart.invoice;

import static com.comptappart.invoice.InvoicesForTests.consumer;
import static com.comptappart.invoice.InvoicesForTests.invoice;
import static com.comptappart.invoice.InvoicesForTests.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.comptappart.kernel.Environment;
import com.comptappart.testing.PdfAValidity;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
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

    private static final Ladder LADDER = new Ladder();

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

    @Test
    void every_character_alone_first_last_and_beside_letters_that_join_is_drawn() {
        everyPoint()
                .forEach(point -> {
                    String odd = Character.toString(point);
                    for (String beside :
                            List.of("x", "\u0644", "\u0627", "\u0644\u0627", "\u05d0")) {
                        isDrawn(odd + beside);
                        isDrawn(beside + odd);
                    }
                    isDrawn(odd);
                    isDrawn("\u0644" + odd + "\u0627");
                });
    }

    /** Between lams every place of a line is the end of one, at some width. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 15, 40})
    void every_character_at_the_end_of_a_wrapped_line_is_drawn(double width) {
        int[] points = everyPoint().toArray();
        var text = new StringBuilder();
        for (int i = 0; i < points.length; i++) {
            text.appendCodePoint(points[i]).append('\u0644');
            if (i % OF_A_NAME == OF_A_NAME - 1 || i == points.length - 1) {
                isWrappedWhole(text.toString(), width);
                text.setLength(0);
            }
        }
    }

    @Test
    void texts_of_all_scripts_at_random_are_drawn_whole() {
        var random = new Random(4);
        int[] points = everyPoint().toArray();
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            int length = random.nextInt(24);
            for (int at = 0; at < length; at++) {
                text.appendCodePoint(
                        switch (random.nextInt(4)) {
                            case 0 -> "\u0644\u0627\u0640\u0651 ".charAt(random.nextInt(5));
                            case 1 -> 0x600 + random.nextInt(0x100);
                            default -> points[random.nextInt(points.length)];
                        });
            }
            isDrawn(text.toString());
            isWrappedWhole(text.toString(), 1 + random.nextInt(60));
        }
    }

    @Test
    void arabic_texts_that_end_in_lam_give_a_valid_document() {
        String designation =
                "\u0633\u062c\u0627\u0644 \u062c\u0645\u0627\u0644 \u0627\u0644\u0646\u064a\u0644 ";
        assertThat(
                        findings(
                                List.of(
                                        "\u062c\u0645\u0627\u0644",
                                        "Kamal \u0643\u0645\u0627\u0644",
                                        "\u0644",
                                        designation.repeat(12),
                                        designation.replace(" ", "").repeat(12))))
                .isEmpty();
    }

    /** All that is assigned, and some of what is not. */
    private static IntStream everyPoint() {
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(point -> isAssigned(point) || point % 61 == 0 || point % 0x10000 > 0xfffc);
    }

    private void isDrawn(String text) {
        try {
            int drawn = LADDER.runs(text).stream().mapToInt(run -> run.points().length).sum();
            double width = LADDER.width(text, false);
            if (width < 0
                    || drawn > Normalizer.normalize(text, Normalizer.Form.NFC).length()
                    || Arrays.stream(Shaping.visual(text)).anyMatch(point -> point == 0)) {
                fail("drawn otherwise: " + escaped(text));
            }
        } catch (RuntimeException e) {
            throw new AssertionError("not drawn: " + escaped(text), e);
        }
    }

    private void isWrappedWhole(String text, double width) {
        var lines = new Pages(LADDER).wrapped(text, Type.TEXT, width);
        lines.forEach(this::isDrawn);
        if (!withoutSpaces(String.join("", lines)).equals(withoutSpaces(text))) {
            fail("lost in wrapping: " + escaped(text));
        }
    }

    private static String withoutSpaces(String text) {
        var kept = new StringBuilder();
        text.codePoints()
                .filter(point -> !Character.isWhitespace(point))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static String escaped(String text) {
        return text.codePoints().mapToObj("U+%04X"::formatted).collect(Collectors.joining(" "));
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
