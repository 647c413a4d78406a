package com.comptappart.stripe;

import com.comptappart.kernel.Luhn;
import com.comptappart.kernel.Reason;
import com.comptappart.order.Buyer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What an invoice must say of its buyer and Stripe does not: nothing waits for it, a person is
 * told.
 *
 * <p>Source: CGI ann. II art. 242 nonies A, I 1°: name, address, and the SIREN of a business.
 */
final class BuyerGaps {

    /** Where businesses have a SIREN; the Pacific's have registers of their own. */
    private static final Set<String> SIREN =
            Set.of("FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF");

    private BuyerGaps() {}

    static List<String> of(Buyer buyer) {
        var gaps = new ArrayList<String>();
        if (!SessionFields.canBeWrittenTo(buyer)) {
            gaps.add(Reason.EMAIL_UNUSABLE.text());
        }
        boolean named = buyer.name() != null || buyer.company() != null;
        if (!named || buyer.line1() == null || buyer.city() == null) {
            gaps.add(Reason.BUYER_WITHOUT_ADDRESS.text());
        }
        String country = buyer.country() == null ? "" : buyer.country();
        if (buyer.business() && SIREN.contains(country) && isWithoutNumber(buyer)) {
            gaps.add(Reason.BUYER_WITHOUT_SIREN.text());
        }
        String siren = buyer.siren();
        if (siren != null && siren.matches("[0-9]+") && !Luhn.holds(siren)) {
            gaps.add(Reason.BUYERS_SIREN_WRONG.text(siren));
        }
        if (isFrenchAbroad(buyer, country)) {
            gaps.add(Reason.FRENCH_NUMBER_ABROAD.text(country));
        }
        return gaps;
    }

    /** A company of another member state may have an address in France, and no SIREN. */
    private static boolean isWithoutNumber(Buyer buyer) {
        String number = buyer.vatNumber();
        return buyer.siren() == null && (number == null || number.startsWith("FR"));
    }

    private static boolean isFrenchAbroad(Buyer buyer, String country) {
        String number = buyer.vatNumber();
        boolean french = number != null && number.startsWith("FR");
        // Monaco's numbers begin like France's.
        return french && !country.isEmpty() && !country.equals("MC") && !SIREN.contains(country);
    }
}
