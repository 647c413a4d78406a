package com.comptappart.accounting;

import com.comptappart.invoice.EuroRates;
import com.comptappart.invoice.EuroVat;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Money;
import com.comptappart.kernel.Refused;
import java.time.LocalDate;

/** Tells in euro cents what no document says in euros. */
final class Euros {

    private final EuroRates rates;
    private final Environment environment;

    Euros(EuroRates rates, Environment environment) {
        this.rates = rates;
        this.environment = environment;
    }

    /**
     * @throws Refused where no rate is known
     */
    long cents(Money amount, LocalDate day) {
        if (amount.currency().equals(Currency.EUR)) {
            return amount.minor();
        }
        var units = rates.units(environment, amount.currency(), day);
        return EuroVat.cents(
                amount.minor(),
                amount.currency().decimals(),
                units.orElseThrow(() -> missing(amount.currency(), day)));
    }

    private static Refused missing(Currency currency, LocalDate day) {
        return Refused.conflict(
                "exchange_rate_missing",
                "Stripe's balance moved in "
                        + currency
                        + " on "
                        + day
                        + ", and no euro rate of that day is known: point"
                        + " COMPTAPPART_EXCHANGE_FILE at the European Central Bank's eurofxref CSV"
                        + " that has it, or set COMPTAPPART_EXCHANGE_RATES="
                        + currency
                        + "=…, and ask again");
    }
}
