package com.comptappart.stripe;

import com.comptappart.kernel.Currency;
import com.comptappart.order.Buyer;
import com.comptappart.order.Delivery;
import com.comptappart.partner.Seller;
import java.util.Set;
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
        /** Another member state. */
        UNION,
        /** The rest of the world, and what is French but outside the Union's VAT. */
        ABROAD
    }

    /** Monaco is France for VAT; Guadeloupe, Martinique and Réunion have rates of their own. */
    private static final Set<String> FRENCH = Set.of("", "FR", "MC");

    private static final Set<String> TAXED_BY_FRANCE = Set.of("", "FR", "MC", "GP", "MQ", "RE");
    private static final Set<String> UNION =
            Set.of(
                    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GR", "HR", "HU",
                    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

    static Place placeOf(String country) {
        if (FRENCH.contains(country)) {
            return Place.HOME;
        }
        return UNION.contains(country) ? Place.UNION : Place.ABROAD;
    }

    static boolean isTaxOfFrance(String country) {
        return TAXED_BY_FRANCE.contains(country);
    }

    /** Goods are where they go, services where the buyer is. */
    Place place(boolean goods) {
        String to = delivery == null ? null : delivery.country();
        String country = goods && to != null ? to : buyer.country();
        return placeOf(country == null ? "" : country);
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

    boolean hasVatNumber() {
        return buyer.vatNumber() != null;
    }
}
