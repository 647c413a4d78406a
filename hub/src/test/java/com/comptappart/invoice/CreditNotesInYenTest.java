package com.comptappart.invoice;

import static com.comptappart.invoice.InvoicesForTests.company;
import static com.comptappart.invoice.InvoicesForTests.creditNote;
import static com.comptappart.invoice.InvoicesForTests.invoice;
import static com.comptappart.invoice.InvoicesForTests.line;
import static com.comptappart.invoice.InvoicesForTests.seller;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.invoice.CreditSplit.Part;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.testing.FrenchRules;
import com.comptappart.testing.Schematrons;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A currency without decimals leaves EN 16931 hardly more room than the rounding needs. */
class CreditNotesInYenTest {

    @Test
    void parts_of_one_rate_and_the_rest_are_each_valid() {
        areValid(List.of(line("Guide", 1, 8_333, 1_667, "20")), 5_000, 1_500, 3_500);
    }

    @Test
    void single_yen_and_the_rest_are_each_valid() {
        areValid(List.of(line("Pin", 1, 6, 1, "20"), line("Badge", 1, 4, 1, "20")), 1, 1, 1, 1, 8);
    }

    @Test
    void parts_of_several_rates_and_the_rest_are_each_valid() {
        var lines =
                List.of(
                        line("Guide", 1, 8_333, 1_667, "20"),
                        line("Livre", 1, 2_844, 156, "5.5"),
                        line("Carte", 2, 1_000, 21, "2.1"),
                        line("Repas", 1, 909, 91, "10"));
        areValid(lines, 1_501, 7, 2_113, 999, 4_000, 6_401);
    }

    /** Of the last yen's two, one is VAT that no split could have given to an earlier one. */
    @Test
    void what_can_not_be_valid_is_still_exact() {
        var lines = List.of(line("Pin", 1, 10, 2, "20"));
        var taken = new ArrayList<Part>();
        for (int i = 0; i < 12; i++) {
            var document = creditNote(sale(lines), taken, 1);
            assertThat(document.content().gross()).isEqualTo(1);
            assertThat(Schematrons.findings(CiiXml.write(document)).isEmpty()).isEqualTo(i < 10);
            taken.addAll(CreditNotes.parts(document.content()));
        }
        assertThat(CreditSplit.left(lines, taken)).allMatch(Part::isEmpty);
    }

    private static void areValid(List<InvoiceLine> lines, long... refunds) {
        var sale = sale(lines);
        isValid(sale);
        var taken = new ArrayList<Part>();
        for (long refund : refunds) {
            var document = creditNote(sale, taken, refund);
            isValid(document);
            taken.addAll(CreditNotes.parts(document.content()));
        }
        assertThat(CreditSplit.left(lines, taken)).allMatch(Part::isEmpty);
    }

    private static void isValid(NumberedInvoice document) {
        byte[] xml = CiiXml.write(document);
        String amounts = document.content().rates().toString();
        assertThat(Schematrons.findings(xml)).as(amounts).isEmpty();
        assertThat(FrenchRules.broken(new String(xml, StandardCharsets.UTF_8)))
                .as(amounts)
                .isEmpty();
    }

    private static NumberedInvoice sale(List<InvoiceLine> lines) {
        var yen = new Currency("JPY");
        var rate = new BigDecimal("163.50");
        var sale =
                invoice(Environment.PRODUCTION, seller(false), company(), yen, "fr", lines, null);
        long cents = EuroVat.cents(sale.content().vat(), 0, rate);
        var converted = new EuroVat(cents, rate, LocalDate.of(2026, 11, 20), EuroVat.BY_ECB);
        return new NumberedInvoice(
                sale.number(), sale.issueDate(), sale.content().withEuroVat(converted));
    }
}
