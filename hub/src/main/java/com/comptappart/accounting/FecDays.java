package com.comptappart.accounting;

import com.comptappart.accounting.FecEntry.Piece;
import com.comptappart.invoice.DocumentKind;
import com.comptappart.invoice.IssuedDocument;
import com.comptappart.kernel.Currency;
import com.comptappart.order.BalanceTransaction;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One entry for each day and rate, and one for what Stripe received that day; credit notes and
 * other currencies apart. The detail is in the list of invoices (BOI-CF-IOR-60-40-20, § 60).
 */
final class FecDays implements FecBook {

    private record Group(DocumentKind kind, String currency) implements Comparable<Group> {

        @Override
        public int compareTo(Group other) {
            return Comparator.comparing(Group::kind)
                    .thenComparing(Group::currency)
                    .compare(this, other);
        }
    }

    private static final class Sum {
        private final String first;
        private String last;
        private long documents;
        private final Map<TaxedPart.Tax, List<TaxedPart>> rates = new TreeMap<>();
        private final Map<String, Funds> funds = new TreeMap<>();

        Sum(String first) {
            this.first = first;
            last = first;
        }

        /** One part for each nature of a rate. */
        void add(TaxedPart part) {
            var parts = rates.computeIfAbsent(part.tax(), _ -> new ArrayList<>());
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).nature() == part.nature()) {
                    parts.set(i, parts.get(i).plus(part));
                    return;
                }
            }
            parts.add(part);
        }
    }

    private final FecFile file;
    private final Accounts accounts;
    private final Transit transit;
    private final FecStatementDays statement;
    private final Lettering lettering = new Lettering();
    private final Map<Group, Sum> sums = new TreeMap<>();
    private @Nullable LocalDate day;

    FecDays(FecFile file, Accounts accounts, Transit transit) {
        this.file = file;
        this.accounts = accounts;
        this.transit = transit;
        statement = new FecStatementDays(file);
    }

    @Override
    public void add(LocalDate on, BalanceTransaction transaction, Booking booking)
            throws IOException {
        statement.add(on, transaction, booking);
    }

    @Override
    public void add(IssuedDocument document) throws IOException {
        if (!document.issueDate().equals(day)) {
            endDay();
            day = document.issueDate();
        }
        var group = new Group(document.kind(), document.content().currency().code());
        var sum = sums.computeIfAbsent(group, _ -> new Sum(document.number()));
        sum.last = document.number();
        sum.documents++;
        var parts = TaxedPart.of(document);
        parts.forEach(sum::add);
        long gross = parts.stream().mapToLong(TaxedPart::gross).sum();
        long euro = parts.stream().mapToLong(TaxedPart::grossEuro).sum();
        transit.of(document, gross, euro)
                .forEach(each -> sum.funds.merge(each.account().number(), each, Funds::plus));
    }

    /** Writes the day's entries. */
    @Override
    public void endDay() throws IOException {
        if (day != null) {
            for (var each : sums.entrySet()) {
                write(day, each.getKey(), each.getValue());
            }
        }
        sums.clear();
        statement.endDay();
    }

    private void write(LocalDate of, Group group, Sum sum) throws IOException {
        var currency = new Currency(group.currency());
        String reference = sum.first.equals(sum.last) ? sum.first : sum.first + " a " + sum.last;
        boolean isInvoice = group.kind() == DocumentKind.INVOICE;
        String letters = lettering.next();
        for (var rate : sum.rates.entrySet()) {
            var piece =
                    new Piece(
                            reference,
                            of,
                            (isInvoice ? "Ventes du " : "Avoirs du ")
                                    + of
                                    + " "
                                    + FecEntries.words(rate.getKey())
                                    + ",");
            file.write(FecEntries.sale(accounts, currency, of, piece, letters, rate.getValue()));
        }
        String label =
                (isInvoice ? "Encaissements" : "Remboursements")
                        + " du "
                        + of
                        + ", "
                        + sum.documents
                        + (isInvoice ? " factures" : " avoirs");
        file.write(
                FecEntries.receipt(
                        accounts,
                        currency,
                        of,
                        new Piece(reference, of, label),
                        letters,
                        List.copyOf(sum.funds.values())));
    }
}
