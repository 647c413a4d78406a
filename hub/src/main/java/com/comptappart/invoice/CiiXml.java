package com.comptappart.invoice;

import com.comptappart.kernel.Currency;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Writes the Cross Industry Invoice of a paid invoice or a refunded credit note, profile EN 16931
 * (Factur-X 1.0 namespaces). Totals are sums of our integers: nothing is computed a second time.
 */
final class CiiXml {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final String HEAD =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" \
            xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" \
            xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100" \
            xmlns:qdt="urn:un:unece:uncefact:data:standard:QualifiedDataType:100">\
            <rsm:ExchangedDocumentContext><ram:BusinessProcessSpecifiedDocumentContextParameter><ram:ID>\
            """;

    private final StringBuilder out = new StringBuilder(8_192);
    private final NumberedInvoice invoice;
    private final InvoiceContent content;
    private final Currency currency;
    private final DocumentWords words;

    private CiiXml(NumberedInvoice invoice) {
        this.invoice = invoice;
        this.content = invoice.content();
        this.currency = content.currency();
        this.words = new DocumentWords(content.kind(), true);
    }

    static byte[] write(NumberedInvoice invoice) {
        return new CiiXml(invoice).write().getBytes(StandardCharsets.UTF_8);
    }

    private String write() {
        out.append(HEAD).append(content.nature().businessProcess());
        out.append("</ram:ID></ram:BusinessProcessSpecifiedDocumentContextParameter>");
        out.append(
                "<ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:cen.eu:en16931:2017</ram:ID>");
        out.append(
                "</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>");
        document();
        out.append("<rsm:SupplyChainTradeTransaction>");
        for (int i = 0; i < content.lines().size(); i++) {
            line(i + 1, content.lines().get(i));
        }
        agreement();
        out.append("<ram:ApplicableHeaderTradeDelivery><ram:ActualDeliverySupplyChainEvent>");
        date("ram:OccurrenceDateTime", content.supplyDate());
        out.append("</ram:ActualDeliverySupplyChainEvent></ram:ApplicableHeaderTradeDelivery>");
        settlement();
        out.append("</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>");
        return out.toString();
    }

    private void document() {
        out.append("<rsm:ExchangedDocument>");
        element("ram:ID", invoice.number());
        element("ram:TypeCode", words.typeCode());
        date("ram:IssueDateTime", invoice.issueDate());
        boolean business = content.buyer().business();
        note(Mentions.registration(content.seller()), "REG");
        note(business ? Mentions.LATE_PENALTIES : Mentions.NOT_FOR_CONSUMERS, "PMD");
        note(business ? Mentions.RECOVERY : Mentions.NOT_FOR_CONSUMERS, "PMT");
        note(business ? Mentions.NO_DISCOUNT : Mentions.NOT_FOR_CONSUMERS, "AAB");
        note(business ? "B2B" : "B2C", "BAR");
        out.append("</rsm:ExchangedDocument>");
    }

    private void note(String text, String code) {
        out.append("<ram:IncludedNote>");
        element("ram:Content", text);
        element("ram:SubjectCode", code);
        out.append("</ram:IncludedNote>");
    }

    private void line(int number, InvoiceLine line) {
        out.append("<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument>");
        element("ram:LineID", Integer.toString(number));
        out.append("</ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct>");
        element("ram:Name", Xml.filled(line.name(), "Article"));
        out.append(
                "</ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice>");
        element(
                "ram:ChargeAmount",
                Amounts.unitPrice(line.net(), line.quantity(), currency).toPlainString());
        out.append(
                "</ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement><ram:SpecifiedLineTradeDelivery>");
        out.append("<ram:BilledQuantity unitCode=\"C62\">")
                .append(line.quantity())
                .append("</ram:BilledQuantity>");
        out.append(
                "</ram:SpecifiedLineTradeDelivery><ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax>");
        element("ram:TypeCode", "VAT");
        element("ram:CategoryCode", category(line.vatRate()));
        element("ram:RateApplicablePercent", percent(line.vatRate()));
        out.append("</ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementLineMonetarySummation>");
        element("ram:LineTotalAmount", amount(line.net()));
        out.append(
                "</ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>");
        out.append("</ram:IncludedSupplyChainTradeLineItem>");
    }

    private void agreement() {
        out.append("<ram:ApplicableHeaderTradeAgreement>");
        CiiParties.seller(out, content.seller());
        CiiParties.buyer(out, content.buyer());
        out.append("<ram:SellerOrderReferencedDocument>");
        element("ram:IssuerAssignedID", content.orderReference());
        out.append("</ram:SellerOrderReferencedDocument></ram:ApplicableHeaderTradeAgreement>");
    }

    private void settlement() {
        var payment = content.payment();
        out.append("<ram:ApplicableHeaderTradeSettlement>");
        element("ram:PaymentReference", payment.reference());
        element("ram:InvoiceCurrencyCode", currency.code());
        out.append("<ram:SpecifiedTradeSettlementPaymentMeans>");
        element("ram:TypeCode", Mentions.meansCode(payment));
        element("ram:Information", Mentions.means(payment, true));
        if (payment.last4() != null && payment.method().equals("card")) {
            out.append("<ram:ApplicableTradeSettlementFinancialCard>");
            element("ram:ID", payment.last4());
            out.append("</ram:ApplicableTradeSettlementFinancialCard>");
        }
        out.append("</ram:SpecifiedTradeSettlementPaymentMeans>");
        content.rates().forEach(this::rate);
        out.append("<ram:SpecifiedTradePaymentTerms>");
        date("ram:DueDateDateTime", LocalDate.ofInstant(payment.paidAt(), PARIS));
        out.append("</ram:SpecifiedTradePaymentTerms>");
        totals();
        out.append("</ram:ApplicableHeaderTradeSettlement>");
    }

    private void rate(InvoiceContent.RateTotal total) {
        out.append("<ram:ApplicableTradeTax>");
        element("ram:CalculatedAmount", amount(total.vat()));
        element("ram:TypeCode", "VAT");
        String category = category(total.rate());
        if (category.equals("E")) {
            element("ram:ExemptionReason", Mentions.FRANCHISE);
        }
        element("ram:BasisAmount", amount(total.net()));
        element("ram:CategoryCode", category);
        if (category.equals("E")) {
            element("ram:ExemptionReasonCode", "VATEX-FR-FRANCHISE");
        }
        element("ram:DueDateTypeCode", content.seller().vatOnDebits() ? "5" : "72");
        element("ram:RateApplicablePercent", percent(total.rate()));
        out.append("</ram:ApplicableTradeTax>");
    }

    private void totals() {
        out.append("<ram:SpecifiedTradeSettlementHeaderMonetarySummation>");
        element("ram:LineTotalAmount", amount(content.net()));
        element("ram:TaxBasisTotalAmount", amount(content.net()));
        out.append("<ram:TaxTotalAmount currencyID=\"").append(currency.code()).append("\">");
        out.append(amount(content.vat())).append("</ram:TaxTotalAmount>");
        element("ram:GrandTotalAmount", amount(content.gross()));
        element("ram:TotalPrepaidAmount", amount(content.gross()));
        element("ram:DuePayableAmount", amount(0));
        out.append("</ram:SpecifiedTradeSettlementHeaderMonetarySummation>");
        var corrects = content.corrects();
        if (corrects != null) {
            reference(corrects);
        }
    }

    /** The invoice that a credit note corrects (BT-25, BT-26). */
    private void reference(Correction corrects) {
        out.append("<ram:InvoiceReferencedDocument>");
        element("ram:IssuerAssignedID", corrects.invoiceNumber());
        out.append("<ram:FormattedIssueDateTime><qdt:DateTimeString format=\"102\">");
        out.append(Amounts.compact(corrects.invoiceDate()));
        out.append("</qdt:DateTimeString></ram:FormattedIssueDateTime>");
        out.append("</ram:InvoiceReferencedDocument>");
    }

    /** UNTDID 5305: standard rate, exempt by the small firms' franchise, or zero rate. */
    private String category(BigDecimal rate) {
        if (rate.signum() > 0) {
            return "S";
        }
        return content.seller().franchise() ? "E" : "Z";
    }

    /** EN 16931 admits two decimals at most in amounts, whatever the currency. */
    private String amount(long minor) {
        var decimal = BigDecimal.valueOf(minor, currency.decimals());
        return decimal.setScale(2, java.math.RoundingMode.HALF_UP).toPlainString();
    }

    private static String percent(BigDecimal rate) {
        return rate.setScale(Math.max(2, Math.min(4, rate.scale())), java.math.RoundingMode.HALF_UP)
                .toPlainString();
    }

    private void date(String name, LocalDate date) {
        out.append('<').append(name).append("><udt:DateTimeString format=\"102\">");
        out.append(Amounts.compact(date))
                .append("</udt:DateTimeString></")
                .append(name)
                .append('>');
    }

    private void element(String name, String value) {
        Xml.element(out, name, value);
    }
}
