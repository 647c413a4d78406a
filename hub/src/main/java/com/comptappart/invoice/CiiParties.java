package com.comptappart.invoice;

import org.jspecify.annotations.Nullable;

/** Writes seller (BG-4) and buyer (BG-7) of a Cross Industry Invoice. */
final class CiiParties {

    private final StringBuilder out;

    private CiiParties(StringBuilder out) {
        this.out = out;
    }

    /**
     * @param outsideScope whether the whole invoice is: then it names no VAT number (BR-O-02)
     */
    static void seller(StringBuilder out, SellerSnapshot seller, boolean outsideScope) {
        new CiiParties(out).seller(seller, outsideScope);
    }

    static void buyer(StringBuilder out, Party buyer, boolean outsideScope) {
        new CiiParties(out).buyer(buyer, outsideScope);
    }

    /**
     * The VAT group that the seller is a member of (BG-11).
     *
     * @param outsideScope as for the seller
     */
    static void representative(StringBuilder out, SellerSnapshot seller, boolean outsideScope) {
        var group = seller.vatGroup();
        if (group != null && !outsideScope) {
            new CiiParties(out).representative(group);
        }
    }

    /** Where the goods went (BG-13), if not to the buyer. */
    static void deliverTo(StringBuilder out, @Nullable Terms terms) {
        if (terms != null && terms.deliverTo() != null) {
            new CiiParties(out).deliverTo(terms.deliverTo());
        }
    }

    static boolean hasSiren(Party buyer) {
        return siren(buyer) != null;
    }

    private static @Nullable String siren(Party buyer) {
        String siren = buyer.siren();
        return siren != null && siren.matches("[0-9]{9}") ? siren : null;
    }

    /** Where nobody said, it is France. */
    static String country(Party buyer) {
        String country = buyer.country();
        return country != null && country.matches("[A-Z]{2}") ? country : "FR";
    }

    private void representative(VatGroup group) {
        out.append("<ram:SellerTaxRepresentativeTradeParty>");
        element("ram:Name", group.name());
        address(null, group.address(), null, null, "FR", null);
        out.append("<ram:SpecifiedTaxRegistration>");
        scheme("VA", group.vatNumber());
        out.append("</ram:SpecifiedTaxRegistration></ram:SellerTaxRepresentativeTradeParty>");
    }

    private void deliverTo(DeliverTo place) {
        out.append("<ram:ShipToTradeParty>");
        optional("ram:Name", place.name());
        address(
                place.postalCode(),
                place.line1(),
                place.line2(),
                place.city(),
                place.country(),
                place.state());
        out.append("</ram:ShipToTradeParty>");
    }

    private void seller(SellerSnapshot seller, boolean outsideScope) {
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
                seller.country(),
                null);
        uri("0225", seller.siren());
        out.append("<ram:SpecifiedTaxRegistration>");
        if (seller.vatNumber().isBlank() || outsideScope) {
            scheme("FC", seller.siren());
        } else {
            scheme("VA", seller.vatNumber());
        }
        out.append("</ram:SpecifiedTaxRegistration></ram:SellerTradeParty>");
    }

    private void buyer(Party buyer, boolean outsideScope) {
        String siren = siren(buyer);
        out.append("<ram:BuyerTradeParty>");
        element("ram:Name", Xml.filled(buyer.name(), Xml.filled(buyer.email(), "Client")));
        if (siren != null) {
            out.append("<ram:SpecifiedLegalOrganization><ram:ID schemeID=\"0002\">");
            out.append(siren).append("</ram:ID></ram:SpecifiedLegalOrganization>");
        }
        if (buyer.contact() != null && !buyer.contact().isBlank()) {
            out.append("<ram:DefinedTradeContact>");
            element("ram:PersonName", buyer.contact());
            out.append("</ram:DefinedTradeContact>");
        }
        address(
                buyer.postalCode(),
                buyer.line1(),
                buyer.line2(),
                buyer.city(),
                country(buyer),
                buyer.state());
        if (siren != null) {
            uri("0225", siren);
        } else if (buyer.email() != null && !buyer.email().isBlank()) {
            uri("EM", buyer.email());
        }
        if (buyer.vatNumber() != null && !buyer.vatNumber().isBlank() && !outsideScope) {
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
            String country,
            @Nullable String state) {
        out.append("<ram:PostalTradeAddress>");
        optional("ram:PostcodeCode", postalCode);
        optional("ram:LineOne", line1);
        optional("ram:LineTwo", line2);
        optional("ram:CityName", city);
        element("ram:CountryID", country);
        optional("ram:CountrySubDivisionName", state);
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
