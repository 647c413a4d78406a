package com.comptappart.accounting;

import com.comptappart.invoice.EuroRates;
import com.comptappart.invoice.IssuedDocuments;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Money;
import com.comptappart.order.StatementLines;
import com.comptappart.order.Statements;
import org.springframework.stereotype.Component;

/** Opens Stripe's statements for the journals. */
@Component
class StatementBooks {

    private final Statements statements;
    private final StatementLines lines;
    private final EuroRates rates;

    StatementBooks(Statements statements, StatementLines lines, EuroRates rates) {
        this.statements = statements;
        this.lines = lines;
        this.rates = rates;
    }

    /**
     * @throws com.comptappart.kernel.Refused where a euro rate is not known
     */
    FecWalk.Sources sources(Days days, IssuedDocuments.Reading documents) {
        var reading = lines.reading(days.environment(), days.from(), days.to());
        var openings = statements.openings(days.environment(), days.from(), days.to());
        var euros = euros(days.environment());
        reading.foreignDays()
                .forEach(each -> euros.cents(new Money(0, each.currency()), each.day()));
        openings.forEach(each -> euros.cents(each.amount(), each.bookedOn()));
        return new FecWalk.Sources(
                documents, reading, openings, statements.beganOn(days.environment()).orElse(null));
    }

    Euros euros(Environment environment) {
        return new Euros(rates, environment);
    }
}
