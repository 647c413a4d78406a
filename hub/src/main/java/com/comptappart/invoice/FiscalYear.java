package com.comptappart.invoice;

import com.comptappart.kernel.Misconfigured;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * When the seller's books end, {@code COMPTAPPART_SELLER_FISCALYEAREND}; 02-29 is the last day of
 * February in every year.
 */
@Component
public class FiscalYear {

    private final MonthDay end;

    FiscalYear(@Value("${comptappart.seller.fiscal-year-end:12-31}") String text) {
        try {
            end = MonthDay.parse("--" + text.strip());
        } catch (DateTimeException e) {
            throw new Misconfigured(
                    "COMPTAPPART_SELLER_FISCALYEAREND is a month and a day as 12-31 (02-29: the last day"
                            + " of February), not "
                            + text);
        }
    }

    MonthDay end() {
        return end;
    }

    /** The last day of the fiscal year that ends in that year. */
    public LocalDate lastDay(int year) {
        return end.atYear(year);
    }

    /** The first day of the fiscal year that ends in that year. */
    public LocalDate firstDay(int year) {
        return end.atYear(year - 1).plusDays(1);
    }
}
