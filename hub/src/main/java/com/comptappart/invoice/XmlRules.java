package com.comptappart.invoice;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Rules of EN 16931 and of the French profile that are asked of a document's XML as it was issued:
 * those about amounts, about what must be there, and about a document that is paid already. The
 * whole rule books (schema, schematrons) are run by the build on every kind of document.
 */
final class XmlRules {

    private static final String TRADE = "SupplyChainTradeTransaction/";
    static final String LINES = TRADE + "IncludedSupplyChainTradeLineItem";
    private static final String AGREEMENT = TRADE + "ApplicableHeaderTradeAgreement/";
    private static final String SETTLEMENT = TRADE + "ApplicableHeaderTradeSettlement/";
    static final String SUMS = SETTLEMENT + "SpecifiedTradeSettlementHeaderMonetarySummation/";
    static final String NUMBER = "ExchangedDocument/ID";
    static final String DATE = "ExchangedDocument/IssueDateTime";
    static final String TYPE = "ExchangedDocument/TypeCode";
    static final String CURRENCY = SETTLEMENT + "InvoiceCurrencyCode";
    private static final String LINE_TOTAL =
            "SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount";
    private static final String LINE_TAX = "SpecifiedLineTradeSettlement/ApplicableTradeTax/";

    private XmlRules() {}

    /**
     * A rule.
     *
     * @param code as the rule books number it
     */
    record Rule(String code, Predicate<FacturX> holds) {}

    /** That something is there. */
    private static Rule there(String code, String path) {
        return new Rule(code, xml -> !xml.text(path).isEmpty());
    }

    private static Rule ofLines(String code, String path) {
        return new Rule(
                code, xml -> xml.all(LINES).stream().noneMatch(line -> line.text(path).isEmpty()));
    }

    static final List<Rule> MANDATORY =
            List.of(
                    new Rule(
                            "BR-1",
                            xml ->
                                    xml.text(
                                                    "ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID")
                                            .startsWith("urn:cen.eu:en16931:2017")),
                    there("BR-2", NUMBER),
                    there("BR-3", DATE),
                    there("BR-4", TYPE),
                    there("BR-5", CURRENCY),
                    there("BR-6", AGREEMENT + "SellerTradeParty/Name"),
                    there("BR-7", AGREEMENT + "BuyerTradeParty/Name"),
                    there("BR-9", AGREEMENT + "SellerTradeParty/PostalTradeAddress/CountryID"),
                    there("BR-11", AGREEMENT + "BuyerTradeParty/PostalTradeAddress/CountryID"),
                    new Rule("BR-16", xml -> !xml.all(LINES).isEmpty()),
                    ofLines("BR-21", "AssociatedDocumentLineDocument/LineID"),
                    ofLines("BR-22", "SpecifiedLineTradeDelivery/BilledQuantity"),
                    ofLines("BR-24", LINE_TOTAL),
                    ofLines("BR-25", "SpecifiedTradeProduct/Name"),
                    ofLines(
                            "BR-26",
                            "SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount"),
                    ofLines("BR-CO-4", LINE_TAX + "CategoryCode"));

    static final List<Rule> AMOUNTS =
            List.of(
                    new Rule(
                            "BR-CO-10",
                            xml ->
                                    same(
                                            xml.amount(SUMS + "LineTotalAmount"),
                                            xml.sum(LINES + "/" + LINE_TOTAL))),
                    new Rule(
                            "BR-CO-13",
                            xml ->
                                    same(
                                            xml.amount(SUMS + "TaxBasisTotalAmount"),
                                            xml.amount(SUMS + "LineTotalAmount"))),
                    new Rule(
                            "BR-CO-14",
                            xml ->
                                    same(
                                            tax(xml),
                                            xml.sum(
                                                    SETTLEMENT
                                                            + "ApplicableTradeTax/CalculatedAmount"))),
                    new Rule(
                            "BR-CO-15",
                            xml ->
                                    same(
                                            xml.amount(SUMS + "GrandTotalAmount"),
                                            xml.amount(SUMS + "TaxBasisTotalAmount")
                                                    .add(tax(xml)))),
                    new Rule(
                            "BR-CO-16",
                            xml ->
                                    same(
                                            xml.amount(SUMS + "DuePayableAmount"),
                                            xml.amount(SUMS + "GrandTotalAmount")
                                                    .subtract(
                                                            xml.amount(
                                                                    SUMS + "TotalPrepaidAmount")))),
                    new Rule("BR-CO-17", xml -> rates(xml).allMatch(XmlRules::isOfItsRate)),
                    new Rule("BR-S-8", xml -> rates(xml).allMatch(rate -> isOfItsLines(xml, rate))),
                    new Rule(
                            "BR-DEC",
                            xml ->
                                    Stream.of(
                                                    "LineTotalAmount",
                                                    "TaxBasisTotalAmount",
                                                    "TaxTotalAmount",
                                                    "GrandTotalAmount",
                                                    "TotalPrepaidAmount",
                                                    "DuePayableAmount")
                                            .flatMap(name -> xml.all(SUMS + name).stream())
                                            .allMatch(each ->
                                                    new BigDecimal(each.text()).scale() <= 2)));

    static final List<Rule> FRENCH =
            List.of(
                    new Rule("BR-FR-01", xml -> xml.text(NUMBER).length() <= 35),
                    new Rule("BR-FR-02", xml -> xml.text(NUMBER).matches("[A-Za-z0-9+\\-_/]+")),
                    new Rule("BR-FR-04", xml -> List.of("380", "381").contains(xml.text(TYPE))),
                    new Rule(
                            "BR-FR-08",
                            xml ->
                                    List.of("B2", "S2", "M2")
                                            .contains(
                                                    xml.text(
                                                            "ExchangedDocumentContext/BusinessProcessSpecifiedDocumentContextParameter/ID"))),
                    new Rule(
                            "BR-FR-CO-05",
                            xml -> !xml.text(TYPE).equals("381") || hasReference(xml)),
                    new Rule("BR-FR-CO-09", XmlRules::isPaid),
                    new Rule(
                            "BR-FR-CO-12",
                            xml ->
                                    xml.text(CURRENCY).equals("EUR")
                                            || taxes(xml, "EUR").findFirst().isPresent()));

    private static boolean hasReference(FacturX xml) {
        String reference = SETTLEMENT + "InvoiceReferencedDocument/";
        return !xml.text(reference + "IssuerAssignedID").isEmpty()
                && !xml.text(reference + "FormattedIssueDateTime").isEmpty();
    }

    private static boolean isPaid(FacturX xml) {
        return same(xml.amount(SUMS + "TotalPrepaidAmount"), xml.amount(SUMS + "GrandTotalAmount"))
                && xml.amount(SUMS + "DuePayableAmount").signum() == 0
                && !xml.text(SETTLEMENT + "SpecifiedTradePaymentTerms/DueDateDateTime").isEmpty();
    }

    private static Stream<FacturX> rates(FacturX xml) {
        return xml.all(SETTLEMENT + "ApplicableTradeTax").stream();
    }

    /** Within one unit: the tax is what is left of a price that includes it. */
    private static boolean isOfItsRate(FacturX rate) {
        String percent = rate.text("RateApplicablePercent");
        var expected =
                rate.amount("BasisAmount")
                        .multiply(percent.isEmpty() ? BigDecimal.ZERO : new BigDecimal(percent))
                        .movePointLeft(2)
                        .setScale(2, RoundingMode.HALF_UP);
        return expected.subtract(rate.amount("CalculatedAmount")).abs().compareTo(BigDecimal.ONE)
                <= 0;
    }

    private static boolean isOfItsLines(FacturX xml, FacturX rate) {
        String category = rate.text("CategoryCode");
        String percent = rate.text("RateApplicablePercent");
        var sum =
                xml.all(LINES).stream()
                        .filter(line -> line.text(LINE_TAX + "CategoryCode").equals(category))
                        .filter(line -> samePercent(line, percent))
                        .map(line -> line.amount(LINE_TOTAL))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        return same(sum, rate.amount("BasisAmount"));
    }

    private static boolean samePercent(FacturX line, String percent) {
        String of = line.text(LINE_TAX + "RateApplicablePercent");
        if (of.isEmpty() || percent.isEmpty()) {
            return of.equals(percent);
        }
        return same(new BigDecimal(of), new BigDecimal(percent));
    }

    /** In the document's own currency. */
    private static BigDecimal tax(FacturX xml) {
        return taxes(xml, xml.text(CURRENCY))
                .findFirst()
                .orElseThrow(() -> new NumberFormatException("no TaxTotalAmount"));
    }

    private static Stream<BigDecimal> taxes(FacturX xml, String currency) {
        return xml.all(SUMS + "TaxTotalAmount").stream()
                .filter(each -> each.attribute("currencyID").equals(currency))
                .map(each -> new BigDecimal(each.text()));
    }

    private static boolean same(BigDecimal one, BigDecimal other) {
        return one.compareTo(other) == 0;
    }
}
