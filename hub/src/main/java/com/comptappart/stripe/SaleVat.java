package com.comptappart.stripe;

import com.comptappart.kernel.Currency;
import com.comptappart.order.Buyer;
import com.comptappart.order.Delivery;
import com.comptappart.partner.Seller;
import org.jspecify.annotations.Nullable;

/**
 * What decides the VAT of a sale, besides its lines.
 *
 * @param taxExempt Stripe's word about the customer: {@code none}, {@code exempt}, {@code reverse}
 * @param exemption the sale's own VATEX code, empty where it has none
 */
record SaleVat(
        Seller seller,
        Buyer buyer,
        @Nullable Delivery delivery,
        String taxExempt,
        String exemption,
        Currency currency) {

    /** Where a supply is, as VAT sees it. */
    enum Place {
        /** Where French VAT applies; also where nobody says. */
        HOME,
        /** Guadeloupe, Martinique, Réunion: French VAT with rates of its own (CGI art. 296). */
        OVERSEAS,
        /**
         * Guyane and Mayotte, where there is none, and goods from the mainland to any of the five
         * departments, which are exports (CGI art. 294, 1 and 2).
         */
        UNTAXED_OVERSEAS,
        /** Another member state. */
        UNION,
        /** The rest of the world, and what is French but outside the Union's VAT. */
        ABROAD;

        /** Whether French VAT is not for it, nor another of the Union's. */
        boolean isOutside() {
            return this == ABROAD || this == UNTAXED_OVERSEAS;
        }
    }

    /** Whether a tax of that country is France's. */
    static boolean isTaxOfFrance(String country) {
        var of = new Territory(country);
        return of.isMainland() || of.isTaxedOverseas();
    }

    /** Whether a tax of that country is the Union's VAT, which the one-stop shop declares. */
    boolean isTaxOfUnion(String country, boolean goods) {
        boolean northern = country.equals("GB") && place(goods) == Place.UNION;
        return northern || new Territory(country).isUnion(goods);
    }

    /** Goods are where they go, services where the buyer is. */
    Place place(boolean goods) {
        var to = territory(goods);
        boolean fromMainland = Territory.of(seller.country(), seller.postalCode()).isMainland();
        if (to.isMainland() || (to.isOverseasDepartment() && !fromMainland)) {
            return Place.HOME;
        }
        if (to.isOverseasDepartment()) {
            return goods || to.isUntaxedOverseas() ? Place.UNTAXED_OVERSEAS : Place.OVERSEAS;
        }
        return to.isUnion(goods) ? Place.UNION : Place.ABROAD;
    }

    private Territory territory(boolean goods) {
        if (goods && delivery != null && delivery.country() != null) {
            return Territory.of(delivery.country(), delivery.postalCode());
        }
        String number = buyer.vatNumber();
        boolean northern =
                "GB".equals(buyer.country())
                        && buyer.postalCode() == null
                        && number != null
                        && number.startsWith(Territory.NORTHERN_IRELAND);
        return northern
                ? new Territory(Territory.NORTHERN_IRELAND)
                : Territory.of(buyer.country(), buyer.postalCode());
    }

    /** What isn't said to be goods counts as such only where it is delivered. */
    boolean isGoods(String nature) {
        String own = nature.isEmpty() ? seller.nature() : nature;
        return own.equals("goods") || (own.equals("mixed") && delivery != null);
    }

    /** Whether the buyer is a business of another member state. */
    boolean hasForeignVatNumber() {
        String number = buyer.vatNumber();
        return number != null && !number.startsWith("FR");
    }

    /** Whether it gave a French number where that of its own country is wanted. */
    boolean hasFrenchVatNumber() {
        String number = buyer.vatNumber();
        return number != null && number.startsWith("FR");
    }

    boolean hasVatNumber() {
        return buyer.vatNumber() != null;
    }
}
