package com.comptappart.accounting;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a document's Factur-X says of its totals and taxes, read by nothing of the hub's. */
final class DocumentXml {

    private static final Pattern TAX =
            Pattern.compile(
                    "<ram:ApplicableTradeTax>\\s*<ram:CalculatedAmount>(.*?)</ram:ApplicableTradeTax>",
                    Pattern.DOTALL);

    private final String xml;

    DocumentXml(byte[] bytes) {
        xml = new String(bytes, StandardCharsets.UTF_8);
    }

    BigDecimal total() {
        return new BigDecimal(first("<ram:GrandTotalAmount>([^<]*)<", xml, ""));
    }

    String currency() {
        return first("<ram:InvoiceCurrencyCode>([^<]*)<", xml, "");
    }

    /** As it is stated beside a total in another currency. */
    BigDecimal vatInEuros() {
        return new BigDecimal(first("<ram:TaxTotalAmount currencyID=\"EUR\">([^<]*)<", xml, "0"));
    }

    /** By category and rate, or category and code of the exemption. */
    Map<String, BigDecimal> vat() {
        Map<String, BigDecimal> vat = new TreeMap<>();
        var found = TAX.matcher(xml);
        while (found.find()) {
            String block = found.group(1);
            String category = first("<ram:CategoryCode>([^<]*)<", block, "");
            String rate = first("<ram:RateApplicablePercent>([^<]*)<", block, "0");
            String code = first("<ram:ExemptionReasonCode>([^<]*)<", block, "");
            String detail =
                    category.equals("S")
                            ? new BigDecimal(rate).stripTrailingZeros().toPlainString()
                            : code;
            var amount = new BigDecimal(block.substring(0, block.indexOf('<')));
            vat.merge((category + " " + detail).strip(), amount, BigDecimal::add);
        }
        return vat;
    }

    private static String first(String pattern, String text, String otherwise) {
        var found = Pattern.compile(pattern).matcher(text);
        return found.find() ? found.group(1) : otherwise;
    }
}
