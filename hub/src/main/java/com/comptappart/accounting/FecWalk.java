package com.comptappart.accounting;

import com.comptappart.accounting.FecEntry.JournalCode;
import com.comptappart.accounting.FecEntry.Piece;
import com.comptappart.invoice.IssuedDocument;
import com.comptappart.invoice.IssuedDocuments;
import com.comptappart.order.StatementLines;
import com.comptappart.order.Statements.Opening;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks documents and Stripe's statement together, by day: the documents of a day, what opens a
 * statement on it, then its lines. What is there of a day that is closed is always the same.
 */
final class FecWalk {

    /** What is read. */
    record Sources(
            IssuedDocuments.Reading documents,
            StatementLines.Reading lines,
            List<Opening> openings,
            @Nullable LocalDate began) {}

    private final Sources sources;
    private final Days days;
    private final FecFile file;
    private final FecBook book;
    private final Transit transit;
    private final StatementBooking statement;
    private final Deque<Opening> openings;
    private boolean carried;
    private @Nullable LocalDate day;

    FecWalk(
            Sources sources,
            Days days,
            FecFile file,
            FecBook book,
            Transit transit,
            StatementBooking statement) {
        this.sources = sources;
        this.days = days;
        this.file = file;
        this.book = book;
        this.transit = transit;
        this.statement = statement;
        this.openings = new ArrayDeque<>(sources.openings());
    }

    void write() throws IOException {
        sources.documents().<IOException>forEach(this::add);
        upTo(days.to());
    }

    private void add(IssuedDocument document) throws IOException {
        if (!document.issueDate().equals(day)) {
            upTo(document.issueDate().minusDays(1));
            day = document.issueDate();
        }
        book.add(document);
    }

    /** Writes all that the statement has until the end of a day whose documents are written. */
    private void upTo(LocalDate last) throws IOException {
        book.endDay();
        for (var next = sources.lines().next(last);
                next.isPresent();
                next = sources.lines().next(last)) {
            open(next.get().bookedOn());
            var transaction = next.get().transaction();
            book.add(next.get().bookedOn(), transaction, statement.of(transaction));
        }
        book.endDay();
        open(last);
    }

    /** Writes what opens statements until a day. */
    private void open(LocalDate last) throws IOException {
        var began = sources.began();
        if (!carried && began != null && !began.isAfter(last)) {
            carried = true;
            for (Booking.Part part : transit.carried()) {
                write(began, "Début du relevé Stripe, écritures d'avant", statement.carried(part));
            }
        }
        while (!openings.isEmpty() && !openings.getFirst().bookedOn().isAfter(last)) {
            var opening = openings.removeFirst();
            String account = opening.account().isEmpty() ? "" : " " + opening.account();
            write(
                    opening.bookedOn(),
                    "Solde Stripe" + account + " avant le relevé",
                    statement.of(opening));
        }
    }

    private void write(LocalDate on, String label, Booking booking) throws IOException {
        var piece = new Piece("STRIPE-" + Texts.compact(on), on, label);
        file.write(FecEntries.entry(JournalCode.ST, on, piece, booking.parts()));
    }
}
