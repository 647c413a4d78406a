package com.comptappart.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * The French rules of electronic invoices (BR-FR, flux 2) that concern our documents, written down
 * by ourselves: a second opinion beside the schematron.
 *
 * <p>Source: {@code invoicing.md}, "Official BR-FR rules that bind us".
 */
public final class FrenchRules {

    private static final Set<String> TYPES =
            Set.of(
                    "380", "389", "393", "501", "386", "500", "384", "471", "472", "473", "261",
                    "262", "381", "396", "502", "503");
    private static final Set<String> RECTIFYING = Set.of("384", "471", "472", "473");
    private static final Set<String> CREDITING = Set.of("261", "381", "396", "502", "503");
    private static final Set<String> PROCESSES =
            Set.of(
                    "B1", "S1", "M1", "B2", "S2", "M2", "S3", "B4", "S4", "M4", "S5", "S6", "B7",
                    "S7");
    private static final Set<String> PAID = Set.of("B2", "S2", "M2");
    private static final Set<String> CATEGORIES = Set.of("S", "E", "AE", "K", "G", "O", "Z");
    private static final Set<String> TREATMENTS =
            Set.of("B2B", "B2BINT", "B2C", "OUTOFSCOPE", "ARCHIVEONLY");
    private static final List<BigDecimal> RATES =
            List.of(
                            "0", "10", "13", "20", "8.5", "19.6", "2.1", "5.5", "7", "20.6", "1.05",
                            "0.9", "1.75", "9.2", "9.6")
                    .stream()
                    .map(BigDecimal::new)
                    .toList();

    private final Element root;
    private final Set<String> broken = new TreeSet<>();

    private FrenchRules(byte[] xml) {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        try {
            root =
                    factory.newDocumentBuilder()
                            .parse(new ByteArrayInputStream(xml))
                            .getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The ids of the rules that a document breaks. */
    public static Set<String> broken(byte[] xml) {
        var rules = new FrenchRules(xml);
        rules.numbersAndDates();
        rules.notes();
        rules.parties();
        rules.taxes();
        rules.references();
        rules.payment();
        rules.numbers();
        return rules.broken;
    }

    public static Set<String> broken(String xml) {
        return broken(xml.getBytes(StandardCharsets.UTF_8));
    }

    private void numbersAndDates() {
        var ids = texts("ExchangedDocument/ID");
        ids.addAll(texts(SETTLEMENT + "InvoiceReferencedDocument/IssuerAssignedID"));
        for (String id : ids) {
            check("BR-FR-01", id.length() <= 35);
            check("BR-FR-02", id.matches("[A-Za-z0-9+_/-]+"));
        }
        for (String path :
                List.of(
                        "ExchangedDocument/IssueDateTime/DateTimeString",
                        SETTLEMENT + "SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString",
                        TRANSACTION
                                + "ApplicableHeaderTradeDelivery/ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString",
                        SETTLEMENT
                                + "InvoiceReferencedDocument/FormattedIssueDateTime/DateTimeString")) {
            texts(path).forEach(date -> check("BR-FR-03", date.matches("20[0-9]{6}")));
        }
        check("BR-FR-04", TYPES.contains(type()));
        check("BR-FR-08", PROCESSES.contains(process()));
    }

    private void notes() {
        for (String code : List.of("PMT", "PMD", "AAB")) {
            check("BR-FR-05", !notes(code).isEmpty());
            check("BR-FR-06", notes(code).size() <= 1);
        }
        check("BR-FR-06", notes("TXD").size() <= 1);
        check("BR-FR-30", notes("BAR").size() <= 1);
        notes("BAR").forEach(note -> check("BR-FR-20", TREATMENTS.contains(note)));
    }

    private void parties() {
        String seller = AGREEMENT + "SellerTradeParty/";
        String buyer = AGREEMENT + "BuyerTradeParty/";
        String sellerSiren = legalId(seller);
        String buyerSiren = legalId(buyer);
        check("BR-FR-10", sellerSiren.matches("[0-9]{9}"));
        siret(seller, sellerSiren);
        siret(buyer, buyerSiren);
        boolean business = notes("BAR").contains("B2B");
        check("BR-FR-11", !business || buyerSiren.matches("[0-9]{9}"));
        String buyerAddress = text(buyer + "URIUniversalCommunication/URIID");
        check("BR-FR-12", !buyerAddress.isEmpty());
        check("BR-FR-13", !text(seller + "URIUniversalCommunication/URIID").isEmpty());
        boolean routed =
                buyerAddress.startsWith(buyerSiren)
                        && elements(buyer + "URIUniversalCommunication/URIID").stream()
                                .allMatch(id -> id.getAttribute("schemeID").equals("0225"));
        check("BR-FR-21", !business || routed);
        boolean member =
                elements(seller + "GlobalID").stream()
                        .anyMatch(id -> id.getAttribute("schemeID").equals("0231"));
        check("BR-FR-CO-14", !member || notes("TXD").contains("MEMBRE_ASSUJETTI_UNIQUE"));
    }

    private void siret(String party, String siren) {
        for (Element id : elements(party + "GlobalID")) {
            boolean siret = id.getAttribute("schemeID").equals("0009");
            check(
                    "BR-FR-09",
                    !siret || (text(id).matches("[0-9]{14}") && text(id).startsWith(siren)));
        }
    }

    private void taxes() {
        var taxes = elements(SETTLEMENT + "ApplicableTradeTax");
        taxes.addAll(elements(LINE + "SpecifiedLineTradeSettlement/ApplicableTradeTax"));
        for (Element tax : taxes) {
            check("BR-FR-15", CATEGORIES.contains(child(tax, "CategoryCode")));
            String rate = child(tax, "RateApplicablePercent");
            if (!rate.isEmpty()) {
                check(
                        "BR-FR-16",
                        RATES.stream().anyMatch(each -> each.compareTo(new BigDecimal(rate)) == 0));
                check(
                        "BR-FR-DEC-04",
                        rate.matches("[0-9]{1,4}(\\.[0-9]{1,2})?")
                                && rate.replace(".", "").length() <= 4);
            }
        }
        String currency = text(SETTLEMENT + "InvoiceCurrencyCode");
        boolean inEuros =
                text(SETTLEMENT + "TaxCurrencyCode").equals("EUR")
                        && elements(TOTALS + "TaxTotalAmount").stream()
                                .anyMatch(total -> total.getAttribute("currencyID").equals("EUR"));
        check("BR-FR-CO-12", currency.equals("EUR") || inEuros);
    }

    private void references() {
        long dated =
                elements(SETTLEMENT + "InvoiceReferencedDocument").stream()
                        .filter(each ->
                                !child(each, "IssuerAssignedID").isEmpty()
                                        && !child(each, "FormattedIssueDateTime").isEmpty())
                        .count();
        check("BR-FR-CO-04", !RECTIFYING.contains(type()) || dated == 1);
        check("BR-FR-CO-05", !CREDITING.contains(type()) || dated >= 1);
    }

    private void payment() {
        String due = text(SETTLEMENT + "SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString");
        String issued = text("ExchangedDocument/IssueDateTime/DateTimeString");
        boolean paid = PAID.contains(process());
        check("BR-FR-CO-07", due.isEmpty() || paid || due.compareTo(issued) >= 0);
        if (paid) {
            check(
                    "BR-FR-CO-09",
                    text(TOTALS + "TotalPrepaidAmount").equals(text(TOTALS + "GrandTotalAmount"))
                            && new BigDecimal(text(TOTALS + "DuePayableAmount")).signum() == 0
                            && !due.isEmpty());
        }
    }

    private void numbers() {
        for (String name :
                List.of(
                        "LineTotalAmount",
                        "TaxBasisTotalAmount",
                        "TaxTotalAmount",
                        "GrandTotalAmount",
                        "TotalPrepaidAmount",
                        "DuePayableAmount")) {
            texts(TOTALS + name).forEach(this::amount);
        }
        texts(SETTLEMENT + "ApplicableTradeTax/CalculatedAmount").forEach(this::amount);
        texts(SETTLEMENT + "ApplicableTradeTax/BasisAmount").forEach(this::amount);
        texts(
                        LINE
                                + "SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount")
                .forEach(this::amount);
        texts(LINE + "SpecifiedLineTradeDelivery/BilledQuantity")
                .forEach(each ->
                        check("BR-FR-DEC-02", each.matches("-?[0-9]{1,19}(\\.[0-9]{1,4})?")));
        texts(LINE + "SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount")
                .forEach(
                        each -> check("BR-FR-DEC-03", each.matches("[0-9]{1,13}(\\.[0-9]{1,6})?")));
    }

    private void amount(String amount) {
        check("BR-FR-DEC-01", amount.matches("-?[0-9]{1,17}(\\.[0-9]{1,2})?"));
    }

    private static final String TRANSACTION = "SupplyChainTradeTransaction/";
    private static final String AGREEMENT = TRANSACTION + "ApplicableHeaderTradeAgreement/";
    private static final String SETTLEMENT = TRANSACTION + "ApplicableHeaderTradeSettlement/";
    private static final String TOTALS =
            SETTLEMENT + "SpecifiedTradeSettlementHeaderMonetarySummation/";
    private static final String LINE = TRANSACTION + "IncludedSupplyChainTradeLineItem/";

    private void check(String rule, boolean holds) {
        if (!holds) {
            broken.add(rule);
        }
    }

    private String type() {
        return text("ExchangedDocument/TypeCode");
    }

    private String process() {
        return text("ExchangedDocumentContext/BusinessProcessSpecifiedDocumentContextParameter/ID");
    }

    private String legalId(String party) {
        return text(party + "SpecifiedLegalOrganization/ID");
    }

    private List<String> notes(String code) {
        return elements("ExchangedDocument/IncludedNote").stream()
                .filter(note -> child(note, "SubjectCode").equals(code))
                .map(note -> child(note, "Content"))
                .toList();
    }

    private String text(String path) {
        var found = texts(path);
        return found.isEmpty() ? "" : found.getFirst();
    }

    private List<String> texts(String path) {
        return new ArrayList<>(elements(path).stream().map(FrenchRules::text).toList());
    }

    private static String text(Element element) {
        return element.getTextContent().strip();
    }

    private static String child(Element element, String name) {
        var found = children(element, name);
        return found.isEmpty() ? "" : text(found.getFirst());
    }

    private List<Element> elements(String path) {
        List<Element> found = new ArrayList<>(List.of(root));
        for (String name : path.split("/", -1)) {
            found =
                    new ArrayList<>(
                            found.stream().flatMap(each -> children(each, name).stream()).toList());
        }
        return found;
    }

    private static List<Element> children(Element parent, String name) {
        var found = new ArrayList<Element>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && name.equals(element.getLocalName())) {
                found.add(element);
            }
        }
        return found;
    }
}
