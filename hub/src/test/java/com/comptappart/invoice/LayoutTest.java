package com.comptappart.invoice;

import static com.comptappart.invoice.InvoicesForTests.consumer;
import static com.comptappart.invoice.InvoicesForTests.invoice;
import static com.comptappart.invoice.InvoicesForTests.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where things stand on the pages. */
class LayoutTest {

    private static final Ladder LADDER = new Ladder();
    private static final double MILLIMETRE = 72 / 25.4;

    private static List<List<Op.Text>> texts(NumberedInvoice invoice) {
        return InvoiceLayout.pages(invoice, Look.PLAIN, LADDER).stream()
                .map(page ->
                        page.stream()
                                .filter(Op.Text.class::isInstance)
                                .map(Op.Text.class::cast)
                                .toList())
                .toList();
    }

    private static NumberedInvoice lines(int count) {
        var lines =
                IntStream.rangeClosed(1, count)
                        .mapToObj(i ->
                                line("Article " + i + " long".repeat(i % 40), 1, 100, 20, "20"))
                        .toList();
        return invoice(Environment.PRODUCTION, false, consumer("Marie Martin"), "fr", lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Marie Martin",
                "Maximilienne de la Tour-Maubourg et ses associés, succursale"
            })
    void the_address_stands_in_the_window_of_a_dl_envelope_and_nothing_else_does(String name) {
        var one = List.of(line("Guide", 1, 8332, 1667, "20"));
        var page =
                texts(invoice(Environment.PRODUCTION, false, consumer(name), "fr", one)).getFirst();
        var window =
                page.stream()
                        .filter(text -> text.x() >= 90 * MILLIMETRE)
                        .filter(text -> text.y() > 842 - 90 * MILLIMETRE)
                        .filter(text -> text.y() < 842 - 45 * MILLIMETRE)
                        .toList();
        assertThat(name).startsWith(window.getFirst().text());
        assertThat(window.getLast().text()).isEqualTo("75011 Paris");
        for (Op.Text text : window) {
            assertThat(text.x()).isBetween(100 * MILLIMETRE, 190 * MILLIMETRE);
            assertThat(text.y()).isBetween(842 - 80 * MILLIMETRE, 842 - 55 * MILLIMETRE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 17, 18, 19, 20, 21, 22, 23, 24, 40, 57, 58, 59, 60, 120, 1000})
    void every_row_is_there_once_and_each_page_carries_the_sum_of_those_before(int count) {
        var pages = texts(lines(count));
        long rows = 0;
        for (int i = 0; i < pages.size(); i++) {
            String carried = Amounts.money(100 * rows, Currency.EUR, true);
            if (i > 0) {
                assertThat(after(pages.get(i), "Report")).isEqualTo(carried);
                assertThat(after(pages.get(i - 1), "À reporter")).isEqualTo(carried);
            }
            rows += pages.get(i).stream().filter(text -> text.text().equals("1,00\u00a0€")).count();
            assertThat(pages.get(i).getLast().text())
                    .isEqualTo("FQCA-2026-000156  –  page " + (i + 1) + "/" + pages.size());
        }
        // A single line's total is the same words as its row's.
        assertThat(count == 1 ? rows - 1 : rows).isEqualTo(count);
    }

    @Test
    void totals_stand_below_a_row_on_their_page() {
        for (int count = 2; count < 60; count++) {
            var last = texts(lines(count)).getLast().stream().map(Op.Text::text).toList();
            assertThat(last).contains("Total HT");
            assertThat(String.join("\n", last)).contains("\nArticle ");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 8, 9, 40, 120, 300})
    void a_designation_is_never_cut_and_goes_on_over_as_many_pages_as_it_needs(int sentences) {
        var name =
                IntStream.rangeClosed(1, sentences)
                        .mapToObj(i -> "clause " + i + " du contrat d'accompagnement annuel")
                        .collect(Collectors.joining(", "));
        for (int others : List.of(0, 14, 30)) {
            var all = new ArrayList<InvoiceLine>();
            IntStream.range(0, others).forEach(i -> all.add(line("Guide", 1, 100, 20, "20")));
            all.add(line(name, 3, 25_000, 5_000, "20"));
            var pages =
                    texts(
                            invoice(
                                    Environment.PRODUCTION,
                                    false,
                                    consumer("Marie Martin"),
                                    "fr",
                                    all));
            var words =
                    pages.stream()
                            .flatMap(List::stream)
                            .filter(text -> text.x() == InvoiceLayout.LEFT)
                            .filter(text -> text.text().matches(".*[a-z].*"))
                            .map(Op.Text::text)
                            .collect(Collectors.joining(" "));
            for (int i = 1; i <= sentences; i++) {
                assertThat(words).contains("clause " + i + " du");
            }
            assertThat(words).doesNotContain("…");
            for (var page : pages) {
                assertThat(page.stream().mapToDouble(Op.Text::y)).allMatch(y -> y > 10);
                var table =
                        page.stream()
                                .filter(text -> text.text().startsWith("clause"))
                                .mapToDouble(Op.Text::y);
                assertThat(table).allMatch(y -> y >= 84);
            }
            assertThat(pages.getLast().stream().map(Op.Text::text)).contains("Total HT");
            assertThat(
                            pages.getLast().stream()
                                    .anyMatch(text ->
                                            name.contains(text.text())
                                                    && text.x() == InvoiceLayout.LEFT))
                    .as("totals stand below the end of the last designation")
                    .isTrue();
        }
    }

    @Test
    void two_reasons_for_a_rate_of_zero_are_told_apart_in_rows_totals_and_mentions() {
        var document =
                RegimesForTests.documents()
                        .filter(arguments -> arguments.get()[0].equals("reasons"))
                        .map(arguments -> (NumberedInvoice) arguments.get()[1])
                        .findFirst()
                        .orElseThrow();
        var all =
                texts(document).stream()
                        .flatMap(List::stream)
                        .map(text -> text.text().replace('\u00a0', ' '))
                        .toList();
        assertThat(all)
                .contains("0% (1)", "0% (2)", "VAT 0% (2) of €200.00", "VAT 0% (1) of €1,000.00")
                .contains("(1) Exonération de TVA, art. 262 ter I du CGI", "(2) Autoliquidation");
    }

    @Test
    void one_reason_needs_no_number() {
        var document =
                RegimesForTests.documents()
                        .filter(arguments -> arguments.get()[0].equals("intra-community"))
                        .map(arguments -> (NumberedInvoice) arguments.get()[1])
                        .findFirst()
                        .orElseThrow();
        var all = texts(document).getFirst().stream().map(Op.Text::text).toList();
        assertThat(all).contains("Exonération de TVA, art. 262 ter I du CGI", "0%");
        assertThat(String.join("\n", all)).contains("20457 Hamburg, ALLEMAGNE");
    }

    @ParameterizedTest
    @CsvSource({
        "KWD, 83320, 3, 1",
        "KWD, 27775, 7, 1",
        "JPY, 1000, 3, 1",
        "EUR, 166667, 200, 1",
        "EUR, 1, 999999, 1000",
        "EUR, 123456789, 999999, 1000",
        "KWD, 1, 999999, 1000",
        "JPY, 1, 999999, 1"
    })
    void the_price_of_a_piece_is_the_same_on_paper_and_in_the_xml_and_gives_the_line_again(
            String code, long net, long quantity, long pieces) {
        var currency = new Currency(code);
        var content =
                invoice(
                        Environment.PRODUCTION,
                        InvoicesForTests.seller(false),
                        consumer("Marie Martin"),
                        currency,
                        "fr",
                        List.of(line("Guide", quantity, net, 0, "20")),
                        null);
        String xml = new String(CiiXml.write(content), StandardCharsets.UTF_8);
        var written =
                Pattern.compile("<ram:ChargeAmount>([^<]*)<").matcher(xml).results().findFirst();
        var price = new BigDecimal(written.orElseThrow().group(1));
        int scale = Math.max(currency.decimals(), price.stripTrailingZeros().scale());
        assertThat(texts(content).getFirst().stream().map(Op.Text::text))
                .contains(
                        Amounts.number(price.setScale(scale), true)
                                + (pieces == 1 ? "" : " / 1\u00a0000"));
        assertThat(xml.contains("<ram:BasisQuantity unitCode=\"C62\">1000<"))
                .isEqualTo(pieces == 1_000);
        assertThat(price).isPositive();
        assertThat(
                        price.multiply(BigDecimal.valueOf(quantity))
                                .divide(BigDecimal.valueOf(pieces))
                                .setScale(Math.max(2, currency.decimals()), RoundingMode.HALF_UP))
                .isEqualByComparingTo(BigDecimal.valueOf(net, currency.decimals()));
    }

    @Test
    void an_amount_below_zero_has_its_sign_first() {
        var dollars = new Currency("USD");
        assertThat(Amounts.money(-123_417, Currency.EUR, false)).isEqualTo("-€1,234.17");
        assertThat(Amounts.money(-417, dollars, false)).isEqualTo("-USD\u00a04.17");
        assertThat(Amounts.money(-417, Currency.EUR, true)).isEqualTo("-4,17\u00a0€");
        var paid = texts(lines(1)).getFirst().stream().map(Op.Text::text);
        assertThat(paid).contains("-1,20\u00a0€");
    }

    @Test
    void an_english_copy_says_in_english_where_a_rate_comes_from() {
        for (String kept :
                List.of(EuroVat.BY_ECB, EuroVat.BY_SELLER, EuroVat.FIXED, EuroVat.OF_TEST)) {
            var vat = new EuroVat(1, BigDecimal.ONE, LocalDate.EPOCH, kept);
            assertThat(vat.source(true)).isEqualTo(kept);
            assertThat(vat.source(false)).doesNotContain("taux", "parité");
        }
    }

    @Test
    void a_row_on_two_pages_is_carried_once() {
        var name = "Accompagnement ".repeat(200).strip();
        var lines = List.of(line("Guide", 1, 100, 20, "20"), line(name, 1, 25_000, 5_000, "20"));
        var pages =
                texts(
                        invoice(
                                Environment.PRODUCTION,
                                false,
                                consumer("Marie Martin"),
                                "fr",
                                lines));
        assertThat(pages.size()).isGreaterThan(1);
        assertThat(after(pages.get(0), "À reporter")).isEqualTo("251,00\u00a0€");
        assertThat(after(pages.get(1), "Report")).isEqualTo("251,00\u00a0€");
    }

    @ParameterizedTest
    @EnumSource
    void the_category_of_what_was_sold_is_never_cut(Nature nature) {
        for (boolean french : List.of(true, false)) {
            var content = lines(2).content();
            var sold =
                    new InvoiceContent(
                            content.environment(),
                            content.seller(),
                            content.buyer(),
                            content.currency(),
                            content.lines(),
                            content.payment(),
                            content.supplyDate(),
                            nature,
                            french ? "fr" : "en",
                            content.orderReference(),
                            Objects.requireNonNull(content.terms()));
            var page =
                    texts(new NumberedInvoice("F-2026-000001", lines(2).issueDate(), sold))
                            .getFirst();
            assertThat(String.join(" ", page.stream().map(Op.Text::text).toList()))
                    .contains(Mentions.nature(nature, true));
        }
    }

    private static String after(List<Op.Text> page, String label) {
        for (int i = 0; i < page.size() - 1; i++) {
            if (page.get(i).text().equals(label)) {
                return page.get(i + 1).text();
            }
        }
        return "";
    }

    @Test
    void words_in_a_partners_colour_can_be_read() {
        assertThat(Contrast.withWhite(0xffffff)).isEqualTo(100);
        assertThat(Contrast.withWhite(0x000000)).isEqualTo(2100);
        // WCAG's own example of the least grey that passes.
        assertThat(Contrast.withWhite(0x767676)).isBetween(450L, 455L);
        for (int rgb = 0; rgb <= 0xffffff; rgb += 4_097) {
            int words = Contrast.darkened(rgb);
            assertThat(Contrast.withWhite(words)).isGreaterThanOrEqualTo(450);
            if (Contrast.withWhite(rgb) >= 450) {
                assertThat(words).isEqualTo(rgb);
            }
        }
    }

    @Test
    void arabic_is_joined_and_runs_from_right_to_left() {
        // Meem initial, hah medial, meem medial, dal final; drawn from the left: dal first.
        assertThat(Shaping.visual("محمد")).containsExactly(0xfeaa, 0xfee4, 0xfea4, 0xfee3);
        assertThat(Shaping.visual("לב (2)")).containsExactly('(', '2', ')', ' ', 'ב', 'ל');
        assertThat(Shaping.visual("سلا")).containsExactly(0xfefc, 0xfeb3);
        assertThat(Shaping.visual("E\u0301\r\n\u200d\ufe0f\ud800"))
                .containsExactly(0xc9, ' ', ' ', 0xfffd);
    }
}
