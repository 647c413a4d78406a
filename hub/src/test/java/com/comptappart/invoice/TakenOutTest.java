package com.comptappart.invoice;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.MovableClock;
import com.comptappart.testing.Purchases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who owns the database and takes something out, with its traces, is found out by verify. */
class TakenOutTest {

    private static final List<String> TABLES =
            List.of("invoice", "invoice_series", "closing", "archive_batch");
    private static final String LAST_DOCUMENT_GONE =
            """
            delete from invoice where year = 2027;
            delete from archive_batch where year = 2027;
            delete from closing where last_day >= '2027-01-01';
            """;

    @TempDir private Path data;
    private HubForTests hub;

    @BeforeEach
    void three_documents_over_new_year_and_their_closings() {
        var clock = new MovableClock("2026-12-30T10:00:00Z");
        hub =
                new HubForTests()
                        .withProduction()
                        .with("comptappart.data-dir", data.toString())
                        .at(clock)
                        .start();
        buy("a", clock, 1);
        buy("b", clock, 2);
        clock.moveTo("2026-12-31T23:30:00Z");
        buy("c", clock, 3);
        clock.moveTo("2027-01-02T10:00:00Z");
        var work = hub.bean(ClosingWork.class);
        eventually(
                () -> {
                    work.round();
                    return hub.jdbc()
                            .sql("select count(*) from closing")
                            .query(Long.class)
                            .single();
                },
                closings -> closings == 5);
        TABLES.forEach(
                table -> run("create table kept_%1$s as select * from %1$s".formatted(table)));
        assertThat(hub.bean(Ledger.class).verify().firstBreak()).isEmpty();
    }

    @AfterEach
    void all_is_put_back_and_holds() {
        assertThat(hub.bean(Ledger.class).verify().firstBreak()).isEmpty();
        hub.close();
    }

    @Test
    void the_last_document_with_its_counter_its_closings_and_its_archive_row() {
        finds(
                "the archive holds FQCA-2027-000001, which the database has lost",
                LAST_DOCUMENT_GONE
                        + """
                        update invoice_series set last_number = 0,
                            last_hash = (select entry_hash from invoice where number = 'FQCA-2026-000002')
                        where year = 2027
                        """);
        finds(
                "the archive holds FQCA-2027-000001, which the database has lost",
                LAST_DOCUMENT_GONE
                        + "delete from invoice_series where year = 2027;"
                        + "update invoice_series set closed = true");
    }

    @Test
    void closings_from_the_end_or_all_of_them() {
        finds(
                "the counter of FQCA-2027 stands at 2027-01-02",
                "delete from closing where last_day = '2027-01-01'");
        finds("the counter of FQCA-2027 stands at 2027-01-02", "delete from closing");
        finds("there are closings of x", "update closing set seller_id = 'x'");
    }

    @Test
    void what_says_where_the_archive_has_a_document() {
        finds("is known to hold FQCA-2027-000001", "delete from archive_batch where year = 2027");
        finds(
                "is not the archive's name",
                "update archive_batch set object_key = object_key || 'x' where year = 2027");
        finds(
                "is known to hold FQCA-2026-000001",
                "update archive_batch set seller_id = 'x' where year = 2026");
        finds(
                "another number of documents",
                "update archive_batch set last_seq = last_seq + 1 where year = 2027");
    }

    @Test
    void the_partner_the_template_or_the_counter_of_a_document() {
        finds(
                "FQCA-2026-000001 is not what the archive holds",
                "update invoice set partner_id = 'part_x' where number = 'FQCA-2026-000001'");
        finds(
                "a document behind FQCA-2026-000000 can't be read",
                "update invoice set partner_id = 'x' where number = 'FQCA-2026-000001'");
        for (String column : List.of("prefix_id", "dictionary_id")) {
            finds(
                    "FQCA-2026-000002: its PDF is not the one that was issued",
                    "update invoice set %s = 'x' where number = 'FQCA-2026-000002'"
                            .formatted(column));
        }
        finds(
                "the counter of FQCA-2027 stands at 2027-01-03",
                "update invoice_series set last_date = last_date + 1 where year = 2027");
        finds(
                "the counter of FQCA-2026 is not closed",
                "update invoice_series set closed = false where year = 2026");
    }

    @Test
    void the_beginning_of_a_pdf_or_the_dictionary_in_the_archive() throws IOException {
        List<Path> parts;
        try (Stream<Path> files = Files.walk(data.resolve("documents"))) {
            parts = files.filter(file -> file.toString().contains("/parts/")).toList();
        }
        assertThat(parts).hasSize(2);
        for (Path part : parts) {
            byte[] whole = Files.readAllBytes(part);
            Files.write(part, Arrays.copyOf(whole, whole.length - 1));
            assertFound("the archive's part " + part.getFileName());
            Files.delete(part);
            assertFound("the archive's part " + part.getFileName());
            Files.write(part, whole);
        }
    }

    @Test
    void a_number_in_the_middle_or_at_the_end_of_a_series_which_the_console_says_too() {
        finds(
                "FQCA-2026-000001 is missing, the next is FQCA-2026-000002",
                "delete from invoice where number = 'FQCA-2026-000001'",
                () -> assertThat(missing()).containsExactly("FQCA-2026-000001"));
        finds(
                "FQCA-2027",
                "delete from invoice where number = 'FQCA-2027-000001'",
                () -> assertThat(missing()).containsExactly("FQCA-2027-000001"));
        finds(
                "FQCA-2026",
                "update invoice_series set last_number = 1 where year = 2026",
                () -> assertThat(missing()).containsExactly("FQCA-2026-000002"));
    }

    /** Of a reader who did not ask a moment ago. */
    private List<String> missing() {
        return new SeriesContinuity(hub.jdbc(), hub.bean(Clock.class))
                .of("default", Environment.PRODUCTION).series().stream()
                        .flatMap(series -> series.missing().stream())
                        .toList();
    }

    @Test
    void a_document_that_was_changed_does_not_hold_in_the_console() {
        finds(
                "its ledger entry was changed",
                "update invoice set issued_at = issued_at + interval '1 s' where number = 'FQCA-2026-000002'",
                () -> {
                    var issued =
                            hub.bean(DocumentFinder.class)
                                    .find(null, Environment.PRODUCTION, "FQCA-2026-000002")
                                    .orElseThrow();
                    var broken =
                            hub
                                    .bean(DocumentCheck.class)
                                    .of(
                                            hub.bean(IssuedDocuments.class).get(issued),
                                            hub.bean(Invoices.class).pdf(issued).orElseThrow())
                                    .stream()
                                    .filter(finding -> !finding.holds())
                                    .toList();
                    assertThat(broken).hasSize(1);
                    assertThat(broken.getFirst().what()).isEqualTo(DocumentCheck.What.LEDGER);
                });
    }

    private void finds(String what, String sql) {
        finds(what, sql, () -> {});
    }

    private void finds(String what, String sql, Runnable more) {
        try {
            run(sql);
            assertFound(what);
            more.run();
        } finally {
            for (String table : TABLES) {
                run("delete from %1$s; insert into %1$s select * from kept_%1$s".formatted(table));
            }
        }
    }

    private void assertFound(String what) {
        assertThat(hub.bean(Ledger.class).verify().firstBreak())
                .hasValueSatisfying(found -> assertThat(found).contains(what));
    }

    /** As the database's superuser, with triggers off. */
    private void run(String sql) {
        hub.jdbc()
                .sql(
                        """
                        do $do$ begin
                            set local session_replication_role = replica;
                            %s;
                        end $do$
                        """
                                .formatted(sql))
                .update();
    }

    private void buy(String id, MovableClock clock, int documents) {
        assertThat(
                        hub.stripeEvent(
                                        Purchases.event(id, "", true),
                                        HubForTests.LIVE_STRIPE_SECRET,
                                        clock.instant())
                                .statusCode())
                .isEqualTo(200);
        eventually(
                () -> hub.jdbc().sql("select number from invoice").query(String.class).list(),
                documents);
    }
}
