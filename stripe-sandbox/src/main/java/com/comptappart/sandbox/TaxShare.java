package com.comptappart.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tax of one rate in one line, in the smallest unit of the currency, rounded half up by line.
 *
 * @param reason why this rate: Stripe's {@code taxability_reason}
 */
record TaxShare(ObjectNode rate, long amount, long taxable, String reason) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Taxes in and on an amount: inclusive rates are found inside, exclusive ones added on top. */
    static List<TaxShare> of(long amount, List<ObjectNode> rates, String reason) {
        BigDecimal within =
                rates.stream()
                        .filter(TaxShare::inclusive)
                        .map(TaxShare::percentage)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        long inside = part(amount, within, HUNDRED.add(within));
        long base = amount - inside;
        var shares = new ArrayList<TaxShare>();
        long left = inside;
        for (ObjectNode rate : rates) {
            long tax =
                    inclusive(rate)
                            ? part(amount, percentage(rate), HUNDRED.add(within))
                            : part(base, percentage(rate), HUNDRED);
            if (inclusive(rate)) {
                tax = within.compareTo(percentage(rate)) == 0 ? inside : tax;
                left -= tax;
            }
            shares.add(new TaxShare(rate, tax, base, reason));
        }
        return left == 0 ? shares : lastInclusiveTakes(shares, left);
    }

    boolean isInclusive() {
        return inclusive(rate);
    }

    /** As a line of an invoice shows it. */
    ObjectNode onInvoice() {
        var tax = Json.object();
        tax.put("amount", amount);
        tax.put("tax_behavior", isInclusive() ? "inclusive" : "exclusive");
        tax.putObject("tax_rate_details").set("tax_rate", rate.path("id"));
        tax.put("taxability_reason", reason);
        tax.put("taxable_amount", taxable);
        return tax.put("type", "tax_rate_details");
    }

    /** As a line item of a session shows it, with the whole rate. */
    ObjectNode onSession() {
        var tax = Json.object();
        tax.put("amount", amount);
        tax.set("rate", rate.deepCopy());
        tax.put("taxability_reason", reason.equals("not_available") ? null : reason);
        return tax.put("taxable_amount", taxable);
    }

    /** Cents that rounding rate by rate has left over. */
    private static List<TaxShare> lastInclusiveTakes(List<TaxShare> shares, long left) {
        for (int i = shares.size() - 1; i >= 0; i--) {
            TaxShare share = shares.get(i);
            if (share.isInclusive()) {
                shares.set(
                        i,
                        new TaxShare(share.rate, share.amount + left, share.taxable, share.reason));
                break;
            }
        }
        return shares;
    }

    private static boolean inclusive(ObjectNode rate) {
        return rate.path("inclusive").asBoolean();
    }

    private static BigDecimal percentage(ObjectNode rate) {
        return rate.path("percentage").asDecimal();
    }

    private static long part(long amount, BigDecimal numerator, BigDecimal denominator) {
        return BigDecimal.valueOf(amount)
                .multiply(numerator)
                .divide(denominator, 0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
