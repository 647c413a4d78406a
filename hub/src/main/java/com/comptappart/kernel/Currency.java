package com.comptappart.kernel;

import java.util.Locale;
import java.util.Set;

/**
 * An ISO 4217 code with Stripe's number of decimals, which is not ISO's for ISK, MGA and UGX.
 *
 * <p>Source: Stripe's documentation, "Supported currencies", zero- and three-decimal lists.
 *
 * @param code three upper-case letters
 */
public record Currency(String code) {

    private static final Set<String> ZERO_DECIMAL =
            Set.of(
                    "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND",
                    "VUV", "XAF", "XOF", "XPF");
    private static final Set<String> THREE_DECIMAL = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    public static final Currency EUR = new Currency("EUR");

    public Currency {
        if (!code.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("not a currency code: " + code);
        }
    }

    /** Reads Stripe's lower-case code. */
    public static Currency ofStripe(String lowerCase) {
        return new Currency(lowerCase.toUpperCase(Locale.ROOT));
    }

    /** The codes of those whose minor unit has that many decimals, where it is not 2. */
    public static Set<String> withDecimals(int decimals) {
        return switch (decimals) {
            case 0 -> ZERO_DECIMAL;
            case 3 -> THREE_DECIMAL;
            default -> throw new IllegalArgumentException("all others have 2: " + decimals);
        };
    }

    /** How many decimals Stripe's minor unit has. */
    public int decimals() {
        if (ZERO_DECIMAL.contains(code)) {
            return 0;
        }
        return THREE_DECIMAL.contains(code) ? 3 : 2;
    }

    @Override
    public String toString() {
        return code;
    }
}
