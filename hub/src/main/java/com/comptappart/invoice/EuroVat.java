package com.comptappart.invoice;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The VAT of an invoice in another currency, in euros (BT-111; CGI ann. II art. 242 nonies A).
 *
 * @param cents euro cents
 * @param rate units of the currency for one euro; null where there is no VAT to convert
 * @param rateDate the day of that rate
 * @param source who says so
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EuroVat(
        long cents,
        @Nullable BigDecimal rate,
        @Nullable LocalDate rateDate,
        @Nullable String source) {

    static final String BY_ECB = "taux BCE";
    static final String BY_SELLER = "taux configuré par le vendeur";
    static final String FIXED = "parité fixe";
    static final String OF_TEST = "taux fictif du mode test";

    /** Who says so, in the buyer's language; what is kept is in French. */
    String source(boolean french) {
        String kept = source == null ? "" : source;
        if (french) {
            return kept;
        }
        return switch (kept) {
            case BY_ECB -> "ECB rate";
            case BY_SELLER -> "rate set by the seller";
            case FIXED -> "fixed parity";
            case OF_TEST -> "made-up rate of test mode";
            default -> kept;
        };
    }

    /** Minor units of a currency in euro cents, half up. */
    public static long cents(long minor, int decimals, BigDecimal rate) {
        return BigDecimal.valueOf(minor, decimals)
                .divide(rate, 2, RoundingMode.HALF_UP)
                .movePointRight(2)
                .longValueExact();
    }
}
