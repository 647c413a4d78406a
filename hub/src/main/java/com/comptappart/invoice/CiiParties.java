package com.comptappart.invoice;

import org.jspecify.annotations.Nullable;

/** Writes seller (BG-4) and buyer (BG-7) of a Cross Industry Invoice. */
final class CiiParties {

    private final StringBuilder out;

    private CiiParties(StringBuilder out) {
        this.out = out;
    }

    static void seller(StringBuilder out, SellerSnapshot seller) {
        new CiiParties(out).seller(seller);
    }

    static void buyer(StringBuilder out, Party buyer) {
        new CiiParties(out).buyer(buyer);
    }

    private void seller(SellerSnapshot seller) {
        out.append("<ram:SellerTradeParty>");
        element("ram:Name", seller.name());
        out.append("<ram:SpecifiedLegalOrganization><ram:ID schemeID=\"0002\">");
        Xml.escape(out, seller.siren());
        out.append("</ram:ID></ram:SpecifiedLegalOrganization>");
        address(
                seller.postalCode(),
                seller.line1(),
                seller.line2(),
                seller.city(),
                seller.country());
        uri("0225", seller.siren());
        out.append("<ram:SpecifiedTaxRegistration>");
        if (seller.vatNumber().isBlank()) {
            scheme("FC", seller.siren());
        } else {
            scheme("VA", seller.vatNumber());
        }
        out.append("</ram:SpecifiedTaxRegistration></ram:SellerTradeParty>");
    }

    private void buyer(Party buyer) {
        out.append("<ram:BuyerTradeParty>");
        element("ram:Name", Xml.filled(buyer.name(), Xml.filled(buyer.email(), "Client")));
        if (buyer.siren() != null && buyer.siren().matches("[0-9]{9}")) {
            out.append("<ram:SpecifiedLegalOrganization><ram:ID schemeID=\"0002\">");
            out.append(buyer.siren()).append("</ram:ID></ram:SpecifiedLegalOrganization>");
        }
        String country = buyer.country();
        address(
                buyer.postalCode(),
                buyer.line1(),
                buyer.line2(),
                buyer.city(),
                country != null && country.matches("[A-Z]{2}") ? country : "FR");
        if (buyer.siren() != null && buyer.siren().matches("[0-9]{9}")) {
            uri("0225", buyer.siren());
        } else if (buyer.email() != null && !buyer.email().isBlank()) {
            uri("EM", buyer.email());
        }
        if (buyer.vatNumber() != null && !buyer.vatNumber().isBlank()) {
            out.append("<ram:SpecifiedTaxRegistration>");
            scheme("VA", buyer.vatNumber());
            out.append("</ram:SpecifiedTaxRegistration>");
        }
        out.append("</ram:BuyerTradeParty>");
    }

    private void address(
            @Nullable String postalCode,
            @Nullable String line1,
            @Nullable String line2,
            @Nullable String city,
            String country) {
        out.append("<ram:PostalTradeAddress>");
        optional("ram:PostcodeCode", postalCode);
        optional("ram:LineOne", line1);
        optional("ram:LineTwo", line2);
        optional("ram:CityName", city);
        element("ram:CountryID", country);
        out.append("</ram:PostalTradeAddress>");
    }

    private void uri(String scheme, String value) {
        out.append("<ram:URIUniversalCommunication><ram:URIID schemeID=\"")
                .append(scheme)
                .append("\">");
        Xml.escape(out, value);
        out.append("</ram:URIID></ram:URIUniversalCommunication>");
    }

    private void scheme(String scheme, String value) {
        out.append("<ram:ID schemeID=\"").append(scheme).append("\">");
        Xml.escape(out, value);
        out.append("</ram:ID>");
    }

    private void optional(String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            element(name, value);
        }
    }

    private void element(String name, String value) {
        Xml.element(out, name, value);
    }
}
