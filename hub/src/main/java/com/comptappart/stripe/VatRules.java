package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import com.comptappart.kernel.VatCategory;
import com.comptappart.kernel.VatTreatment;
import com.comptappart.stripe.SaleVat.Place;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;

/**
 * How French VAT treats a line, from what Stripe says, the buyer's country and the seller's regime.
 * Where nothing that the law knows explains a missing tax, the tax is due: it is taken to be within
 * what was charged, and a person is told.
 *
 * <p>Source: {@code invoicing.md}, "Special texts"; CGI 259, 262 I, 262 ter I, 283-2, 293 B.
 */
final class VatRules {

    /**
     * Of the mainland, the overseas departments and Corsica (CGI art. 278 to 281 decies, 296, 297).
     */
    private static final List<BigDecimal> IN_FORCE =
            Stream.of("20", "13", "10", "8.5", "5.5", "2.1", "1.75", "1.05", "0.9")
                    .map(BigDecimal::new)
                    .toList();

    private static final String PERCENTAGE = "[0-9]{1,2}(\\.[0-9]{1,4})?";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final VatTreatment REVERSE_CHARGE =
            VatTreatment.untaxed(VatCategory.AE, "VATEX-EU-AE");
    private static final VatTreatment DOMESTIC_REVERSE_CHARGE =
            VatTreatment.untaxed(VatCategory.AE, "VATEX-FR-AE");
    private static final VatTreatment TO_THE_UNION =
            VatTreatment.untaxed(VatCategory.K, "VATEX-EU-IC");
    private static final VatTreatment EXPORT = VatTreatment.untaxed(VatCategory.G, "VATEX-EU-G");
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
        return line.tax().amount() != 0 ? rules.taxed() : rules.untaxed();
    }

    private Verdict taxed() {
        var tax = line.tax();
        var rate = stripeRate();
        if (SaleVat.isTaxOfFrance(tax.country())) {
            String attention = sale.seller().franchise() ? Reason.VAT_BY_EXEMPT_SELLER.text() : "";
            return new Verdict(VatTreatment.STANDARD, rate, true, attention);
        }
        var treatment = new VatTreatment(VatCategory.S, "", tax.country());
        if (SaleVat.placeOf(tax.country()) != Place.UNION) {
            return new Verdict(treatment, rate, true, Reason.TAX_OUTSIDE_UNION.text(tax.country()));
        }
        String attention =
                sale.hasForeignVatNumber() ? Reason.VAT_DESPITE_NUMBER.text(tax.country()) : "";
        return new Verdict(treatment, rate, true, attention);
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
                    Verdict.untaxed(place == Place.ABROAD ? abroad() : OUTSIDE_SCOPE);
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
        if (place == Place.ABROAD) {
            return Verdict.untaxed(abroad());
        }
        if (sale.seller().vatNumber().isBlank()) {
            return due(Reason.REVERSE_WITHOUT_SELLER_NUMBER.text());
        }
        if (place == Place.UNION) {
            return sale.hasForeignVatNumber()
                    ? Verdict.untaxed(goods ? TO_THE_UNION : REVERSE_CHARGE)
                    : due(Reason.REVERSE_WITHOUT_BUYER_NUMBER.text());
        }
        return sale.hasVatNumber()
                ? Verdict.untaxed(DOMESTIC_REVERSE_CHARGE, Reason.REVERSE_IN_FRANCE.text())
                : due(Reason.REVERSE_WITHOUT_BUYER_NUMBER.text());
    }

    private Verdict exempt(String ground, Reason what) {
        if (place == Place.ABROAD) {
            return Verdict.untaxed(abroad());
        }
        return Verdict.untaxed(
                VatTreatment.untaxed(VatCategory.E, ground),
                Reason.EXEMPT_WITHOUT_ARTICLE.text(what.text()));
    }

    private Verdict zeroRated() {
        if (place == Place.ABROAD) {
            return Verdict.untaxed(abroad());
        }
        if (place == Place.UNION && goods && sale.hasForeignVatNumber()) {
            return Verdict.untaxed(TO_THE_UNION);
        }
        return Verdict.untaxed(ZERO, Reason.ZERO_RATE.text());
    }

    /** Stripe computed no tax and gives no reason, or that the seller is not registered there. */
    private Verdict unexplained() {
        if (place == Place.ABROAD) {
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
        boolean toBusiness = place == Place.UNION && sale.hasForeignVatNumber();
        if (taxed) {
            return new Verdict(
                    VatTreatment.STANDARD,
                    rate,
                    false,
                    toBusiness && line.total() != 0
                            ? Reason.VAT_OF_OTHER_STATE_BUSINESS.text()
                            : "");
        }
        if (place == Place.ABROAD) {
            return Verdict.untaxed(abroad());
        }
        return toBusiness
                ? reverseCharge()
                : Verdict.untaxed(ZERO, Reason.ZERO_WITHOUT_GROUND.text());
    }

    private VatTreatment abroad() {
        return goods ? EXPORT : SUPPLIED_ABROAD;
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

    private BigDecimal ownRate() {
        String own = line.product().rate();
        if (own.isEmpty()) {
            return sale.seller().vatRate();
        }
        if (own.matches(PERCENTAGE)) {
            var rate = new BigDecimal(own);
            boolean inForce =
                    rate.signum() == 0
                            || IN_FORCE.stream().anyMatch(each -> each.compareTo(rate) == 0);
            if (!inForce) {
                throw new Unreadable(Reason.VAT_RATE_NOT_IN_FORCE.text(line.productId(), own));
            }
            return rate;
        }
        throw new Unreadable(Reason.VAT_RATE_UNREADABLE.text(line.productId(), own));
    }

    /** The rate that Stripe names, else the French rate that its tax is, else what comes out. */
    private BigDecimal stripeRate() {
        if (line.tax().percentage().matches(PERCENTAGE)) {
            return new BigDecimal(line.tax().percentage());
        }
        long net = line.total() - line.tax().amount();
        for (String french : new String[] {"20", "10", "5.5", "2.1"}) {
            if (isTaxOf(new BigDecimal(french), net, line.tax().amount())) {
                return new BigDecimal(french);
            }
        }
        if (net == 0) {
            throw new Unreadable(Reason.LINE_ALL_TAX.text(line.name()));
        }
        return BigDecimal.valueOf(line.tax().amount())
                .multiply(HUNDRED)
                .divide(BigDecimal.valueOf(net), 2, RoundingMode.HALF_UP);
    }

    /** To one minor unit: Stripe rounds by line or by total. */
    static boolean isTaxOf(BigDecimal rate, long net, long tax) {
        return Math.abs(taxOf(net, rate) - tax) <= 1;
    }

    /** Half up to the minor unit. */
    static long taxOf(long net, BigDecimal rate) {
        return BigDecimal.valueOf(net)
                .multiply(rate)
                .divide(HUNDRED, 0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
