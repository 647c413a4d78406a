package com.comptappart.accounting;

import com.comptappart.testing.Sale;
import java.util.List;

/**
 * A way in which a sale is taxed: what Stripe tells of it, and what the document must say.
 *
 * @see GeneratedSales
 */
enum Regime {
    HOME_SERVICES(Told.FRENCH_TAX, "services", ""),
    HOME_GOODS(Told.FRENCH_TAX, "goods", ""),
    HOME_MIXED(Told.FRENCH_TAX, "mixed", ""),
    COMPANY(Told.FRENCH_TAX, "services", ""),
    /** Without Stripe Tax the products' own rates are within their prices. */
    OWN_RATES(Told.NO_TAX, "mixed", ""),
    DISCOUNTED(Told.NO_TAX, "mixed", ""),
    GIFT(Told.NO_TAX, "services", ""),
    OVERSEAS(Told.NO_TAX, "services", ""),
    /** Stripe took no tax and no law says why: it is within the price. */
    UNEXPLAINED("not_collecting", "services", ""),
    ONE_STOP_SHOP(Told.FOREIGN_TAX, "mixed", ""),
    REVERSE("reverse_charge", "services", "AE VATEX-EU-AE"),
    REVERSE_AT_HOME("reverse_charge", "services", "AE VATEX-FR-AE"),
    TO_UNION("reverse_charge", "goods", "K VATEX-EU-IC"),
    EXPORT("not_collecting", "goods", "G VATEX-EU-G"),
    OVERSEAS_EXPORT("not_collecting", "goods", "G VATEX-EU-G"),
    OVERSEAS_UNTAXED("not_collecting", "services", "O VATEX-EU-O"),
    ABROAD("not_collecting", "services", "O VATEX-EU-O"),
    OUTSIDE("not_subject_to_tax", "services", "O VATEX-EU-O"),
    EXEMPT(Told.NO_TAX, "services", "E VATEX-FR-CGI261-4"),
    EXEMPT_WITHOUT_ARTICLE("product_exempt", "services", "E");

    /** Words for what Stripe tells, where it is no {@code taxability_reason}. */
    private static final class Told {
        static final String FRENCH_TAX = "french";
        static final String FOREIGN_TAX = "foreign";
        static final String NO_TAX = "none";
    }

    private final String told;
    private final String nature;
    private final String ground;

    Regime(String told, String nature, String ground) {
        this.told = told;
        this.nature = nature;
        this.ground = ground;
    }

    /** The category and code of an exemption, empty where tax is due. */
    String ground() {
        return ground;
    }

    /** For a seller that charges no VAT (CGI art. 293 B). */
    String groundOfExemptSeller() {
        return this == REVERSE ? ground : "E VATEX-FR-FRANCHISE";
    }

    /** Whether Stripe computed something, be it zero. */
    boolean isComputed() {
        return !told.equals(Told.NO_TAX);
    }

    boolean isFrenchTax() {
        return told.equals(Told.FRENCH_TAX);
    }

    boolean isForeignTax() {
        return told.equals(Told.FOREIGN_TAX);
    }

    /** Stripe's reason for a tax of zero. */
    Sale.Tax zero() {
        return isComputed() ? new Sale.Tax(0, "0", "", told) : Sale.Tax.NONE;
    }

    String nature(int line) {
        if (!nature.equals("mixed")) {
            return nature;
        }
        return line % 2 == 0 ? "goods" : "services";
    }

    boolean isDelivered() {
        return !nature.equals("services");
    }

    /** Where the buyer may live: country and postal code. */
    List<String> places() {
        return switch (this) {
            case ONE_STOP_SHOP, REVERSE, TO_UNION ->
                    List.of("DE 10115", "ES 28001", "IT 00118", "PL 00-001");
            case EXPORT, ABROAD -> List.of("US 10001", "GB EC1A 1BB", "CH 1201", "JP 100-0001");
            case OVERSEAS -> List.of("FR 97400", "FR 97110", "FR 97200");
            case OVERSEAS_EXPORT -> List.of("FR 97400", "FR 97300", "FR 97600");
            case OVERSEAS_UNTAXED -> List.of("FR 97300", "FR 97600");
            default -> List.of("FR 75011", "FR 20000", "MC 98000");
        };
    }

    /** Whether the buyer is a business, which gives its numbers. */
    boolean isOfBusiness(boolean maybe) {
        return switch (this) {
            case COMPANY, REVERSE, REVERSE_AT_HOME, TO_UNION -> true;
            case ONE_STOP_SHOP -> false;
            default -> maybe;
        };
    }
}
