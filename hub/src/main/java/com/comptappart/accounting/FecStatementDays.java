package com.comptappart.accounting;

import com.comptappart.accounting.FecEntry.JournalCode;
import com.comptappart.accounting.FecEntry.Piece;
import com.comptappart.order.BalanceTransaction;
import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One entry for each day, kind of line and currency of Stripe's statement. */
final class FecStatementDays {

    private record Key(String account, String currency) {}

    private static final class Sum {
        private final String first;
        private String last;
        private long lines;
        private final Map<Key, Booking.Part> parts = new LinkedHashMap<>();

        Sum(String first) {
            this.first = first;
            last = first;
        }
    }

    private final FecFile file;
    private final Map<String, Sum> sums = new TreeMap<>();
    private @Nullable LocalDate day;

    FecStatementDays(FecFile file) {
        this.file = file;
    }

    void add(LocalDate on, BalanceTransaction transaction, Booking booking) throws IOException {
        if (!on.equals(day)) {
            endDay();
            day = on;
        }
        String group = StatementBooking.words(transaction) + ", " + transaction.currency();
        var sum = sums.computeIfAbsent(group, _ -> new Sum(transaction.id()));
        sum.last = transaction.id();
        sum.lines++;
        for (Booking.Part part : booking.parts()) {
            var key = new Key(part.account().number(), part.amount().currency().code());
            sum.parts.merge(key, part, Booking.Part::plus);
        }
    }

    void endDay() throws IOException {
        if (day != null) {
            for (var each : sums.entrySet()) {
                write(day, each.getKey(), each.getValue());
            }
        }
        sums.clear();
    }

    private void write(LocalDate of, String group, Sum sum) throws IOException {
        String reference = sum.first.equals(sum.last) ? sum.first : sum.first + " a " + sum.last;
        String label = "Relevé Stripe du " + of + ", " + group + ", " + sum.lines;
        var piece = new Piece(reference, of, label);
        file.write(FecEntries.entry(JournalCode.ST, of, piece, sum.parts.values()));
    }
}
