package com.comptappart.accounting;

import com.comptappart.invoice.IssuedDocuments;
import com.comptappart.invoice.JournalKind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The daily aggregate of flux 10.3 and 10.4, made of the ledger alone: as often as one likes. */
@Component
public class EReportingExport {

    private final Books books;

    EReportingExport(Books books) {
        this.books = books;
    }

    /**
     * @throws com.comptappart.kernel.Refused where the seller has no SIREN, or a euro rate is not
     *     known
     */
    public Export of(Days days, Format format) {
        String siren = books.siren(days.environment());
        var reading = books.openByTransaction(days);
        books.tell(JournalKind.EXPORT, "e-reporting", days);
        String name = days.name("e-reporting-" + siren);
        return switch (format) {
            case JSON ->
                    new Export(
                            name + ".json",
                            JsonRows.MEDIA_TYPE,
                            out -> json(reading, days, siren, out));
            case CSV -> new Export(name + ".csv", Csv.MEDIA_TYPE, out -> csv(reading, days, out));
        };
    }

    private static void json(
            IssuedDocuments.Reading reading, Days days, String siren, OutputStream out)
            throws IOException {
        Map<String, String> head = new LinkedHashMap<>();
        head.put("environment", days.environment().code());
        head.put("seller_siren", siren);
        head.put("from", days.from().toString());
        head.put("to", days.to().toString());
        var rows = new JsonRows(out, head);
        rows.list("data");
        read(reading, days, rows::row);
        rows.endList();
        rows.end();
    }

    private static void csv(IssuedDocuments.Reading reading, Days days, OutputStream out)
            throws IOException {
        var csv =
                new Csv(
                        out,
                        "flux",
                        "day",
                        "received_on",
                        "category",
                        "rate",
                        "currency",
                        "transactions",
                        "credit_notes",
                        "net_amount",
                        "vat_amount",
                        "total_amount",
                        "vat_amount_eur",
                        "total_amount_eur");
        read(
                reading,
                days,
                row ->
                        csv.row(
                                row.flux(),
                                row.day(),
                                row.receivedOn(),
                                row.category(),
                                row.rate(),
                                row.currency(),
                                row.transactions(),
                                row.creditNotes(),
                                row.netAmount(),
                                row.vatAmount(),
                                row.totalAmount(),
                                row.vatAmountEur(),
                                row.totalAmountEur()));
        csv.flush();
    }

    private static void read(IssuedDocuments.Reading reading, Days days, FluxTen.Rows rows)
            throws IOException {
        var sums = new FluxTen(days);
        reading.<RuntimeException>forEach(sums::add);
        sums.write(rows);
    }
}
