package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import com.comptappart.kernel.VatCategory;
import com.comptappart.kernel.VatTreatment;
import com.comptappart.stripe.SaleVat.Place;
import java.math.BigDecimal;
import java.util.Set;

/**
 * How French VAT treats a line, from what Stripe says, the buyer's country and the seller's regime.
 * Where nothing that the law knows explains a missing tax, the tax is due: it is taken to be within
 * what was charged, and a person is told.
 *
 * <p>Source: {@code invoicing.md}, "Special texts"; CGI 259, 262 I, 262 ter I, 283-2, 293 B, 294,
 * 296.
 */
final class VatRules {

    private static final VatTreatment REVERSE_CHARGE =
            VatTreatment.untaxed(VatCategory.AE, "VATEX-EU-AE");
    private static final VatTreatment DOMESTIC_REVERSE_CHARGE =
            VatTreatment.untaxed(VatCategory.AE, "VATEX-FR-AE");
    private static final VatTreatment TO_THE_UNION =
            VatTreatment.untaxed(VatCategory.K, "VATEX-EU-IC");
    private static final VatTreatment EXPORT = VatTreatment.untaxed(VatCategory.G, "VATEX-EU-G");
    private static final VatTreatment OVERSEAS_EXPORT =
            VatTreatment.untaxed(VatCategory.G, "OVERSEAS-EXPORT");
    private static final VatTreatment OVERSEAS_UNTAXED =
            VatTreatment.untaxed(VatCategory.O, "OVERSEAS-UNTAXED");
    private static final VatTreatment SUPPLIED_ABROAD =
            VatTreatment.untaxed(VatCategory.O, "SUPPLIED-ABROAD");
    private static final VatTreatment OUTSIDE_SCOPE =
            VatTreatment.untaxed(VatCategory.O, "OUTSIDE-SCOPE");
    private static final VatTreatment ZERO = VatTreatment.untaxed(VatCategory.Z, "");

    /**
     * How a line is taxed.
     *
     * @param rate percent
     * @param asStripe whether Stripe's amount stands; else the tax is within the total at the rate
     * @param attention what a person should look at, empty where nothing is
     */
    record Verdict(VatTreatment treatment, BigDecimal rate, boolean asStripe, String attention) {

        static Verdict untaxed(VatTreatment treatment) {
            return untaxed(treatment, "");
        }

        static Verdict untaxed(VatTreatment treatment, String attention) {
            return new Verdict(treatment, BigDecimal.ZERO, true, attention);
        }
    }

    /** Stripe's reasons that a line is taxed at the rate that it names. */
    private static final Set<String> RATED =
            Set.of(
                    "standard_rated",
                    "reduced_rated",
                    "portion_standard_rated",
                    "portion_reduced_rated",
                    "proportionally_rated");

    private final SaleVat sale;
    private final Charged line;
    private final boolean goods;
    private final Place place;

    private VatRules(SaleVat sale, Charged line) {
        this.sale = sale;
        this.line = line;
        this.goods = sale.isGoods(line.product().nature());
        this.place = sale.place(goods);
    }

    static Verdict of(SaleVat sale, Charged line) {
        var rules = new VatRules(sale, line);
        return line.tax().amount() != 0 || rules.isTaxedNothing() ? rules.taxed() : rules.untaxed();
    }

    /** At a rate of which so small a line has no tax: a gift, or a cent. */
    private boolean isTaxedNothing() {
        var tax = line.tax();
        return RATED.contains(tax.reason())
                && VatRates.isNamed(tax)
                && VatRates.ofStripe(line).signum() > 0
                && VatRates.isTaxOf(VatRates.ofStripe(line), line.total(), 0);
    }

    private Verdict taxed() {
        var tax = line.tax();
        var rate = VatRates.ofStripe(line);
        if (SaleVat.isTaxOfFrance(tax.country())) {
            return new Verdict(VatTreatment.STANDARD, rate, true, doubtOfFrench(rate));
        }
        var treatment = new VatTreatment(VatCategory.S, "", tax.country());
        if (!sale.isTaxOfUnion(tax.country(), goods)) {
            return new Verdict(treatment, rate, true, Reason.TAX_OUTSIDE_UNION.text(tax.country()));
        }
        String attention =
                sale.hasForeignVatNumber() ? Reason.VAT_DESPITE_NUMBER.text(tax.country()) : "";
        return new Verdict(treatment, rate, true, attention);
    }

    private String doubtOfFrench(BigDecimal rate) {
        if (sale.seller().franchise()) {
            return line.tax().amount() == 0 ? "" : Reason.VAT_BY_EXEMPT_SELLER.text();
        }
        return VatRates.isInForce(rate)
                ? ""
                : Reason.STRIPES_RATE_NOT_IN_FORCE.text(rate.toPlainString(), line.name());
    }

    private Verdict untaxed() {
        String exemption =
                line.product().exemption().isEmpty()
                        ? sale.exemption()
                        : line.product().exemption();
        if (sale.seller().franchise()) {
            return franchise();
        }
        if (!exemption.isEmpty()) {
            return Verdict.untaxed(VatTreatment.untaxed(VatCategory.E, exemption));
        }
        return switch (reason()) {
            case "reverse_charge" -> reverseCharge();
            case "customer_exempt" -> exempt("CUSTOMER-EXEMPT", Reason.THE_CUSTOMER);
            case "product_exempt", "product_exempt_holiday" ->
                    exempt("PRODUCT-EXEMPT", Reason.THE_PRODUCT);
            case "zero_rated" -> zeroRated();
            case "not_subject_to_tax" ->
                    Verdict.untaxed(place.isOutside() ? abroad() : OUTSIDE_SCOPE);
            default -> line.tax().computed() ? unexplained() : byTheSeller();
        };
    }

    /** Stripe's reason, else what it knows of the customer. */
    private String reason() {
        if (!line.tax().reason().isEmpty()) {
            return line.tax().reason();
        }
        return switch (sale.taxExempt()) {
            case "reverse" -> "reverse_charge";
            case "exempt" -> "customer_exempt";
            default -> "";
        };
    }

    private Verdict franchise() {
        // Such a service is supplied where the business is, whatever Stripe says (CGI art. 259,
        // 1°).
        boolean reversed = place == Place.UNION && !goods && sale.hasForeignVatNumber();
        if (reversed && sale.seller().vatNumber().isBlank()) {
            return Verdict.untaxed(VatTreatment.FRANCHISE, Reason.FRANCHISE_WITHOUT_NUMBER.text());
        }
        return Verdict.untaxed(reversed ? REVERSE_CHARGE : VatTreatment.FRANCHISE);
    }

    private Verdict reverseCharge() {
        if (place.isOutside()) {
            return Verdict.untaxed(abroad());
        }
        if (sale.seller().vatNumber().isBlank()) {
            return due(Reason.REVERSE_WITHOUT_SELLER_NUMBER.text());
        }
        if (place == Place.UNION) {
            return sale.hasForeignVatNumber()
                    ? Verdict.untaxed(goods ? TO_THE_UNION : REVERSE_CHARGE)
                    : due(withoutForeignNumber());
        }
        return sale.hasVatNumber()
                ? Verdict.untaxed(DOMESTIC_REVERSE_CHARGE, Reason.REVERSE_IN_FRANCE.text())
                : due(Reason.REVERSE_WITHOUT_BUYER_NUMBER.text());
    }

    private String withoutForeignNumber() {
        return sale.hasFrenchVatNumber()
                ? Reason.REVERSE_WITH_FRENCH_NUMBER.text()
                : Reason.REVERSE_WITHOUT_BUYER_NUMBER.text();
    }

    private Verdict exempt(String ground, Reason what) {
        if (place.isOutside()) {
            return Verdict.untaxed(abroad());
        }
        return Verdict.untaxed(
                VatTreatment.untaxed(VatCategory.E, ground),
                Reason.EXEMPT_WITHOUT_ARTICLE.text(what.text()));
    }

    private Verdict zeroRated() {
        if (place.isOutside()) {
            return Verdict.untaxed(abroad());
        }
        if (place == Place.UNION && goods && sale.hasForeignVatNumber()) {
            return Verdict.untaxed(TO_THE_UNION);
        }
        return Verdict.untaxed(ZERO, Reason.ZERO_RATE.text());
    }

    /** Stripe computed no tax and gives no reason, or that the seller is not registered there. */
    private Verdict unexplained() {
        if (place.isOutside()) {
            return Verdict.untaxed(abroad());
        }
        if (place == Place.UNION && sale.hasForeignVatNumber()) {
            return reverseCharge();
        }
        return due(Reason.NO_GROUND_IN_LAW.text());
    }

    /** Nobody computed a tax: the product's rate or the seller's is within the price. */
    private Verdict byTheSeller() {
        var rate = ownRate();
        boolean taxed = rate.signum() > 0;
        if (place == Place.UNTAXED_OVERSEAS) {
            return Verdict.untaxed(abroad(), consumerOverseas());
        }
        if (isDeliveredOutside()) {
            return Verdict.untaxed(EXPORT);
        }
        boolean toBusiness = place == Place.UNION && sale.hasForeignVatNumber();
        if (taxed) {
            return new Verdict(VatTreatment.STANDARD, rate, false, doubtOfOwnRate(toBusiness));
        }
        if (place.isOutside()) {
            return Verdict.untaxed(abroad());
        }
        return toBusiness
                ? reverseCharge()
                : Verdict.untaxed(ZERO, Reason.ZERO_WITHOUT_GROUND.text());
    }

    /**
     * Goods are exported where they are known to leave; a buyer's address alone does not say so.
     */
    private boolean isDeliveredOutside() {
        return goods && place == Place.ABROAD && sale.delivery() != null;
    }

    private String doubtOfOwnRate(boolean toBusiness) {
        if (line.total() == 0) {
            return "";
        }
        if (toBusiness) {
            return Reason.VAT_OF_OTHER_STATE_BUSINESS.text();
        }
        boolean mayBeUntaxed = place == Place.ABROAD && (goods || sale.buyer().business());
        return mayBeUntaxed ? Reason.VAT_TAKEN_ABROAD.text(line.name()) : consumerOverseas();
    }

    private VatTreatment abroad() {
        if (place == Place.UNTAXED_OVERSEAS) {
            return goods ? OVERSEAS_EXPORT : OVERSEAS_UNTAXED;
        }
        return goods ? EXPORT : SUPPLIED_ABROAD;
    }

    /** A service to a consumer is where the buyer is only if it is electronic (CGI art. 259 D). */
    private String consumerOverseas() {
        boolean there = place == Place.OVERSEAS || place == Place.UNTAXED_OVERSEAS;
        boolean asked = there && !goods && !sale.buyer().business() && line.total() != 0;
        return asked ? Reason.SERVICE_TO_CONSUMER_OVERSEAS.text(line.name()) : "";
    }

    private BigDecimal ownRate() {
        var rate = VatRates.own(line, sale.seller());
        return place == Place.OVERSEAS ? VatRates.overseas(rate) : rate;
    }

    /** The tax is due all the same: it is within what was charged. */
    private Verdict due(String why) {
        var rate = ownRate();
        if (rate.signum() == 0) {
            return Verdict.untaxed(ZERO, Reason.VAT_NOT_TAKEN.text(line.name(), why));
        }
        String attention =
                Reason.VAT_NOT_TAKEN_BUT_DUE.text(line.name(), why, rate.toPlainString());
        return new Verdict(VatTreatment.STANDARD, rate, false, line.total() == 0 ? "" : attention);
    }
}
