package com.comptappart.accounting;

import com.comptappart.invoice.Invoices;
import com.comptappart.invoice.IssuedDocuments;
import com.comptappart.invoice.JournalKind;
import com.comptappart.kernel.PartnerId;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The documents of some days in one ZIP, for those who file them: each PDF, the XML that it
 * carries, and a list that a spreadsheet opens.
 */
@Component
public class DocumentsExport {

    private final Books books;
    private final Invoices invoices;
    private final DocumentFiles files;

    DocumentsExport(Books books, Invoices invoices, DocumentFiles files) {
        this.books = books;
        this.files = files;
        this.invoices = invoices;
    }

    /**
     * @param partner whose documents; null for all of the seller's
     */
    public Export of(Days days, @Nullable PartnerId partner) {
        var all = books.open(days);
        var reading = partner == null ? all : all.of(partner);
        books.tell(
                JournalKind.EXPORT,
                partner == null ? "documents" : "documents of partner " + partner,
                days);
        return new Export(
                days.name("factures") + ".zip", "application/zip", out -> write(reading, out));
    }

    private void write(IssuedDocuments.Reading reading, OutputStream out) throws IOException {
        try (var zip = new Zip(out)) {
            zip.file("factures.csv", file -> InvoicesExport.write(reading, file));
            files.forEach(
                    reading,
                    pdf -> {
                        zip.file("pdf/" + pdf.filename(), file -> file.write(pdf.bytes()));
                        var xml = invoices.xml(pdf);
                        zip.file("xml/" + xml.filename(), file -> file.write(xml.bytes()));
                    });
            zip.finish();
        }
    }
}
