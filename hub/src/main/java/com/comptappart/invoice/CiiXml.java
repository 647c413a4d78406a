package com.comptappart.invoice;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Paris;
import com.comptappart.kernel.VatCategory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * Writes the Cross Industry Invoice of a paid invoice or a refunded credit note, profile EN 16931
 * (Factur-X 1.0 namespaces). Totals are sums of our integers: nothing is computed a second time.
 */
final class CiiXml {

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
    private final CiiAmounts amounts;
    private final DocumentWords words;

    private CiiXml(NumberedInvoice invoice) {
        this.invoice = invoice;
        this.content = invoice.content();
        this.currency = content.currency();
        this.amounts = new CiiAmounts(content);
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
            line(i, content.lines().get(i));
        }
        agreement();
        out.append("<ram:ApplicableHeaderTradeDelivery>");
        CiiParties.deliverTo(out, content.terms());
        out.append("<ram:ActualDeliverySupplyChainEvent>");
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
        note(Mentions.registration(content.seller()), "REG");
        for (Note note : content.notes()) {
            if (!note.subject().isEmpty()) {
                note(note.text(), note.subject());
            }
        }
        String treatment = treatment(content.buyer());
        if (!treatment.isEmpty()) {
            note(treatment, "BAR");
        }
        out.append("</rsm:ExchangedDocument>");
    }

    /** To whom the reform sends the invoice (BR-FR-20); B2B needs the buyer's SIREN (BR-FR-11). */
    private static String treatment(Party buyer) {
        if (!buyer.business()) {
            return "B2C";
        }
        if (!CiiParties.country(buyer).equals("FR")) {
            return "B2BINT";
        }
        return CiiParties.hasSiren(buyer) ? "B2B" : "";
    }

    private void note(String text, String code) {
        out.append("<ram:IncludedNote>");
        element("ram:Content", text);
        element("ram:SubjectCode", code);
        out.append("</ram:IncludedNote>");
    }

    private void line(int index, InvoiceLine line) {
        out.append("<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument>");
        element("ram:LineID", Integer.toString(index + 1));
        out.append("</ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct>");
        element("ram:Name", Xml.filled(line.name(), "Article"));
        out.append(
                "</ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice>");
        var price = UnitPrice.of(line, currency);
        element("ram:ChargeAmount", price.plain());
        if (price.pieces() > 1) {
            out.append("<ram:BasisQuantity unitCode=\"C62\">")
                    .append(price.pieces())
                    .append("</ram:BasisQuantity>");
        }
        out.append(
                "</ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement><ram:SpecifiedLineTradeDelivery>");
        out.append("<ram:BilledQuantity unitCode=\"C62\">")
                .append(line.quantity())
                .append("</ram:BilledQuantity>");
        out.append(
                "</ram:SpecifiedLineTradeDelivery><ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax>");
        element("ram:TypeCode", "VAT");
        element("ram:CategoryCode", line.category().name());
        percent(line.category(), line.vatRate());
        out.append("</ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementLineMonetarySummation>");
        element("ram:LineTotalAmount", CiiAmounts.text(amounts.netOf(index)));
        out.append(
                "</ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>");
        out.append("</ram:IncludedSupplyChainTradeLineItem>");
    }

    private void agreement() {
        out.append("<ram:ApplicableHeaderTradeAgreement>");
        CiiParties.seller(out, content.seller(), content.isOutsideScope());
        CiiParties.buyer(out, content.buyer(), content.isOutsideScope());
        CiiParties.representative(out, content.seller(), content.isOutsideScope());
        out.append("<ram:SellerOrderReferencedDocument>");
        element("ram:IssuerAssignedID", content.orderReference());
        out.append("</ram:SellerOrderReferencedDocument>");
        var terms = content.terms();
        if (terms != null && terms.purchaseOrder() != null) {
            out.append("<ram:BuyerOrderReferencedDocument>");
            element("ram:IssuerAssignedID", terms.purchaseOrder());
            out.append("</ram:BuyerOrderReferencedDocument>");
        }
        out.append("</ram:ApplicableHeaderTradeAgreement>");
    }

    private void settlement() {
        var payment = content.payment();
        out.append("<ram:ApplicableHeaderTradeSettlement>");
        element("ram:PaymentReference", payment.reference());
        if (content.euroVat() != null) {
            element("ram:TaxCurrencyCode", "EUR");
        }
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
        date("ram:DueDateDateTime", Paris.dayOf(payment.paidAt()));
        out.append("</ram:SpecifiedTradePaymentTerms>");
        totals();
        out.append("</ram:ApplicableHeaderTradeSettlement>");
    }

    private void rate(InvoiceContent.RateTotal total) {
        out.append("<ram:ApplicableTradeTax>");
        element("ram:CalculatedAmount", CiiAmounts.text(amounts.vatOf(total)));
        element("ram:TypeCode", "VAT");
        var exemption = total.exemption();
        if (exemption != null) {
            element("ram:ExemptionReason", exemption.text());
        }
        element("ram:BasisAmount", CiiAmounts.text(amounts.netOf(total)));
        element("ram:CategoryCode", total.category().name());
        if (exemption != null && !exemption.code().isEmpty()) {
            element("ram:ExemptionReasonCode", exemption.code());
        }
        element("ram:DueDateTypeCode", content.seller().vatOnDebits() ? "5" : "72");
        percent(total.category(), total.rate());
        out.append("</ram:ApplicableTradeTax>");
    }

    /** What is outside the scope has no rate (BR-O-05). */
    private void percent(VatCategory category, BigDecimal rate) {
        if (category != VatCategory.O) {
            element("ram:RateApplicablePercent", percent(rate));
        }
    }

    private void totals() {
        out.append("<ram:SpecifiedTradeSettlementHeaderMonetarySummation>");
        element("ram:LineTotalAmount", CiiAmounts.text(amounts.net()));
        element("ram:TaxBasisTotalAmount", CiiAmounts.text(amounts.net()));
        out.append("<ram:TaxTotalAmount currencyID=\"").append(currency.code()).append("\">");
        out.append(CiiAmounts.text(amounts.vat())).append("</ram:TaxTotalAmount>");
        var euroVat = content.euroVat();
        if (euroVat != null) {
            out.append("<ram:TaxTotalAmount currencyID=\"EUR\">")
                    .append(CiiAmounts.text(euroVat.cents()))
                    .append("</ram:TaxTotalAmount>");
        }
        element("ram:GrandTotalAmount", CiiAmounts.text(amounts.gross()));
        element("ram:TotalPrepaidAmount", CiiAmounts.text(amounts.gross()));
        element("ram:DuePayableAmount", CiiAmounts.text(0));
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

    private static String percent(BigDecimal rate) {
        return rate.setScale(Math.max(2, Math.min(4, rate.scale())), RoundingMode.HALF_UP)
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
