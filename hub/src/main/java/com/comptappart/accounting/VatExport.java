package com.comptappart.accounting;

import com.comptappart.invoice.IssuedDocument;
import com.comptappart.invoice.IssuedDocuments;
import com.comptappart.invoice.JournalKind;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Money;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** VAT by period, category, rate and currency; credit notes subtract. */
@Component
public class VatExport {

    /** What rows are of. */
    public enum Period {
        DAY,
        MONTH;

        /** {@code 2026-11-23} or {@code 2026-11}. */
        private String of(LocalDate date) {
            return this == DAY ? date.toString() : date.toString().substring(0, 7);
        }
    }

    private record Key(TaxedPart.Tax tax, String currency) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            return Comparator.comparing(Key::tax).thenComparing(Key::currency).compare(this, other);
        }
    }

    private static final class Sum {
        private long invoices;
        private long creditNotes;
        private long net;
        private long vat;
        private long netEuro;
        private long vatEuro;
    }

    /**
     * A row.
     *
     * @param period null in the totals
     * @param country whose VAT it is; FR where it is not another's
     * @param invoices how many have something under that rate
     */
    record Row(
            @Nullable String period,
            String category,
            BigDecimal rate,
            String country,
            String currency,
            long invoices,
            long creditNotes,
            BigDecimal netAmount,
            BigDecimal vatAmount,
            BigDecimal totalAmount,
            BigDecimal netAmountEur,
            BigDecimal vatAmountEur,
            BigDecimal totalAmountEur) {}

    private final Books books;

    VatExport(Books books) {
        this.books = books;
    }

    /**
     * @throws com.comptappart.kernel.Refused where a euro rate is not known
     */
    public Export of(Days days, Period period, Format format) {
        var reading = books.openInEuros(days);
        books.tell(JournalKind.EXPORT, "VAT by " + period, days);
        String name = days.name("tva");
        return switch (format) {
            case JSON ->
                    new Export(
                            name + ".json",
                            JsonRows.MEDIA_TYPE,
                            out -> json(reading, days, period, out));
            case CSV -> new Export(name + ".csv", Csv.MEDIA_TYPE, out -> csv(reading, period, out));
        };
    }

    private static void json(
            IssuedDocuments.Reading reading, Days days, Period period, OutputStream out)
            throws IOException {
        Map<String, String> head = new LinkedHashMap<>();
        head.put("environment", days.environment().code());
        head.put("from", days.from().toString());
        head.put("to", days.to().toString());
        var rows = new JsonRows(out, head);
        rows.list("data");
        var walk = new Walk(period, rows::row);
        reading.<IOException>forEach(walk::add);
        walk.endPeriod();
        rows.endList();
        rows.list("totals");
        write(null, walk.totals, rows::row);
        rows.endList();
        rows.end();
    }

    private static void csv(IssuedDocuments.Reading reading, Period period, OutputStream out)
            throws IOException {
        var csv =
                new Csv(
                        out,
                        "period",
                        "category",
                        "rate",
                        "country",
                        "currency",
                        "invoices",
                        "credit_notes",
                        "net_amount",
                        "vat_amount",
                        "total_amount",
                        "net_amount_eur",
                        "vat_amount_eur",
                        "total_amount_eur");
        var walk =
                new Walk(
                        period,
                        row ->
                                csv.row(
                                        row.period(),
                                        row.category(),
                                        row.rate(),
                                        row.country(),
                                        row.currency(),
                                        row.invoices(),
                                        row.creditNotes(),
                                        row.netAmount(),
                                        row.vatAmount(),
                                        row.totalAmount(),
                                        row.netAmountEur(),
                                        row.vatAmountEur(),
                                        row.totalAmountEur()));
        reading.<IOException>forEach(walk::add);
        walk.endPeriod();
        csv.flush();
    }

    private interface Rows {
        void write(Row row) throws IOException;
    }

    /** Holds one period at a time. */
    private static final class Walk {

        private final Period period;
        private final Rows rows;
        private final Map<Key, Sum> sums = new TreeMap<>();
        private final Map<Key, Sum> totals = new TreeMap<>();
        private @Nullable String current;

        Walk(Period period, Rows rows) {
            this.period = period;
            this.rows = rows;
        }

        void add(IssuedDocument document) throws IOException {
            String of = period.of(document.issueDate());
            if (!of.equals(current)) {
                endPeriod();
                current = of;
            }
            Map<TaxedPart.Tax, TaxedPart> parts = new TreeMap<>();
            TaxedPart.of(document).forEach(part -> parts.merge(part.tax(), part, TaxedPart::plus));
            VatExport.add(document, parts.values(), sums);
            VatExport.add(document, parts.values(), totals);
        }

        void endPeriod() throws IOException {
            VatExport.write(current, sums, rows);
            sums.clear();
        }
    }

    /**
     * @param parts one for each tax
     */
    private static void add(
            IssuedDocument document, Collection<TaxedPart> parts, Map<Key, Sum> sums) {
        String currency = document.content().currency().code();
        for (TaxedPart part : parts) {
            var sum = sums.computeIfAbsent(new Key(part.tax(), currency), _ -> new Sum());
            sum.invoices += document.isCreditNote() ? 0 : 1;
            sum.creditNotes += document.isCreditNote() ? 1 : 0;
            sum.net = Math.addExact(sum.net, part.net());
            sum.vat = Math.addExact(sum.vat, part.vat());
            sum.netEuro = Math.addExact(sum.netEuro, part.netEuro());
            sum.vatEuro = Math.addExact(sum.vatEuro, part.vatEuro());
        }
    }

    private static void write(@Nullable String period, Map<Key, Sum> sums, Rows rows)
            throws IOException {
        for (var each : sums.entrySet()) {
            rows.write(row(period, each.getKey(), each.getValue()));
        }
    }

    private static Row row(@Nullable String period, Key key, Sum sum) {
        var currency = new Currency(key.currency());
        return new Row(
                period,
                key.tax().category().name(),
                key.tax().rate(),
                key.tax().country().isEmpty() ? "FR" : key.tax().country(),
                key.currency(),
                sum.invoices,
                sum.creditNotes,
                new Money(sum.net, currency).decimal(),
                new Money(sum.vat, currency).decimal(),
                new Money(sum.net + sum.vat, currency).decimal(),
                new Money(sum.netEuro, Currency.EUR).decimal(),
                new Money(sum.vatEuro, Currency.EUR).decimal(),
                new Money(sum.netEuro + sum.vatEuro, Currency.EUR).decimal());
    }
}
