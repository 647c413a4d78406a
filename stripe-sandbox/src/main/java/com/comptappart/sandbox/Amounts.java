package com.comptappart.sandbox;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;

/**
 * Amounts as people read them: Stripe's own table of decimals, which differs from ISO 4217 in
 * places.
 */
final class Amounts {

    private static final Set<String> WHOLE =
            Set.of(
                    "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd",
                    "vuv", "xaf", "xof", "xpf");
    private static final Set<String> THOUSANDTHS = Set.of("bhd", "jod", "kwd", "omr", "tnd");

    private static final Set<String> WHOLE_IN_HUNDREDTHS = Set.of("isk", "ugx");

    private Amounts() {}

    static int decimals(String currency) {
        return WHOLE.contains(currency) ? 0 : THOUSANDTHS.contains(currency) ? 3 : 2;
    }

    /**
     * Refuses what banks neither pay nor give back: thousandths that aren't tens, and parts of a
     * króna or a Ugandan shilling. Source: docs.stripe.com/currencies, "Special cases" and
     * "Three-decimal currencies".
     */
    static void requirePayable(long amount, String currency, String param) {
        int step = decimals(currency) == 3 ? 10 : WHOLE_IN_HUNDREDTHS.contains(currency) ? 100 : 1;
        if (amount % step != 0) {
            throw Refusal.of(
                    step == 100 ? "invalid_charge_amount_no_decimal_compatible" : null,
                    param,
                    "Invalid amount. Amounts in %s must be evenly divisible by %d."
                            .formatted(currency.toUpperCase(Locale.ROOT), step));
        }
    }

    static String text(long amount, String currency, Locale locale) {
        int decimals = decimals(currency);
        var value = BigDecimal.valueOf(amount, decimals);
        try {
            NumberFormat format = NumberFormat.getCurrencyInstance(locale);
            format.setCurrency(Currency.getInstance(currency.toUpperCase(Locale.ROOT)));
            format.setMinimumFractionDigits(decimals);
            format.setMaximumFractionDigits(decimals);
            return format.format(value);
        } catch (IllegalArgumentException unknownToJava) {
            return value.toPlainString() + " " + currency.toUpperCase(Locale.ROOT);
        }
    }
}
