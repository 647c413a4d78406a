package com.comptappart.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Currency;
import com.comptappart.order.VatSplit.Split;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The splitting of random baskets in three sorts of currencies, against BigDecimal. */
class TenMillionBasketsTest {

    private static final int BASKETS = 10_000_000;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final List<BigDecimal> RATES =
            List.of("20", "10", "5.5", "2.1", "8.5", "0", "19", "20.0").stream()
                    .map(BigDecimal::new)
                    .toList();
    private static final List<Currency> CURRENCIES =
            List.of(Currency.EUR, new Currency("JPY"), new Currency("KWD"));

    @Test
    void add_up_to_what_was_charged_at_the_rate_that_the_law_gives() {
        var random = new SplittableRandom(20261125);
        var gross = new ArrayList<Long>(4);
        var rates = new ArrayList<BigDecimal>(4);
        long checked = 0;
        for (int basket = 0; basket < BASKETS; basket++) {
            var currency = CURRENCIES.get(basket % 3);
            long unit = currency.decimals() == 3 ? 10 : 1;
            gross.clear();
            rates.clear();
            int lines = 1 + random.nextInt(4);
            for (int line = 0; line < lines; line++) {
                long most = random.nextInt(3) == 0 ? 12 : 1_000_000;
                gross.add(unit * random.nextLong(most));
                rates.add(RATES.get(random.nextInt(RATES.size())));
            }
            var splits = VatSplit.inclusive(gross, rates, currency);
            for (int line = 0; line < lines; line++) {
                if (isFirstOfItsRate(rates, line) && !holds(gross, rates, splits, line, unit)) {
                    throw new AssertionError(currency + " " + gross + rates + splits);
                }
            }
            checked++;
        }
        System.out.println(checked + " baskets, each as BigDecimal has it");
        assertThat(checked).isEqualTo(BASKETS);
    }

    private static boolean isFirstOfItsRate(List<BigDecimal> rates, int line) {
        for (int i = 0; i < line; i++) {
            if (rates.get(i).compareTo(rates.get(line)) == 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Of one rate: every line is whole; the VAT is its rate's of the total, half up; each line's
     * net is its exact share, rounded one way or the other.
     */
    private static boolean holds(
            List<Long> gross, List<BigDecimal> rates, List<Split> splits, int first, long unit) {
        var rate = rates.get(first);
        long total = 0;
        long vat = 0;
        for (int i = first; i < gross.size(); i++) {
            if (rates.get(i).compareTo(rate) == 0) {
                var split = splits.get(i);
                total += gross.get(i);
                vat += split.vat();
                if (split.net() + split.vat() != gross.get(i)
                        || split.net() < 0
                        || split.vat() < 0) {
                    return false;
                }
            }
        }
        var exact =
                BigDecimal.valueOf(total / unit)
                        .multiply(rate)
                        .divide(HUNDRED.add(rate), 0, RoundingMode.HALF_UP);
        return vat == exact.longValueExact() * unit
                && sharesHold(gross, rates, splits, first, total, total - vat, unit);
    }

    private static boolean sharesHold(
            List<Long> gross,
            List<BigDecimal> rates,
            List<Split> splits,
            int first,
            long total,
            long net,
            long unit) {
        for (int i = first; i < gross.size(); i++) {
            if (total != 0 && rates.get(i).compareTo(rates.get(first)) == 0) {
                // |part × total − net × weight| < total × unit: products stay within a long.
                long off = Math.abs(splits.get(i).net() * total - net * gross.get(i));
                if (off >= total * unit) {
                    return false;
                }
            }
        }
        return true;
    }
}
