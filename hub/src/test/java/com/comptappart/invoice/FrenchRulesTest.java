package com.comptappart.invoice;

import static com.comptappart.invoice.InvoicesForTests.company;
import static com.comptappart.invoice.InvoicesForTests.creditNote;
import static com.comptappart.invoice.InvoicesForTests.invoice;
import static com.comptappart.invoice.InvoicesForTests.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.testing.FrenchRules;
import com.comptappart.testing.Schematrons;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each of the French rules that our documents are held to finds the fault that it is about. */
class FrenchRulesTest {

    private static final NumberedInvoice INVOICE =
            invoice(
                    Environment.PRODUCTION,
                    false,
                    company(),
                    "fr",
                    List.of(line("Guide", 3, 8332, 1667, "20")));
    private static final String SOUND = xml(INVOICE);
    private static final String SOUND_CREDIT = xml(creditNote(INVOICE, 5_000));

    @Test
    void sound_documents_break_none() {
        assertThat(FrenchRules.broken(SOUND)).isEmpty();
        assertThat(FrenchRules.broken(SOUND_CREDIT)).isEmpty();
        assertThat(Schematrons.findings(SOUND)).isEmpty();
        assertThat(Schematrons.findings(SOUND_CREDIT)).isEmpty();
    }

    @Test
    void a_price_of_a_piece_below_a_millionth_breaks_none() {
        String many =
                xml(
                        invoice(
                                Environment.PRODUCTION,
                                false,
                                company(),
                                "fr",
                                List.of(
                                        line("Clic", 999_999, 1, 0, "20"),
                                        line("Vue", 999_999, 123_456_789, 24_691_358, "20"))));
        assertThat(FrenchRules.broken(many)).isEmpty();
        assertThat(Schematrons.findings(many)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} → {2}")
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    BR-FR-01; FQCA-2026-000156; FQCA-2026-000156-AND-MUCH-MORE-THAN-35
                    BR-FR-02; FQCA-2026-000156; FQCA 2026 000156
                    BR-FR-03; >20261123<; >19991123<
                    BR-FR-04; <ram:TypeCode>380<; <ram:TypeCode>325<
                    BR-FR-05; <ram:SubjectCode>PMD<; <ram:SubjectCode>AAI<
                    BR-FR-06; <ram:SubjectCode>REG<; <ram:SubjectCode>PMT<
                    BR-FR-08; <ram:ID>S2<; <ram:ID>S9<
                    BR-FR-09; <ram:Name>ComptAppart<; <ram:GlobalID schemeID="0009">99999999900010</ram:GlobalID><ram:Name>ComptAppart<
                    BR-FR-10; <ram:ID schemeID="0002">123456782<; <ram:ID schemeID="0002">12345<
                    BR-FR-11; <ram:ID schemeID="0002">732829320<; <ram:ID schemeID="0002">X<
                    BR-FR-12; <ram:URIID schemeID="0225">732829320<; <ram:URIID schemeID="0225"><
                    BR-FR-13; <ram:URIID schemeID="0225">123456782<; <ram:URIID schemeID="0225"><
                    BR-FR-15; <ram:CategoryCode>S<; <ram:CategoryCode>L<
                    BR-FR-16; Percent>20.00<; Percent>19.00<
                    BR-FR-20; <ram:Content>B2B<; <ram:Content>B2G<
                    BR-FR-21; <ram:URIID schemeID="0225">732829320<; <ram:URIID schemeID="EM">a@example.com<
                    BR-FR-CO-04; <ram:TypeCode>380<; <ram:TypeCode>384<
                    BR-FR-CO-05; <ram:TypeCode>380<; <ram:TypeCode>381<
                    BR-FR-CO-09; <ram:TotalPrepaidAmount>99.99<; <ram:TotalPrepaidAmount>99.98<
                    BR-FR-CO-09; <ram:DuePayableAmount>0.00<; <ram:DuePayableAmount>0.01<
                    BR-FR-CO-09; <ram:DueDateDateTime>; <ram:Nothing>
                    BR-FR-CO-12; <ram:InvoiceCurrencyCode>EUR<; <ram:InvoiceCurrencyCode>USD<
                    BR-FR-DEC-01; <ram:LineTotalAmount>83.32<; <ram:LineTotalAmount>83.320<
                    BR-FR-DEC-02; <ram:BilledQuantity unitCode="C62">3<; <ram:BilledQuantity unitCode="C62">3.00001<
                    BR-FR-DEC-03; <ram:ChargeAmount>; <ram:ChargeAmount>-
                    BR-FR-DEC-04; Percent>20.00<; Percent>20.0000<
                    """)
    void finds_what_breaks_it(String rule, String sound, String broken) {
        assertThat(SOUND).contains(sound);
        String faulty = SOUND.replace(sound, broken);
        if (broken.equals("<ram:Nothing>")) {
            faulty = faulty.replace("</ram:DueDateDateTime>", "</ram:Nothing>");
        }
        assertThat(FrenchRules.broken(faulty)).contains(rule);
    }

    @Test
    void a_due_date_before_the_invoice_is_found_where_it_is_not_paid() {
        String unpaid =
                SOUND.replace("<ram:ID>S2<", "<ram:ID>S1<")
                        .replaceFirst("(<ram:DueDateDateTime>.*?>)20261123<", "$120261122<");
        assertThat(FrenchRules.broken(unpaid)).contains("BR-FR-CO-07");
    }

    @Test
    void a_member_of_a_vat_group_says_so() {
        String member =
                SOUND.replace(
                        "<ram:Name>ComptAppart<",
                        "<ram:GlobalID schemeID=\"0231\">123456782</ram:GlobalID><ram:Name>ComptAppart<");
        assertThat(FrenchRules.broken(member)).contains("BR-FR-CO-14");
    }

    private static String xml(NumberedInvoice document) {
        return new String(CiiXml.write(document), StandardCharsets.UTF_8);
    }
}
