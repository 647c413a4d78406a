package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads all that was issued in a time, oldest first: page by page, so that a million documents need
 * no more memory than a hundred, and no transaction lasts longer than a page.
 */
@Component
public class IssuedDocuments {

    private static final int PAGE = 200;

    private final IssuedRows rows;

    IssuedDocuments(IssuedRows rows) {
        this.rows = rows;
    }

    /**
     * What is done with each document.
     *
     * @param <E> what it may throw
     */
    @FunctionalInterface
    public interface Visitor<E extends Exception> {
        void visit(IssuedDocument document) throws E;
    }

    /**
     * The documents that are there now; those that are issued later are not in it, however often it
     * is read.
     *
     * @param from the first issue date, Europe/Paris
     * @param to the last
     */
    public Reading reading(String sellerId, Environment environment, LocalDate from, LocalDate to) {
        return new Reading(
                rows, rows.series(sellerId, environment, from, to), from, to, IssuedRows.Only.ALL);
    }

    /** All that an issued document says. */
    public IssuedDocument get(InvoiceIssued issued) {
        return rows.one(issued.environment(), issued.number());
    }

    /** Some documents, as they are at one moment. */
    public static final class Reading {

        private static final Comparator<Cursor> OLDEST_FIRST =
                Comparator.comparing((Cursor cursor) -> cursor.head().issueDate())
                        .thenComparing(cursor -> cursor.head().issuedAt())
                        .thenComparing(cursor -> cursor.head().kind())
                        .thenComparingInt(cursor -> cursor.head().year());

        private final IssuedRows rows;
        private final List<IssuedRows.Until> series;
        private final LocalDate from;
        private final LocalDate to;
        private final IssuedRows.Only only;

        private Reading(
                IssuedRows rows,
                List<IssuedRows.Until> series,
                LocalDate from,
                LocalDate to,
                IssuedRows.Only only) {
            this.rows = rows;
            this.series = series;
            this.from = from;
            this.to = to;
            this.only = only;
        }

        /** Those in another currency that had no VAT to convert, and so froze no rate. */
        public Reading unconverted() {
            return new Reading(rows, series, from, to, new IssuedRows.Only(only.partner(), true));
        }

        /** Those of one partner. */
        public Reading of(PartnerId partner) {
            return new Reading(
                    rows, series, from, to, new IssuedRows.Only(partner, only.unconverted()));
        }

        /** By day; within a day by the time of issue, each series by its numbers. */
        public <E extends Exception> void forEach(Visitor<E> visitor) throws E {
            var open = new PriorityQueue<>(OLDEST_FIRST);
            for (IssuedRows.Until each : series) {
                var cursor = new Cursor(each);
                if (cursor.hasHead()) {
                    open.add(cursor);
                }
            }
            while (!open.isEmpty()) {
                var next = open.remove();
                visitor.visit(next.take());
                if (next.hasHead()) {
                    open.add(next);
                }
            }
        }

        /** Walks one series. */
        private final class Cursor {

            private final IssuedRows.Until series;
            private final Deque<IssuedDocument> page = new ArrayDeque<>(PAGE);
            private @Nullable Long last = 0L;

            Cursor(IssuedRows.Until series) {
                this.series = series;
            }

            boolean hasHead() {
                if (page.isEmpty() && last != null) {
                    page.addAll(rows.page(series, last, from, to, only, PAGE));
                    last = page.size() < PAGE ? null : page.getLast().sequence();
                }
                return !page.isEmpty();
            }

            IssuedDocument head() {
                return page.getFirst();
            }

            IssuedDocument take() {
                return page.removeFirst();
            }
        }
    }
}
