package com.comptappart.accounting;

import com.comptappart.invoice.Closings;
import com.comptappart.invoice.FiscalYear;
import com.comptappart.invoice.IssuedDocuments;
import com.comptappart.invoice.Journal;
import com.comptappart.invoice.JournalKind;
import com.comptappart.kernel.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * A fiscal year's archive: all that was issued, and all that proves it, in open formats, with a
 * notice that says how to check it without us (BOI-TVA-DECLA-30-10-30, § 220).
 */
@Component
public class ArchiveExport {

    private static final int ENTRIES = 1_000;
    private static final String LEDGER_HEADER =
            "version|seller|environment|kind|year|sequence|number|issue_date|issued_at|currency"
                    + "|net|vat|total|pdf_sha256|content_sha256|previous_hash|entry_hash\n";

    private final Books books;
    private final FiscalYear fiscalYear;
    private final DocumentFiles files;
    private final Closings closings;
    private final Journal journal;
    private final Clock clock;

    ArchiveExport(
            Books books,
            FiscalYear fiscalYear,
            DocumentFiles files,
            Closings closings,
            Journal journal,
            Clock clock) {
        this.books = books;
        this.fiscalYear = fiscalYear;
        this.files = files;
        this.closings = closings;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * @param year in which the fiscal year ends
     * @param by the API key that asked
     */
    public Export of(Environment environment, int year, String by) {
        var days = new Days(environment, fiscalYear.firstDay(year), fiscalYear.lastDay(year), by);
        var reading = books.open(days);
        books.tell(JournalKind.ARCHIVE, "archive of a fiscal year", days);
        return new Export(
                days.name("archive") + ".zip", "application/zip", out -> write(reading, days, out));
    }

    private void write(IssuedDocuments.Reading reading, Days days, OutputStream out)
            throws IOException {
        try (var zip = new Zip(out)) {
            zip.text("LISEZMOI.txt", notice(days));
            zip.file("ledger.csv", file -> ledger(reading, file));
            zip.file("contents.jsonl", file -> contents(reading, file));
            zip.file("closings.jsonl", file -> closings(days, file));
            zip.file("journal.jsonl", this::journal);
            files.forEach(
                    reading,
                    pdf ->
                            zip.file(
                                    "documents/" + pdf.filename(),
                                    file -> file.write(pdf.bytes())));
            zip.finish();
        }
    }

    private String notice(Days days) {
        var seller = books.seller(days.environment());
        try (InputStream resource =
                Objects.requireNonNull(ArchiveExport.class.getResourceAsStream("LISEZMOI.txt"))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{{vendeur}}", seller.name())
                    .replace("{{siren}}", seller.siren())
                    .replace("{{debut}}", days.from().toString())
                    .replace("{{fin}}", days.to().toString())
                    .replace("{{fait}}", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                    .replace("{{logiciel}}", Journal.software())
                    .replace(
                            "{{mode}}",
                            days.environment().livemode()
                                    ? "réel"
                                    : "TEST : ces documents sont factices et sans valeur");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first sixteen fields, with their bars, are what the entry's hash is over. */
    private static void ledger(IssuedDocuments.Reading reading, OutputStream out)
            throws IOException {
        write(out, LEDGER_HEADER);
        reading.<IOException>forEach(document -> {
            var content = document.content();
            var proof = document.proof();
            write(
                    out,
                    String.join(
                                    "|",
                                    "v1",
                                    document.sellerId(),
                                    document.environment().code(),
                                    document.kind().code(),
                                    Integer.toString(document.year()),
                                    Long.toString(document.sequence()),
                                    document.number(),
                                    document.issueDate().toString(),
                                    document.issuedAt().toString(),
                                    content.currency().code(),
                                    Long.toString(content.net()),
                                    Long.toString(content.vat()),
                                    Long.toString(content.gross()),
                                    proof.pdf(),
                                    proof.content(),
                                    proof.previous(),
                                    proof.entry())
                            + "\n");
        });
    }

    private static void contents(IssuedDocuments.Reading reading, OutputStream out)
            throws IOException {
        reading.<IOException>forEach(document -> write(out, document.json() + "\n"));
    }

    private void closings(Days days, OutputStream out) throws IOException {
        try {
            closings.forEach(
                    books.seller(days.environment()).id(),
                    days.environment(),
                    days.from(),
                    days.to(),
                    closing -> line(out, closing));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void journal(OutputStream out) throws IOException {
        long last = 0;
        while (true) {
            var page = journal.page(last, ENTRIES);
            page.forEach(entry -> line(out, entry));
            if (page.size() < ENTRIES) {
                return;
            }
            last = page.getLast().sequence();
        }
    }

    private static void line(OutputStream out, Object row) {
        try {
            write(out, JsonRows.JSON.writeValueAsString(row) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
