package com.comptappart.invoice;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Reason;
import java.time.LocalDate;

/** An invoice waits for the euro rate of its currency; its message says how to give one. */
final class RateUnknown extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RateUnknown(Currency currency, LocalDate day, String trouble) {
        super(
                trouble.isEmpty()
                        ? Reason.RATE_UNKNOWN.text(currency, day, currency, currency)
                        : Reason.RATE_UNKNOWN_FILE_WRONG.text(
                                currency, day, currency, currency, trouble));
    }
}
