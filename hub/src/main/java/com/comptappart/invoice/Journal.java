package com.comptappart.invoice;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The technical journal (journal des événements techniques): what happened to the system that keeps
 * the ledger, each entry chained to the one before it.
 */
@Repository
public class Journal implements LedgerCheck {

    private static final int PAGE = 1_000;

    private final JdbcClient jdbc;
    private final Clock clock;

    Journal(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** One entry. */
    public record Entry(long sequence, Instant at, String kind, String detail, String hash) {}

    private record Head(long sequence, byte[] hash) {}

    private record Row(Entry entry, byte[] previous) {

        byte[] hash() {
            return Hashes.sha256(
                    String.join(
                            "|",
                            "v1",
                            Long.toString(entry.sequence()),
                            entry.at().toString(),
                            entry.kind(),
                            entry.detail(),
                            HexFormat.of().formatHex(previous)));
        }
    }

    /** Name and version of this program; without a jar there is no version. */
    public static String software() {
        String version = Journal.class.getPackage().getImplementationVersion();
        return "ComptAppart " + (version == null ? "(sources)" : version);
    }

    /** Adds an entry; in a transaction of the caller, it ends with it. */
    @Transactional
    public void record(JournalKind kind, String detail) {
        var head =
                jdbc.sql("select last_seq, last_hash from journal_head for update")
                        .query((row, number) ->
                                new Head(row.getLong("last_seq"), row.getBytes("last_hash")))
                        .single();
        var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var row = new Row(new Entry(head.sequence() + 1, at, kind.code(), detail, ""), head.hash());
        byte[] hash = row.hash();
        jdbc.sql(
                        """
                        with added as (
                            insert into journal (seq, at, kind, detail, previous_hash, entry_hash)
                            values (:seq, :at, :kind, :detail, :previous, :hash))
                        update journal_head set last_seq = :seq, last_hash = :hash
                        """)
                .param("seq", row.entry().sequence())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("kind", kind.code())
                .param("detail", detail)
                .param("previous", head.hash())
                .param("hash", hash)
                .update();
    }

    /** Adds an entry, unless the last of its kind says the same. */
    @Transactional
    public void recordOnce(JournalKind kind, String detail) {
        var last =
                jdbc.sql("select detail from journal where kind = :kind order by seq desc limit 1")
                        .param("kind", kind.code())
                        .query(String.class)
                        .optional();
        if (!last.equals(Optional.of(detail))) {
            record(kind, detail);
        }
    }

    /** The entries behind one, oldest first. */
    public List<Entry> page(long after, int limit) {
        return rows(after, limit).stream().map(Row::entry).toList();
    }

    @Override
    public Optional<String> firstBreak(LedgerDays days) {
        var chain = new Head(0, Series.NO_FORMER_ENTRY);
        while (true) {
            var page = rows(chain.sequence(), PAGE);
            for (Row row : page) {
                String entry = "the technical journal's entry " + row.entry().sequence();
                if (row.entry().sequence() != chain.sequence() + 1) {
                    return Optional.of(entry + " has lost the one before it");
                }
                byte[] hash = row.hash();
                if (!Arrays.equals(row.previous(), chain.hash())
                        || !HexFormat.of().formatHex(hash).equals(row.entry().hash())) {
                    return Optional.of(entry + " was changed");
                }
                chain = new Head(row.entry().sequence(), hash);
            }
            if (page.size() < PAGE) {
                return end(chain);
            }
        }
    }

    private Optional<String> end(Head chain) {
        boolean isWhole =
                jdbc.sql("select last_seq = :seq and last_hash = :hash from journal_head")
                        .param("seq", chain.sequence())
                        .param("hash", chain.hash())
                        .query(Boolean.class)
                        .single();
        return isWhole
                ? Optional.empty()
                : Optional.of("the technical journal has lost its last entries");
    }

    private List<Row> rows(long after, int limit) {
        return jdbc.sql(
                        """
                        select seq, at, kind, detail, previous_hash, entry_hash
                        from journal
                        where seq > :after
                        order by seq
                        limit :limit
                        """)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) ->
                        new Row(
                                new Entry(
                                        row.getLong("seq"),
                                        row.getTimestamp("at").toInstant(),
                                        row.getString("kind"),
                                        row.getString("detail"),
                                        HexFormat.of().formatHex(row.getBytes("entry_hash"))),
                                row.getBytes("previous_hash")))
                .list();
    }
}
