package com.comptappart.invoice;

import static com.comptappart.invoice.InvoicesForTests.company;
import static com.comptappart.invoice.InvoicesForTests.consumer;
import static com.comptappart.invoice.InvoicesForTests.creditNote;
import static com.comptappart.invoice.InvoicesForTests.invoice;
import static com.comptappart.invoice.InvoicesForTests.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.Environment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules that the console asks of a document's XML: each holds for ours, and can fail. */
class XmlRulesTest {

    private static final NumberedInvoice INVOICE =
            invoice(
                    Environment.PRODUCTION,
                    false,
                    consumer("Marie Martin"),
                    "fr",
                    List.of(
                            line("Formule", 1, 8_332, 1_667, "20"),
                            line("Guide", 2, 1_896, 104, "5.5")));

    private static final List<XmlRules.Rule> ALL =
            Stream.of(XmlRules.MANDATORY, XmlRules.AMOUNTS, XmlRules.FRENCH)
                    .flatMap(List::stream)
                    .toList();

    private static String xml(NumberedInvoice document) {
        return new String(CiiXml.write(document), UTF_8);
    }

    private static List<String> broken(String xml) {
        var read = FacturX.read(xml.getBytes(UTF_8));
        return ALL.stream()
                .filter(rule -> !DocumentCheck.holds(rule, read))
                .map(XmlRules.Rule::code)
                .toList();
    }

    @Test
    void what_the_hub_writes_keeps_all_of_them() {
        var franchise =
                invoice(
                        Environment.PRODUCTION,
                        true,
                        company(),
                        "fr",
                        List.of(line("Conseil", 3, 9_999, 0, "0")));
        assertThat(broken(xml(INVOICE))).isEmpty();
        assertThat(broken(xml(franchise))).isEmpty();
        assertThat(broken(xml(creditNote(INVOICE, 3_000)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BR-1|urn:cen.eu:en16931:2017|urn:factur-x.eu:1p0:minimum",
                "BR-2|<ram:ID>F-2026-000043</ram:ID>|<ram:ID></ram:ID>",
                "BR-5|<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>|<ram:InvoiceCurrencyCode/>",
                "BR-7|<ram:Name>Marie Martin</ram:Name>|<ram:Name/>",
                "BR-22|<ram:BilledQuantity unitCode=\"C62\">2</ram:BilledQuantity>|<ram:BilledQuantity/>",
                "BR-CO-10|<ram:LineTotalAmount>18.96</ram:LineTotalAmount>|<ram:LineTotalAmount>18.95</ram:LineTotalAmount>",
                "BR-CO-13|<ram:TaxBasisTotalAmount>102.28</ram:TaxBasisTotalAmount>|<ram:TaxBasisTotalAmount>102.29</ram:TaxBasisTotalAmount>",
                "BR-CO-14|<ram:CalculatedAmount>1.04</ram:CalculatedAmount>|<ram:CalculatedAmount>1.05</ram:CalculatedAmount>",
                "BR-CO-15|<ram:GrandTotalAmount>119.99</ram:GrandTotalAmount>|<ram:GrandTotalAmount>120.00</ram:GrandTotalAmount>",
                "BR-CO-16|<ram:DuePayableAmount>0.00</ram:DuePayableAmount>|<ram:DuePayableAmount>0.01</ram:DuePayableAmount>",
                "BR-CO-17|<ram:CalculatedAmount>16.67</ram:CalculatedAmount>|<ram:CalculatedAmount>26.67</ram:CalculatedAmount>",
                "BR-S-8|<ram:BasisAmount>18.96</ram:BasisAmount>|<ram:BasisAmount>18.97</ram:BasisAmount>",
                "BR-DEC|<ram:TotalPrepaidAmount>119.99</ram:TotalPrepaidAmount>|<ram:TotalPrepaidAmount>119.990</ram:TotalPrepaidAmount>",
                "BR-FR-04|<ram:TypeCode>380</ram:TypeCode>|<ram:TypeCode>326</ram:TypeCode>",
                "BR-FR-02|F-2026-000043|F 2026 000043",
                "BR-FR-CO-05|<ram:TypeCode>380</ram:TypeCode>|<ram:TypeCode>381</ram:TypeCode>",
                "BR-FR-CO-09|<ram:TotalPrepaidAmount>119.99</ram:TotalPrepaidAmount>|<ram:TotalPrepaidAmount>0.00</ram:TotalPrepaidAmount>",
            })
    void a_document_that_breaks_one_is_found_out(String rule, String ours, String wrong) {
        String number = INVOICE.number();
        String before = xml(INVOICE);
        String after =
                before.replace(
                        ours.replace("F-2026-000043", number),
                        wrong.replace("F 2026 000043", number.replace('-', ' ')));
        assertThat(after).isNotEqualTo(before);
        assertThat(broken(after)).contains(rule);
    }

    @Test
    void an_xml_that_asks_for_something_outside_is_not_read() {
        assertThatThrownBy(() ->
                        FacturX.read(
                                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"
                                        .getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
