package com.comptappart.partner;

import java.math.BigDecimal;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The legal entity that issues invoices; empty text where a mention does not apply.
 *
 * @param id names the seller's number series
 * @param franchise VAT exemption of small firms (CGI art. 293 B): no VAT is shown
 * @param vatRate percent applied, tax included, to what Stripe did not tax itself
 * @param guarantee the words about the legal guarantee that consumers must get with some goods
 * @param nature {@code goods}, {@code services} or {@code mixed} (CGI ann. II art. 242 nonies A)
 */
public record Seller(
        String id,
        String name,
        String legalForm,
        String capital,
        String line1,
        String line2,
        String postalCode,
        String city,
        String country,
        String siren,
        String siret,
        String rcs,
        String vatNumber,
        boolean franchise,
        BigDecimal vatRate,
        boolean vatOnDebits,
        String nature,
        String email,
        String phone,
        String website,
        String termsUrl,
        String invoicePrefix,
        String creditNotePrefix,
        String footer,
        String guarantee,
        VatGroup vatGroup) {

    /** How to write to the seller, by mail or by post, in one line. */
    public String contact() {
        return Stream.of(name, email, line1, line2, (postalCode + " " + city).strip())
                .filter(each -> !each.isBlank())
                .collect(Collectors.joining(", "));
    }

    /**
     * The VAT group that the seller is a member of (CGI art. 256 C); empty where it is in none.
     *
     * @param address in one line
     */
    public record VatGroup(String name, String address, String vatNumber) {
        public boolean isThere() {
            return !name.isBlank();
        }
    }
}
