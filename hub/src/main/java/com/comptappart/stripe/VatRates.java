package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import com.comptappart.partner.Seller;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;

/** The rate of a line: the product's own, the seller's, or the one that Stripe's tax is of. */
final class VatRates {

    /**
     * Of the mainland, the overseas departments and Corsica (CGI art. 278 to 281 decies, 296, 297).
     */
    private static final List<BigDecimal> IN_FORCE =
            Stream.of("20", "13", "10", "8.5", "5.5", "2.1", "1.75", "1.05", "0.9")
                    .map(BigDecimal::new)
                    .toList();

    private static final String PERCENTAGE = "[0-9]{1,2}(\\.[0-9]{1,4})?";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private VatRates() {}

    /** The product's, else the seller's. */
    static BigDecimal own(Charged line, Seller seller) {
        String own = line.product().rate();
        if (own.isEmpty()) {
            return seller.vatRate();
        }
        if (own.matches(PERCENTAGE)) {
            var rate = new BigDecimal(own);
            if (rate.signum() != 0 && !isInForce(rate)) {
                throw new Unreadable(Reason.VAT_RATE_NOT_IN_FORCE.text(line.productId(), own));
            }
            return rate;
        }
        throw new Unreadable(Reason.VAT_RATE_UNREADABLE.text(line.productId(), own));
    }

    /** Whether it is a rate of France. */
    static boolean isInForce(BigDecimal rate) {
        return IN_FORCE.stream().anyMatch(each -> each.compareTo(rate) == 0);
    }

    /** What a rate of the mainland is in Guadeloupe, Martinique and Réunion (CGI art. 296). */
    static BigDecimal overseas(BigDecimal mainland) {
        return switch (mainland.stripTrailingZeros().toPlainString()) {
            case "20" -> new BigDecimal("8.5");
            case "10", "5.5" -> new BigDecimal("2.1");
            default -> mainland;
        };
    }

    static boolean isNamed(StripeTax tax) {
        return tax.percentage().matches(PERCENTAGE);
    }

    /** The rate that Stripe names, else the French rate that its tax is, else what comes out. */
    static BigDecimal ofStripe(Charged line) {
        if (isNamed(line.tax())) {
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
