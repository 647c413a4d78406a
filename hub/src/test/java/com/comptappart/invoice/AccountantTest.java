package com.comptappart.invoice;

import static com.comptappart.invoice.SalesForTests.ABROAD;
import static com.comptappart.invoice.SalesForTests.BELFAST;
import static com.comptappart.invoice.SalesForTests.COMPANY;
import static com.comptappart.invoice.SalesForTests.CONSUMER;
import static com.comptappart.invoice.SalesForTests.DOLLARS;
import static com.comptappart.invoice.SalesForTests.EXPORT;
import static com.comptappart.invoice.SalesForTests.FRENCH_ABROAD;
import static com.comptappart.invoice.SalesForTests.GERMAN;
import static com.comptappart.invoice.SalesForTests.GIFT;
import static com.comptappart.invoice.SalesForTests.GUYANE;
import static com.comptappart.invoice.SalesForTests.LESSONS;
import static com.comptappart.invoice.SalesForTests.LONG;
import static com.comptappart.invoice.SalesForTests.NAMELESS_COMPANY;
import static com.comptappart.invoice.SalesForTests.NOBODY;
import static com.comptappart.invoice.SalesForTests.ODD;
import static com.comptappart.invoice.SalesForTests.OSS;
import static com.comptappart.invoice.SalesForTests.REUNION;
import static com.comptappart.invoice.SalesForTests.SALES;
import static com.comptappart.invoice.SalesForTests.SHIPPED;
import static com.comptappart.invoice.SalesForTests.TO_GERMANY;
import static com.comptappart.invoice.SalesForTests.TRAINING;
import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.PageRequest;
import com.comptappart.testing.FrenchRules;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PdfAValidity;
import com.comptappart.testing.Sale;
import com.comptappart.testing.Schematrons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a strict accountant checks on the documents that the running hub made from Stripe's events.
 *
 * <p>Source: {@code invoicing.md}, C4, checks 1 to 7 and 10; 8 and 9 are about the books and the
 * archive: {@code ExportsTest}, {@code ThousandDocumentsTest} and {@code ArchiveTest}.
 */
class AccountantTest {

    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Europe/Paris"));
    @TempDir private static Path rates;
    private static HubForTests hub;

    @BeforeAll
    static void sales_and_a_refund_are_told_to_the_running_hub() throws IOException {
        Files.writeString(
                rates.resolve("textes.json"),
                """
                [{"key": "VATEX-FR-CGI261-5", "text": "Exonération de TVA, art. L. 123-4 du CIBS", "valid_from": "%s"},
                 {"key": "VATEX-FR-CGI261-4", "text": "Exonération de TVA, art. L. 123-5 du CIBS", "valid_from": "%s"}]
                """
                        .formatted(TODAY, TODAY.plusDays(2)));
        hub =
                new HubForTests()
                        .withProduction()
                        .with("comptappart.exchange.file", rates.resolve("ecb").toString())
                        .with(
                                "comptappart.legal-texts.file",
                                rates.resolve("textes.json").toString())
                        .with(
                                "comptappart.seller.guarantee",
                                "Garantie légale de conformité : 2 ans.")
                        .start();
        SALES.forEach(sale -> tell(sale.paid()));
        ODD.forEach(sale -> tell(sale.paid()));
        tell(DOLLARS.paid());
        eventually(() -> numbers("invoice"), SALES.size() + ODD.size());
        tell(CONSUMER.refunded("re_part", 10_000));
        eventually(() -> numbers("credit_note"), 1);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static void tell(String event) {
        assertThat(
                        hub.stripeEvent(event, HubForTests.LIVE_STRIPE_SECRET, Instant.now())
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void check_1_numbers_have_no_hole_dates_never_go_back_and_every_page_has_its_number() {
        for (String kind : List.of("invoice", "credit_note")) {
            var issued =
                    hub.jdbc()
                            .sql(
                                    """
                                    select seq || ' ' || number || ' ' || issue_date
                                    from invoice
                                    where kind = :kind
                                    order by seq
                                    """)
                            .param("kind", kind)
                            .query(String.class)
                            .list();
            String prefix = kind.equals("invoice") ? "FQCA-" : "AQCA-";
            var last = LocalDate.MIN;
            for (int i = 0; i < issued.size(); i++) {
                String[] parts = issued.get(i).split(" ");
                assertThat(parts[0]).isEqualTo(Integer.toString(i + 1));
                var date = LocalDate.parse(parts[2]);
                assertThat(parts[1])
                        .isEqualTo(
                                prefix
                                        + date.getYear()
                                        + String.format(Locale.ROOT, "-%06d", i + 1));
                assertThat(date).isAfterOrEqualTo(last);
                last = date;
            }
        }
        var pages = of(LONG).pages();
        assertThat(pages).hasSizeGreaterThan(2);
        for (int i = 0; i < pages.size(); i++) {
            assertThat(pages.get(i))
                    .contains(of(LONG).number(), "page " + (i + 1) + "/" + pages.size());
        }
    }

    @Test
    void check_2_totals_are_what_stripe_charged_and_every_sum_agrees_in_xml_and_pdf() {
        for (Sale sale : SALES) {
            var document = of(sale);
            assertThat(document.total("GrandTotalAmount"))
                    .isEqualByComparingTo(BigDecimal.valueOf(sale.total(), 2));
            assertThat(document.total("TaxBasisTotalAmount").add(document.total("TaxTotalAmount")))
                    .isEqualByComparingTo(document.total("GrandTotalAmount"));
            assertThat(
                            sum(
                                    document.amounts(
                                            "LineTotalAmount",
                                            "SpecifiedTradeSettlementLineMonetarySummation")))
                    .isEqualByComparingTo(document.total("TaxBasisTotalAmount"));
            assertThat(sum(document.amounts("BasisAmount", "ApplicableTradeTax")))
                    .isEqualByComparingTo(document.total("TaxBasisTotalAmount"));
            assertThat(sum(document.amounts("CalculatedAmount", "ApplicableTradeTax")))
                    .isEqualByComparingTo(document.total("TaxTotalAmount"));
            for (String amount :
                    List.of("GrandTotalAmount", "TaxBasisTotalAmount", "TaxTotalAmount")) {
                assertThat(document.text()).contains(document.printed(document.total(amount)));
            }
        }
    }

    @Test
    void check_3_seller_and_customer_are_wholly_named() {
        for (Sale sale : SALES) {
            assertThat(of(sale).text())
                    .contains("ComptAppart", "SAS au capital de 10 000 €", "12345678200010")
                    .contains("RCS Bordeaux 123 456 782", "12 rue des Écoles", "33000 Bordeaux")
                    .contains("FR32123456782");
        }
        assertThat(of(CONSUMER).text())
                .contains("Marie Martin", "3 allée de l'Été", "75011 Paris")
                .contains("Paul Martin, 5 rue du Port, 17000 La Rochelle");
        assertThat(of(CONSUMER).xml()).contains("<ram:ShipToTradeParty><ram:Name>Paul Martin<");
        assertThat(of(COMPANY).text())
                .contains("SIREN du client", "732829320", "FR44732829320", "BC-2026-0042");
        assertThat(of(COMPANY).xml())
                .contains(
                        "<ram:ID schemeID=\"0002\">732829320<",
                        "<ram:IssuerAssignedID>BC-2026-0042<");
        assertThat(of(GERMAN).text()).contains("DE123456789");
        assertThat(of(EXPORT).text())
                .contains("Austin TX 78701", "ÉTATS-UNIS")
                .contains("Jane Smith, 5 King Street, M5H 1A1 Toronto, CANADA");
        assertThat(of(EXPORT).xml())
                .contains(
                        "<ram:CountryID>US</ram:CountryID>"
                                + "<ram:CountrySubDivisionName>TX</ram:CountrySubDivisionName>");
    }

    @Test
    void check_4_the_regime_is_right_and_its_mention_is_there() {
        assertRegime(CONSUMER, "S", "");
        assertRegime(GERMAN, "AE", "Autoliquidation");
        assertRegime(TO_GERMANY, "K", "art. 262 ter I du CGI");
        assertRegime(EXPORT, "G", "art. 262 I du CGI");
        assertRegime(ABROAD, "O", "art. 259 à 259 D du CGI");
        assertRegime(TRAINING, "E", "art. 261-4 du CGI");
        assertRegime(OSS, "S", "guichet unique (OSS)");
        assertThat(of(OSS).xml()).contains("<ram:RateApplicablePercent>19.00<");
        assertThat(of(GERMAN).xml())
                .contains(
                        "VATEX-EU-AE",
                        "schemeID=\"VA\">FR32123456782<",
                        "schemeID=\"VA\">DE123456789<");
        assertThat(of(TO_GERMANY).xml())
                .contains(
                        "<ram:CountryID>DE</ram:CountryID></ram:PostalTradeAddress></ram:ShipToTradeParty>");
        assertRegime(GUYANE, "G", "art. 262 I et 294, 2 du CGI");
        assertRegime(REUNION, "S", "TVA 8,5");
        assertThat(of(REUNION).total("TaxTotalAmount")).isEqualByComparingTo("8.50");
        assertRegime(BELFAST, "K", "art. 262 ter I du CGI");
        assertThat(of(BELFAST).xml()).contains("schemeID=\"VA\">XI123456789<");
        for (Sale sale : SALES) {
            assertThat(attention(sale)).as(sale.id()).isEmpty();
        }
    }

    @Test
    void a_text_that_the_seller_added_is_quoted_from_its_first_day_on() {
        assertRegime(LESSONS, "E", "art. L. 123-4 du CIBS");
        assertThat(of(LESSONS).xml()).contains("VATEX-FR-CGI261-5", "art. L. 123-4 du CIBS");
        assertThat(of(TRAINING).text()).doesNotContain("CIBS");
    }

    @Test
    void a_delivery_of_goods_of_two_rates_is_split_as_their_net_is() {
        assertThat(attention(SHIPPED)).isEmpty();
        assertThat(of(SHIPPED).text().replace('\u00a0', ' '))
                .contains("1 10,00 20 % 10,00 €Livraison", "1 10,00 5,5 % 10,00 €Livraison")
                .contains("TVA 20 % sur 110,00 €", "TVA 5,5 % sur 110,00 €");
        assertThat(of(SHIPPED).amounts("BasisAmount", "ApplicableTradeTax"))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("110"), new BigDecimal("110"));
        assertThat(of(SHIPPED).xml()).contains("<ram:ID>B2</ram:ID>");
    }

    @Test
    void a_person_is_told_what_the_law_wants_to_know_of_a_buyer_and_stripe_does_not_say() {
        assertThat(attention(NOBODY)).contains("billing_address_collection");
        assertThat(attention(NAMELESS_COMPANY)).contains("SIREN", "tax_id_collection");
        assertThat(attention(FRENCH_ABROAD))
                .contains("the buyer's VAT number is French, but its address is in DE")
                .doesNotContain("gave no VAT number");
    }

    private static void assertRegime(Sale sale, String category, String mention) {
        var document = of(sale);
        assertThat(document.xml())
                .contains("<ram:CategoryCode>" + category + "</ram:CategoryCode>");
        assertThat(document.text().replaceAll("\\s+", " ")).contains(mention);
    }

    @Test
    void check_5_date_of_supply_nature_and_the_codes_say_the_same() {
        assertThat(of(CONSUMER).xml()).contains("<ram:ID>B2</ram:ID>");
        assertThat(of(CONSUMER).text()).contains("Livraison de biens");
        assertThat(of(COMPANY).xml()).contains("<ram:ID>S2</ram:ID>");
        assertThat(of(COMPANY).text()).contains("Prestation de services");
        for (Sale sale : SALES) {
            assertThat(of(sale).xml()).contains("<ram:DueDateTypeCode>72<", Amounts.compact(TODAY));
            assertThat(of(sale).text()).contains(Amounts.date(TODAY));
        }
    }

    @Test
    void check_6_it_is_paid_and_says_by_what_and_nothing_about_late_payment_to_a_consumer() {
        for (Sale sale : SALES) {
            assertThat(of(sale).text()).contains("pi_" + sale.id(), "4242");
            assertThat(of(sale).total("DuePayableAmount")).isZero();
        }
        assertThat(of(CONSUMER).text())
                .contains("Payé le " + Amounts.date(TODAY), "Net à payer", "0,00\u00a0€")
                .contains("Garantie légale")
                .doesNotContain("40 euros", "pénalités", "escompte");
        assertThat(of(COMPANY).text())
                .contains("40 euros", "pénalités", "escompte")
                .doesNotContain("Garantie légale");
        assertThat(of(COMPANY).xml())
                .contains("SubjectCode>PMD<", "SubjectCode>PMT<", "SubjectCode>AAB<");
    }

    @Test
    void check_7_a_credit_note_refers_to_its_invoice_and_reverses_its_tax() {
        var invoice = of(CONSUMER);
        var credit = new Document(numbers("credit_note").getFirst());
        assertThat(credit.text())
                .contains("Avoir sur la facture " + invoice.number(), "Marie Martin", "re_part");
        assertThat(credit.xml())
                .contains("<ram:TypeCode>381<", "<ram:IssuerAssignedID>" + invoice.number() + "<");
        assertThat(credit.total("GrandTotalAmount")).isEqualByComparingTo("100.00");
        assertThat(sum(credit.amounts("CalculatedAmount", "ApplicableTradeTax")))
                .isEqualByComparingTo(credit.total("TaxTotalAmount"));
        assertThat(credit.amounts("RateApplicablePercent", "ApplicableTradeTax"))
                .isSubsetOf(invoice.amounts("RateApplicablePercent", "ApplicableTradeTax"));
    }

    @Test
    void check_10_every_document_is_valid_and_says_what_was_sold() {
        var numbers = new ArrayList<>(numbers("invoice"));
        numbers.addAll(numbers("credit_note"));
        for (String number : numbers) {
            var document = new Document(number);
            assertThat(PdfAValidity.findings(document.pdf())).isEmpty();
            boolean oss = document.xml().contains("(OSS)");
            assertThat(Schematrons.findings(document.xml()))
                    .allMatch(finding -> oss && finding.contains("BR-FR-16"));
            assertThat(FrenchRules.broken(document.xml())).isSubsetOf(oss ? "BR-FR-16" : "none");
            assertThat(document.text()).contains(number, "page 1/" + document.pages().size());
        }
        assertThat(of(CONSUMER).text())
                .contains("Fauteuil", "Remise sur Fauteuil", "Livraison", "416,665", "Désignation");
        assertThat(of(GIFT).text()).contains("Remise sur Guide", "Total TTC", "0,00\u00a0€");
    }

    @Test
    void an_invoice_in_dollars_waits_for_its_rate_and_says_so() throws IOException {
        var waiting = eventually(AccountantTest::waiting, 1).getFirst();
        assertThat(waiting.reason()).contains("USD", "COMPTAPPART_EXCHANGE_FILE");
        Files.writeString(
                Files.createDirectories(rates.resolve("ecb")).resolve("eurofxref.csv"),
                "Date,USD,JPY,\n" + TODAY.minusDays(1) + ",1.0850,171.25,\n");
        hub.jdbc().sql("update invoice_request set due_at = now()").update();
        eventually(AccountantTest::waiting, List::isEmpty);
        var document = of(DOLLARS);
        assertThat(document.text().replace('\u00a0', ' '))
                .contains("TVA en euros : 18,43 €", "1,0850 USD", "taux BCE")
                .contains(Amounts.date(TODAY.minusDays(1)));
        assertThat(document.xml())
                .contains("<ram:TaxCurrencyCode>EUR<", "currencyID=\"EUR\">18.43<");
        assertThat(Schematrons.findings(document.xml())).isEmpty();
    }

    private static List<Invoices.Owed> waiting() {
        return hub.bean(Invoices.class).waiting(null, null, 10);
    }

    private static String attention(Sale sale) {
        return hub.jdbc()
                .sql("select attention from paid_order where event_id = :event")
                .param("event", "evt_" + sale.id())
                .query(String.class)
                .single();
    }

    private static List<String> numbers(String kind) {
        return hub.jdbc()
                .sql("select number from invoice where kind = :kind")
                .param("kind", kind)
                .query(String.class)
                .list();
    }

    private static Document of(Sale sale) {
        return new Document(
                hub.jdbc()
                        .sql(
                                """
                                select i.number
                                from invoice i
                                join paid_order o on o.partner_id = i.partner_id and o.order_id = i.order_id
                                where o.event_id = :event and i.kind = 'invoice'
                                """)
                        .param("event", "evt_" + sale.id())
                        .query(String.class)
                        .single());
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** An issued document, as its reader has it. */
    private record Document(String number) {

        private InvoiceIssued issued() {
            return hub.bean(Invoices.class)
                    .list(new InvoiceFilter(null, null, null, number), new PageRequest(1, null))
                    .data()
                    .getFirst();
        }

        byte[] pdf() {
            return hub.bean(Invoices.class).pdf(issued()).orElseThrow().bytes();
        }

        String xml() {
            return new String(
                    hub.bean(Invoices.class).xml(issued()).orElseThrow().bytes(),
                    StandardCharsets.UTF_8);
        }

        String text() {
            try (var document = Loader.loadPDF(pdf())) {
                return new PDFTextStripper().getText(document);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<String> pages() {
            try (var document = Loader.loadPDF(pdf())) {
                var pages = new ArrayList<String>();
                for (int i = 1; i <= document.getNumberOfPages(); i++) {
                    var stripper = new PDFTextStripper();
                    stripper.setStartPage(i);
                    stripper.setEndPage(i);
                    pages.add(stripper.getText(document));
                }
                return pages;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        BigDecimal total(String name) {
            return amounts(name, "SpecifiedTradeSettlementHeaderMonetarySummation").getFirst();
        }

        /** The numbers of that name within an element. */
        List<BigDecimal> amounts(String name, String within) {
            var found = new ArrayList<BigDecimal>();
            String settlement =
                    xml().replaceAll(
                                    "<ram:IncludedSupply.*</ram:IncludedSupplyChainTradeLineItem>",
                                    "");
            String searched = within.equals("ApplicableTradeTax") ? settlement : xml();
            var blocks =
                    Pattern.compile("<ram:" + within + ">(.*?)</ram:" + within + ">")
                            .matcher(searched);
            while (blocks.find()) {
                var amounts =
                        Pattern.compile("<ram:" + name + "[^>]*>([^<]*)<").matcher(blocks.group(1));
                while (amounts.find()) {
                    found.add(new BigDecimal(amounts.group(1)));
                }
            }
            return found;
        }

        String printed(BigDecimal amount) {
            boolean french = text().contains("Net à payer");
            return Amounts.number(amount, french);
        }
    }
}
