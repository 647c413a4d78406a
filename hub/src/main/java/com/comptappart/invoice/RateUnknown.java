package com.comptappart.invoice;

import com.comptappart.kernel.Currency;
import java.time.LocalDate;

/** An invoice waits for the euro rate of its currency; its message says how to give one. */
final class RateUnknown extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RateUnknown(Currency currency, LocalDate day, String trouble) {
        super(
                "no euro rate of "
                        + currency
                        + " for "
                        + day
                        + ": an invoice in "
                        + currency
                        + " must say its VAT in euros. Point COMPTAPPART_EXCHANGE_FILE at the"
                        + " European Central Bank's eurofxref CSV, or set"
                        + " COMPTAPPART_EXCHANGE_RATES="
                        + currency
                        + "=…; the invoice is made then"
                        + (trouble.isEmpty() ? "" : " (" + trouble + ")"));
    }
}
