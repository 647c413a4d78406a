package com.comptappart.partner;

import java.math.BigDecimal;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The default seller's legal identity, {@code COMPTAPPART_SELLER_*}. */
@ConfigurationProperties("comptappart.seller")
record SellerProperties(
        @DefaultValue("") String name,
        @DefaultValue("") String legalForm,
        @DefaultValue("") String capital,
        @DefaultValue Address address,
        @DefaultValue("") String siren,
        @DefaultValue("") String siret,
        @DefaultValue("") String rcs,
        @DefaultValue("") String vatNumber,
        @DefaultValue("normal") String vatRegime,
        @DefaultValue("20") BigDecimal vatRate,
        @DefaultValue("false") boolean vatOnDebits,
        @DefaultValue("services") String nature,
        @DefaultValue("") String email,
        @DefaultValue("") String phone,
        @DefaultValue("") String website,
        @DefaultValue("") String termsUrl,
        @DefaultValue("F") String invoicePrefix,
        @DefaultValue("A") String creditNotePrefix,
        @DefaultValue("") String footer,
        @DefaultValue("") String guarantee,
        @DefaultValue VatGroup vatGroup) {

    /** The VAT group, {@code COMPTAPPART_SELLER_VATGROUP_*}. */
    record VatGroup(
            @DefaultValue("") String name,
            @DefaultValue("") String address,
            @DefaultValue("") String vatNumber) {

        boolean isWhole() {
            return name.isBlank() || (!address.isBlank() && vatNumber.matches("FR[0-9A-Z]{11}"));
        }
    }

    /** Postal address, {@code COMPTAPPART_SELLER_ADDRESS_*}. */
    record Address(
            @DefaultValue("") String line1,
            @DefaultValue("") String line2,
            @DefaultValue("") String postalCode,
            @DefaultValue("") String city,
            @DefaultValue("FR") String country) {}

    boolean franchise() {
        return "franchise".equals(vatRegime);
    }
}
