package com.comptappart.accounting;

import com.comptappart.invoice.FiscalYear;
import com.comptappart.invoice.IssuedDocuments;
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
    private final Accounts accounts;
    private final FiscalYear fiscalYear;

    FecExport(Books books, Accounts accounts, FiscalYear fiscalYear) {
        this.books = books;
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
        var reading = books.openInEuros(days);
        books.tell(JournalKind.EXPORT, "FEC by " + detail, days);
        return new Export(
                environment.livemode() ? name : "TEST-" + name,
                "text/plain;charset=ISO-8859-15",
                out -> write(reading, environment, detail, out));
    }

    private void write(
            IssuedDocuments.Reading reading,
            Environment environment,
            Detail detail,
            OutputStream out)
            throws IOException {
        var file = new FecFile(out, accounts, environment);
        switch (detail) {
            case DOCUMENT -> {
                var entries = new FecEntries(file, accounts);
                reading.<IOException>forEach(entries::add);
            }
            case DAY -> {
                var entries = new FecDays(file, accounts);
                reading.<IOException>forEach(entries::add);
                entries.endDay();
            }
        }
        file.flush();
    }
}
