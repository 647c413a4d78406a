package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks what was issued from end to end: per series the numbers are exactly 1 to the last, dates
 * never go back, every entry is chained to the former, contents, documents and totals are what was
 * hashed, and credit notes stay within their invoices (invariants I6, I7, I8, I9).
 */
@Repository
public class Ledger {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PAGE = 500;

    /** What the check found: how much it read, and the first break where there is one. */
    public record Verdict(long documents, int series, Optional<String> firstBreak) {}

    private final JdbcClient jdbc;
    private final InvoiceFiles files;
    private final CreditCheck credits;

    Ledger(JdbcClient jdbc, InvoiceFiles files, CreditCheck credits) {
        this.jdbc = jdbc;
        this.files = files;
        this.credits = credits;
    }

    /** A row and the totals that its columns claim. */
    private record Kept(
            LedgerEntry entry,
            byte[] contentHash,
            byte[] hash,
            String currency,
            long total,
            long tax) {}

    private record Chain(byte[] hash, LocalDate date) {}

    public Verdict verify() {
        long documents = 0;
        int count = 0;
        var former = new Chain(Series.NO_FORMER_ENTRY, LocalDate.MIN);
        Series.Key formerKey = null;
        for (Series series : allSeries()) {
            boolean goesOn = formerKey != null && isNextYear(formerKey, series.key());
            var chain = goesOn ? former : new Chain(Series.NO_FORMER_ENTRY, LocalDate.MIN);
            var checked = new SeriesCheck(series, chain);
            var broken = checked.run();
            documents += checked.sequence;
            count++;
            if (broken.isPresent()) {
                return new Verdict(documents, count, broken);
            }
            former = checked.chain;
            formerKey = series.key();
        }
        return new Verdict(documents, count, strays().or(credits::firstBreak));
    }

    private static boolean isNextYear(Series.Key former, Series.Key key) {
        return former.sellerId().equals(key.sellerId())
                && former.environment() == key.environment()
                && former.kind().equals(key.kind());
    }

    /** Walks one series from its first number. */
    private final class SeriesCheck {

        private final Series series;
        private Chain chain;
        private long sequence;

        SeriesCheck(Series series, Chain chain) {
            this.series = series;
            this.chain = chain;
        }

        Optional<String> run() {
            while (true) {
                List<Kept> page;
                try {
                    page = page(series, sequence);
                } catch (JacksonException e) {
                    return Optional.of(
                            "a content behind "
                                    + series.number(sequence)
                                    + " can't be read any more");
                }
                for (Kept kept : page) {
                    var wrong = wrong(kept);
                    if (wrong.isPresent()) {
                        return wrong;
                    }
                    sequence = kept.entry().sequence();
                    chain = new Chain(kept.hash(), kept.entry().invoice().issueDate());
                }
                if (page.size() < PAGE) {
                    return end();
                }
            }
        }

        private Optional<String> wrong(Kept kept) {
            var entry = kept.entry();
            String number = entry.invoice().number();
            var content = entry.invoice().content();
            if (entry.sequence() != sequence + 1) {
                return Optional.of(
                        series.number(sequence + 1) + " is missing, the next is " + number);
            }
            if (!number.equals(series.number(entry.sequence()))) {
                return Optional.of(number + " should be " + series.number(entry.sequence()));
            }
            if (entry.invoice().issueDate().isBefore(chain.date())) {
                return Optional.of(number + " is dated before the invoice that precedes it");
            }
            if (!Arrays.equals(entry.previousHash(), chain.hash())) {
                return Optional.of(number + " is not chained to the invoice that precedes it");
            }
            if (!Arrays.equals(kept.contentHash(), entry.contentHash())) {
                return Optional.of(number + ": its content is not what was issued");
            }
            if (content.gross() != kept.total()
                    || content.vat() != kept.tax()
                    || !content.currency().code().equals(kept.currency())) {
                return Optional.of(number + ": its lines do not add up to its total");
            }
            byte[] prefix = files.template(entry.document().prefixId());
            byte[] pdf = InvoiceRenderer.Template.whole(prefix, entry.document().tail());
            if (!Arrays.equals(Hashes.sha256(pdf), entry.document().pdfSha256())) {
                return Optional.of(number + ": its PDF is not the one that was issued");
            }
            if (!Arrays.equals(kept.hash(), entry.hash())) {
                return Optional.of(number + ": its ledger entry was changed");
            }
            return Optional.empty();
        }

        private Optional<String> end() {
            if (sequence != series.lastNumber()) {
                return Optional.of(
                        "the counter of "
                                + series.prefix()
                                + "-"
                                + series.key().year()
                                + " stands at "
                                + series.lastNumber()
                                + ", but the last invoice is number "
                                + sequence);
            }
            if (!Arrays.equals(series.lastHash(), chain.hash())) {
                return Optional.of(
                        "the counter of "
                                + series.prefix()
                                + "-"
                                + series.key().year()
                                + " holds another hash than its last invoice");
            }
            return Optional.empty();
        }
    }

    private List<Series> allSeries() {
        return jdbc.sql(
                        """
                        select seller_id, environment, kind, year, prefix, last_number, last_date, last_hash
                        from invoice_series
                        order by seller_id, environment, kind, year
                        """)
                .query((row, number) ->
                        new Series(
                                new Series.Key(
                                        row.getString("seller_id"),
                                        Environment.of(row.getString("environment")),
                                        DocumentKind.of(row.getString("kind")),
                                        row.getInt("year")),
                                row.getString("prefix"),
                                row.getLong("last_number"),
                                row.getObject("last_date", LocalDate.class),
                                row.getBytes("last_hash")))
                .list();
    }

    private Optional<String> strays() {
        return jdbc.sql(
                        """
                        select i.number
                        from invoice i
                        where not exists (
                            select 1 from invoice_series s
                            where s.seller_id = i.seller_id and s.environment = i.environment and s.kind = i.kind
                                and s.year = i.year)
                        limit 1
                        """)
                .query((row, number) -> row.getString("number") + " belongs to no series")
                .optional();
    }

    private List<Kept> page(Series series, long after) {
        return jdbc.sql(
                        """
                        select partner_id, order_id, seq, number, issue_date, currency, total_minor, tax_minor, content,
                            content_sha256, prefix_id, pdf_tail, pdf_sha256, previous_hash, entry_hash, issued_at
                        from invoice
                        where seller_id = :seller and environment = :environment and kind = :kind and year = :year
                            and seq > :after
                        order by seq
                        limit :limit
                        """)
                .param("seller", series.key().sellerId())
                .param("environment", series.key().environment().code())
                .param("kind", series.key().kind().code())
                .param("year", series.key().year())
                .param("after", after)
                .param("limit", PAGE)
                .query((row, number) -> kept(series.key(), row))
                .list();
    }

    private static Kept kept(Series.Key key, ResultSet row) throws SQLException {
        String content = row.getString("content");
        var invoice =
                new NumberedInvoice(
                        row.getString("number"),
                        row.getObject("issue_date", LocalDate.class),
                        JSON.readValue(content, InvoiceContent.class));
        var entry =
                new LedgerEntry(
                        new PartnerId(row.getString("partner_id")),
                        new OrderId(row.getLong("order_id")),
                        key,
                        row.getLong("seq"),
                        invoice,
                        content,
                        new RenderedInvoice(
                                row.getString("prefix_id"),
                                row.getBytes("pdf_tail"),
                                row.getBytes("pdf_sha256")),
                        row.getBytes("previous_hash"),
                        row.getTimestamp("issued_at").toInstant());
        return new Kept(
                entry,
                row.getBytes("content_sha256"),
                row.getBytes("entry_hash"),
                row.getString("currency"),
                row.getLong("total_minor"),
                row.getLong("tax_minor"));
    }
}
