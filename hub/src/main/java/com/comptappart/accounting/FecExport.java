package com.comptappart.accounting;

import com.comptappart.invoice.FiscalYear;
import com.comptappart.invoice.JournalKind;
import com.comptappart.kernel.Environment;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.stereotype.Component;

/** The journals of a fiscal year as a fichier des écritures comptables (LPF art. A. 47 A-1). */
@Component
public class FecExport {

    /** How much an entry tells of. */
    public enum Detail {
        DOCUMENT,
        DAY
    }

    private final Books books;
    private final StatementBooks statement;
    private final Accounts accounts;
    private final FiscalYear fiscalYear;

    FecExport(Books books, StatementBooks statement, Accounts accounts, FiscalYear fiscalYear) {
        this.books = books;
        this.statement = statement;
        this.accounts = accounts;
        this.fiscalYear = fiscalYear;
    }

    /**
     * @param year in which the fiscal year ends
     * @param by the API key that asked
     * @throws com.comptappart.kernel.Refused where the seller has no SIREN, or a euro rate is not
     *     known
     */
    public Export of(Environment environment, int year, Detail detail, String by) {
        var days = new Days(environment, fiscalYear.firstDay(year), fiscalYear.lastDay(year), by);
        String name = books.siren(environment) + "FEC" + Texts.compact(days.to()) + ".txt";
        var sources = statement.sources(days, books.openInEuros(days));
        books.tell(JournalKind.EXPORT, "FEC by " + detail, days);
        return new Export(
                environment.livemode() ? name : "TEST-" + name,
                "text/plain;charset=ISO-8859-15",
                out -> write(sources, days, detail, out));
    }

    private void write(FecWalk.Sources sources, Days days, Detail detail, OutputStream out)
            throws IOException {
        var file = new FecFile(out, accounts, days.environment());
        var transit = new Transit(accounts, sources.began());
        var book =
                switch (detail) {
                    case DOCUMENT -> new FecEntries(file, accounts, transit);
                    case DAY -> new FecDays(file, accounts, transit);
                };
        var booking = new StatementBooking(accounts, transit, statement.euros(days.environment()));
        new FecWalk(sources, days, file, book, transit, booking).write();
        file.flush();
    }
}
