package com.comptappart.invoice;

import com.comptappart.kernel.Currency;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Net price of a piece, or of a thousand, a million and so on where it is too small for a piece's
 * price to give the line again: the same on paper and in the XML.
 *
 * @param amount BT-146, with the currency's decimals, or up to 6 (BR-FR-DEC-03) where they do not
 *     give the line again in the two decimals that the XML has at least
 * @param pieces that it is the price of (BT-149)
 */
record UnitPrice(BigDecimal amount, long pieces) {

    private static final int MOST_DECIMALS = 6;

    static UnitPrice of(InvoiceLine line, Currency currency) {
        int decimals = currency.decimals();
        int kept = Math.max(2, decimals);
        var net = BigDecimal.valueOf(line.net(), decimals);
        long pieces = 1;
        while (true) {
            var times = BigDecimal.valueOf(line.quantity()).divide(BigDecimal.valueOf(pieces));
            for (int scale = decimals; scale <= MOST_DECIMALS; scale++) {
                var price = net.divide(times, scale, RoundingMode.HALF_UP);
                var again = price.multiply(times).setScale(kept, RoundingMode.HALF_UP);
                if (again.compareTo(net) == 0) {
                    return new UnitPrice(price, pieces);
                }
            }
            pieces *= 1_000;
        }
    }

    /** {@code 4,17}, or {@code 0,00001 / 1 000}. */
    String text(boolean french) {
        String price = Amounts.number(amount, french);
        return pieces == 1
                ? price
                : price + " / " + Amounts.number(BigDecimal.valueOf(pieces), french);
    }

    /** As the XML has it. */
    String plain() {
        return amount.setScale(Math.max(2, amount.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }
}
