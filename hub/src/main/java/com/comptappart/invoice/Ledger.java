package com.comptappart.invoice;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;

/**
 * Checks what was issued from end to end: per series the numbers are exactly 1 to the last, dates
 * never go back, every entry is chained to the former, contents, documents and totals are what was
 * hashed, credit notes stay within their invoices (invariants I6, I7, I8, I9), closings add up to
 * the documents, the technical journal is whole, and the archive holds the same.
 */
@Component
public class Ledger {

    private static final int PAGE = 500;

    /** What the check found: how much it read, and the first break where there is one. */
    public record Verdict(long documents, int series, Optional<String> firstBreak) {}

    private final LedgerRows rows;
    private final EntryCheck entries;
    private final List<LedgerCheck> checks;
    private final ArchiveCheck archive;
    private final TransactionTemplate snapshot;

    Ledger(
            LedgerRows rows,
            EntryCheck entries,
            List<LedgerCheck> checks,
            ArchiveCheck archive,
            PlatformTransactionManager transactions) {
        this.rows = rows;
        this.entries = entries;
        this.checks = checks;
        this.archive = archive;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /** Reads the database as it is at one moment, while documents go on being issued. */
    public Verdict verify() {
        var database = Objects.requireNonNull(snapshot.execute(_ -> database()));
        return new Verdict(
                database.documents(),
                database.series(),
                database.firstBreak().or(archive::firstBreak));
    }

    private Verdict database() {
        long documents = 0;
        int count = 0;
        var days = new LedgerDays();
        var former = new EntryCheck.Chain(Series.NO_FORMER_ENTRY, LocalDate.MIN);
        Series.Key formerKey = null;
        for (Series series : rows.allSeries()) {
            boolean goesOn = formerKey != null && isNextYear(formerKey, series.key());
            var chain =
                    goesOn ? former : new EntryCheck.Chain(Series.NO_FORMER_ENTRY, LocalDate.MIN);
            var checked = new SeriesCheck(series, chain, days);
            var broken = checked.run();
            documents += checked.sequence;
            count++;
            if (broken.isPresent()) {
                return new Verdict(documents, count, broken);
            }
            former = checked.chain;
            formerKey = series.key();
        }
        return new Verdict(
                documents,
                count,
                rows.strays()
                        .or(() ->
                                checks.stream()
                                        .flatMap(check -> check.firstBreak(days).stream())
                                        .findFirst()));
    }

    static boolean isNextYear(Series.Key former, Series.Key key) {
        return former.sellerId().equals(key.sellerId())
                && former.environment() == key.environment()
                && former.kind().equals(key.kind());
    }

    /** Walks one series from its first number. */
    private final class SeriesCheck {

        private final Series series;
        private final LedgerDays days;
        private EntryCheck.Chain chain;
        private long sequence;

        SeriesCheck(Series series, EntryCheck.Chain chain, LedgerDays days) {
            this.series = series;
            this.chain = chain;
            this.days = days;
        }

        Optional<String> run() {
            while (true) {
                List<LedgerRows.Kept> page;
                try {
                    page = rows.page(series, sequence, PAGE);
                } catch (JacksonException | IllegalArgumentException e) {
                    return Optional.of(
                            "a document behind "
                                    + series.number(sequence)
                                    + " can't be read any more");
                }
                for (LedgerRows.Kept kept : page) {
                    var wrong = entries.wrong(series, sequence + 1, chain, kept);
                    if (wrong.isPresent()) {
                        return wrong;
                    }
                    days.add(kept.entry(), kept.hash());
                    sequence = kept.entry().sequence();
                    chain = new EntryCheck.Chain(kept.hash(), kept.entry().invoice().issueDate());
                }
                if (page.size() < PAGE) {
                    return end();
                }
            }
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
}
