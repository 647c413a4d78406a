package com.comptappart.invoice;

import static com.comptappart.invoice.InvoicesForTests.company;
import static com.comptappart.invoice.InvoicesForTests.consumer;
import static com.comptappart.invoice.InvoicesForTests.creditNote;
import static com.comptappart.invoice.InvoicesForTests.invoice;
import static com.comptappart.invoice.InvoicesForTests.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.testing.FrenchRules;
import com.comptappart.testing.PdfAValidity;
import com.comptappart.testing.Schematrons;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mustangproject.validator.ZUGFeRDValidator;

class InvoiceDocumentTest {

    private static final RendererForTests RENDERER = new RendererForTests();

    static Stream<Arguments> documents() {
        var one =
                List.of(line("Déclaration d'impôts – Formule « Complète »", 1, 8332, 1667, "20.0"));
        var many =
                IntStream.rangeClosed(1, 120)
                        .mapToObj(i -> line("Article n° " + i, i, 100L * i, 20L * i, "20"))
                        .toList();
        var rates =
                List.of(
                        line("A", 1, 8332, 1667, "20"),
                        line("B", 3, 1000, 100, "10"),
                        line("C", 2, 1000, 55, "5.5"),
                        line("D", 7, 1000, 21, "2.1"));
        var change =
                List.of(
                        line("Temps non utilisé sur Formule", -1, -5000, -1000, "20"),
                        line("Temps restant sur 3 × Formule", 3, 15000, 3000, "20"));
        var live = Environment.PRODUCTION;
        return Stream.of(
                Arguments.of("consumer", invoice(live, false, consumer("Marie Martin"), "fr", one)),
                Arguments.of(
                        "test",
                        invoice(Environment.STAGING, false, consumer("Marie Martin"), "fr", one)),
                Arguments.of("company", invoice(live, false, company(), "fr", one)),
                Arguments.of("english", invoice(live, false, consumer("John Smith"), "en", one)),
                Arguments.of(
                        "franchise",
                        invoice(
                                live,
                                true,
                                consumer("Marie Martin"),
                                "fr",
                                List.of(line("A", 1, 9999, 0, "0")))),
                Arguments.of("rates", invoice(live, false, consumer("Marie Martin"), "fr", rates)),
                Arguments.of("many", invoice(live, false, consumer("Marie Martin"), "fr", many)),
                Arguments.of(
                        "cents",
                        invoice(
                                live,
                                false,
                                consumer("Marie Martin"),
                                "fr",
                                List.of(line("A", 1, 2, 1, "20")))),
                Arguments.of(
                        "zero",
                        invoice(
                                live,
                                false,
                                consumer("Marie Martin"),
                                "fr",
                                List.of(line("A", 1, 0, 0, "20")))),
                Arguments.of(
                        "long",
                        invoice(live, false, consumer("Maximilienne ".repeat(24)), "fr", one)),
                Arguments.of(
                        "designations",
                        invoice(live, false, consumer("Marie Martin"), "fr", designations())),
                Arguments.of(
                        "change", invoice(live, false, consumer("Marie Martin"), "fr", change)),
                Arguments.of(
                        "credit-of-change",
                        creditNote(
                                invoice(live, false, consumer("Marie Martin"), "fr", change),
                                4_321)),
                Arguments.of(
                        "credit-of-all-change",
                        creditNote(
                                invoice(live, false, consumer("Marie Martin"), "fr", change),
                                12_000)),
                Arguments.of(
                        "arabic", invoice(live, false, consumer("محمد بن عبد الله"), "fr", one)),
                Arguments.of(
                        "credit",
                        creditNote(
                                invoice(live, false, consumer("Marie Martin"), "fr", rates),
                                5_000)),
                Arguments.of(
                        "credit-full",
                        creditNote(invoice(live, false, company(), "fr", one), 9_999)),
                Arguments.of(
                        "credit-test",
                        creditNote(
                                invoice(
                                        Environment.STAGING,
                                        false,
                                        consumer("John Smith"),
                                        "en",
                                        one),
                                1)),
                Arguments.of(
                        "credit-many",
                        creditNote(
                                invoice(live, false, consumer("Marie Martin"), "fr", many),
                                123_456)),
                Arguments.of(
                        "credit-franchise",
                        creditNote(
                                invoice(
                                        live,
                                        true,
                                        consumer("Marie Martin"),
                                        "fr",
                                        List.of(line("A", 1, 9999, 0, "0"))),
                                3_333)),
                Arguments.of(
                        "emoji", invoice(live, false, consumer("Zoé 🎉\r\n\u0007<b>"), "fr", one)));
    }

    /** Of some lines, of as many as stay on a page, and of more than a page. */
    private static List<InvoiceLine> designations() {
        return Stream.of(5, 10, 70)
                .map(count ->
                        line(
                                "Accompagnement annuel, rendez-vous et relectures compris, "
                                                .repeat(count)
                                        + "fin",
                                1,
                                8_332,
                                1_667,
                                "20"))
                .toList();
    }

    static Stream<Arguments> regimes() {
        return RegimesForTests.documents();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"documents", "regimes"})
    void is_valid_pdf_a_3_and_en_16931_without_one_error(String name, NumberedInvoice invoice)
            throws Exception {
        byte[] pdf = pdf(invoice);
        Files.createDirectories(Path.of("target/invoices"));
        Files.write(Path.of("target/invoices", name + ".pdf"), pdf);

        byte[] xml = CiiXml.write(invoice);
        assertThat(PdfAValidity.findings(pdf)).isEmpty();
        assertThat(Schematrons.findings(xml)).allMatch(finding -> isForeignRate(name, finding));
        assertThat(FrenchRules.broken(xml)).isSubsetOf(name.equals("oss") ? "BR-FR-16" : "none");

        var validator = new ZUGFeRDValidator();
        validator.disableNotices();
        // It multiplies where we subtract: 99.99 at 20 % is no net amount and its 20 %.
        validator.disableArithmeticCheck();
        String report = validator.validate(pdf, name + ".pdf");

        var document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(
                                new ByteArrayInputStream(
                                        report.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        var xpath = XPathFactory.newInstance().newXPath();
        assertThat(xpath.evaluate("/validation/pdf/summary/@status", document))
                .as(report)
                .isEqualTo("valid");
        assertThat(xpath.evaluate("/validation/xml/summary/@status", document))
                .as(report)
                .isEqualTo("valid");
        assertThat(xpath.evaluate("count(//error)", document)).as(report).isEqualTo("0");
        assertThat(xpath.evaluate("count(//warning)", document)).as(report).isEqualTo("0");
    }

    /** What another state's rate is to the French list of rates: no French "flux 2". */
    private static boolean isForeignRate(String name, String finding) {
        return name.equals("oss") && finding.contains("BR-FR-16");
    }

    @Test
    void is_the_same_bytes_under_another_locale_and_time_zone() {
        var invoice = (NumberedInvoice) documents().findFirst().orElseThrow().get()[1];
        byte[] expected = pdf(invoice);
        var locale = Locale.getDefault();
        var zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            assertThat(new RendererForTests().pdf(invoice)).isEqualTo(expected);
            assertThat(pdf(invoice)).isEqualTo(expected);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void says_its_number_its_totals_and_that_nothing_is_due() throws Exception {
        var invoice = (NumberedInvoice) documents().findFirst().orElseThrow().get()[1];
        try (var document = Loader.loadPDF(pdf(invoice))) {
            assertThat(new PDFTextStripper().getText(document))
                    .contains(
                            "FQCA-2026-000156",
                            "83,32\u00a0€",
                            "16,67\u00a0€",
                            "99,99\u00a0€",
                            "Net à payer",
                            "page 1/1");
        }
    }

    @Test
    void a_credit_note_refers_to_its_invoice_with_amounts_above_zero() throws Exception {
        var lines = List.of(line("Guide", 2, 8332, 1667, "20"));
        var credit =
                creditNote(
                        invoice(
                                Environment.PRODUCTION,
                                false,
                                consumer("Marie Martin"),
                                "fr",
                                lines),
                        3_000);
        String xml = new String(CiiXml.write(credit), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(xml)
                .contains(
                        "<ram:TypeCode>381</ram:TypeCode>",
                        "<ram:IssuerAssignedID>FQCA-2026-000156</ram:IssuerAssignedID>",
                        "<qdt:DateTimeString format=\"102\">20261123</qdt:DateTimeString>",
                        "<ram:GrandTotalAmount>30.00</ram:GrandTotalAmount>",
                        "<ram:LineTotalAmount>25.00</ram:LineTotalAmount>",
                        "<ram:DuePayableAmount>0.00</ram:DuePayableAmount>");
        try (var document = Loader.loadPDF(pdf(credit))) {
            assertThat(new PDFTextStripper().getText(document))
                    .contains(
                            "Avoir",
                            "Avoir sur la facture FQCA-2026-000156",
                            "du\u00a023/11/2026",
                            "Remboursé le 02/12/2026",
                            "re_3QMqH82eZvKYlo2C1Rf0xYzA",
                            "Motif : demande du client",
                            "ACA-2026-000007")
                    .doesNotContain("Net à payer", "Payé le");
        }
    }

    private static byte[] pdf(NumberedInvoice invoice) {
        return RENDERER.pdf(invoice);
    }
}
