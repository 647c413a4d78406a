package com.comptappart.invoice;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The rates that invoices are converted with, for what is booked beside them. */
@Component
public class EuroRates {

    private final ExchangeRates exchange;

    EuroRates(ExchangeRates exchange) {
        this.exchange = exchange;
    }

    /**
     * Units of a currency for one euro; empty where nobody says it.
     *
     * @param day Europe/Paris
     */
    public Optional<BigDecimal> units(Environment environment, Currency currency, LocalDate day) {
        return exchange.units(environment, currency, day);
    }
}
