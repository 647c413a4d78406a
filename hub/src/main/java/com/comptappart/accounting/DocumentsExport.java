package com.comptappart.accounting;

import com.comptappart.invoice.Invoices;
import com.comptappart.invoice.IssuedDocument;
import com.comptappart.invoice.IssuedDocuments;
import com.comptappart.invoice.JournalKind;
import com.comptappart.kernel.PartnerId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The documents of some days in one ZIP, for those who file them: each PDF, the XML that it
 * carries, and a list that a spreadsheet opens.
 */
@Component
public class DocumentsExport {

    /** Whose bytes are in memory at once. */
    private static final int DOCUMENTS = 8;

    private final Books books;
    private final Invoices invoices;

    DocumentsExport(Books books, Invoices invoices) {
        this.books = books;
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
            var page = new ArrayList<IssuedDocument>(DOCUMENTS);
            reading.<IOException>forEach(document -> {
                page.add(document);
                if (page.size() == DOCUMENTS) {
                    documents(zip, page);
                    page.clear();
                }
            });
            documents(zip, page);
            zip.finish();
        }
    }

    private void documents(Zip zip, List<IssuedDocument> page) throws IOException {
        var found = invoices.documents(page.stream().map(IssuedDocument::reference).toList());
        for (IssuedDocument document : page) {
            var pdf =
                    Objects.requireNonNull(
                            found.get(document.reference()), () -> document.number() + " is gone");
            zip.file("pdf/" + pdf.filename(), out -> out.write(pdf.bytes()));
            var xml = invoices.xml(pdf);
            zip.file("xml/" + xml.filename(), out -> out.write(xml.bytes()));
        }
    }
}
