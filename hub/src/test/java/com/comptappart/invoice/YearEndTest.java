package com.comptappart.invoice;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.MovableClock;
import com.comptappart.testing.Purchases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What happens around midnight in Paris, when days, years and series end while work goes on. */
class YearEndTest {

    private static final ClosingRows.Books BOOKS =
            new ClosingRows.Books("default", Environment.PRODUCTION);
    private static final String LAST_SECOND = "2026-12-31T22:59:59Z";
    private static final String FIRST_SECOND = "2026-12-31T23:00:01Z";

    private static final int CLOSING = 77;
    private static final int STORING = 78;

    @TempDir private Path data;
    private MovableClock clock;
    private HubForTests hub;

    @BeforeEach
    void a_hub_on_the_last_day_of_the_year() {
        clock = new MovableClock("2026-12-31T10:00:00Z");
        hub =
                new HubForTests()
                        .withProduction()
                        .with("comptappart.data-dir", data.toString())
                        .at(clock)
                        .start();
    }

    @AfterEach
    void the_ledger_holds() {
        try {
            assertThat(hub.bean(Ledger.class).verify().firstBreak()).isEmpty();
        } finally {
            hub.close();
        }
    }

    @Test
    void the_year_ends_at_midnight_in_paris() {
        clock.moveTo(LAST_SECOND);
        buy("old", 1);
        clock.moveTo(FIRST_SECOND);
        buy("new", 2);
        assertThat(documents())
                .containsExactly("FQCA-2026-000001 2026-12-31", "FQCA-2027-000001 2027-01-01");
        close(hub);
        assertThat(closings()).endsWith("year 2026-01-01 2026-12-31");
    }

    @Test
    void a_document_that_was_claimed_in_the_old_year_and_not_stored_keeps_its_number() {
        buy("a", 1);
        run(
                """
                create function dies() returns trigger language plpgsql as $$
                begin raise exception 'killed before the commit'; end $$
                """);
        run("create trigger dies before insert on archive_batch execute function dies()");
        clock.moveTo(LAST_SECOND);
        send("b");
        eventually(() -> claimed("2026/000000000002.gz"), 1);
        clock.moveTo("2027-01-01T10:00:00Z");
        run("drop trigger dies on archive_batch");
        send("c");

        assertThat(eventually(this::documents, 3))
                .containsExactly(
                        "FQCA-2026-000001 2026-12-31",
                        "FQCA-2026-000002 2026-12-31",
                        "FQCA-2027-000001 2027-01-01");
        close(hub);
        assertThat(closings()).contains("year 2026-01-01 2026-12-31");
    }

    @Test
    void a_document_of_the_last_second_does_not_meet_the_closing_of_its_day() throws Exception {
        buy("a", 1);
        waitsFor(CLOSING, "closed");
        waitsFor(STORING, "last_number");
        clock.moveTo(FIRST_SECOND);
        try (var closing = Executors.newSingleThreadExecutor()) {
            hub.bean(TransactionTemplate.class)
                    .executeWithoutResult(_ -> {
                        run("select pg_advisory_lock(%d)", CLOSING);
                        run("select pg_advisory_lock(%d)", STORING);
                        closing.submit(() -> hub.bean(ClosingWork.class).round());
                        eventually(() -> waiting(CLOSING), waiting -> waiting > 0);
                        // Another node, whose clock is a second behind, makes a document now.
                        clock.moveTo(LAST_SECOND);
                        send("b");
                        sleep(Duration.ofSeconds(2));
                        run("select pg_advisory_unlock(%d)", CLOSING);
                        eventually(this::closings, 3);
                        run("select pg_advisory_unlock(%d)", STORING);
                    });
        }
        eventually(this::documents, 2);
        assertThat(documents()).last().isEqualTo("FQCA-2027-000001 2027-01-01");
        assertThat(closings()).contains("day 2026-12-31 2026-12-31");
    }

    @Test
    void a_hub_that_was_off_for_fourteen_months_closes_every_day_of_them() throws Exception {
        buy("a", 1);
        hub.stop();
        clock.moveTo("2028-03-01T09:00:00Z");
        hub.start();
        try (var other = hub.twin().start();
                var both = Executors.newFixedThreadPool(2)) {
            List<Callable<Void>> loops = List.of(() -> close(hub), () -> close(other));
            for (var each : both.invokeAll(loops)) {
                each.get();
            }
        }
        assertThat(eventually(this::closings, 426 + 15 + 2))
                .doesNotHaveDuplicates()
                .contains("day 2028-02-29 2028-02-29", "month 2028-02-01 2028-02-29")
                .contains("year 2027-01-01 2027-12-31");
        buy("b", 2);
        assertThat(documents()).last().isEqualTo("FQCA-2028-000001 2028-03-01");
    }

    @Test
    void an_hour_that_comes_twice_makes_no_second_day() {
        clock.moveTo("2027-03-27T22:59:59Z");
        buy("saturday", 1);
        clock.moveTo("2027-03-27T23:00:00Z");
        buy("sunday", 2);
        clock.moveTo("2027-03-28T21:59:59Z");
        buy("sunday-in-summer", 3);
        clock.moveTo("2027-03-28T22:00:00Z");
        buy("monday", 4);
        clock.moveTo("2027-10-31T00:30:00Z");
        buy("first-half-past-two", 5);
        clock.moveTo("2027-10-31T01:30:00Z");
        buy("second-half-past-two", 6);
        clock.moveTo("2027-10-31T00:45:00Z");
        buy("clock-went-back", 7);
        clock.moveTo("2027-10-31T22:59:59Z");
        buy("last", 8);
        clock.moveTo("2027-10-31T23:00:00Z");
        buy("november", 9);
        clock.moveTo("2027-10-31T22:30:00Z");
        buy("clock-went-back-over-midnight", 10);
        assertThat(documents().stream().map(each -> each.substring(17)).toList())
                .containsExactly(
                        "2027-03-27",
                        "2027-03-28",
                        "2027-03-28",
                        "2027-03-29",
                        "2027-10-31",
                        "2027-10-31",
                        "2027-10-31",
                        "2027-10-31",
                        "2027-11-01",
                        "2027-11-01");
        clock.moveTo("2027-11-02T10:00:00Z");
        close(hub);
        assertThat(closings()).contains("day 2027-10-31 2027-10-31").doesNotHaveDuplicates();
    }

    @Test
    void a_fiscal_year_that_ends_with_february_begins_with_march() {
        var end = MonthDay.of(2, 29);
        for (int year = 2026; year <= 2034; year++) {
            var lastDay = end.atYear(year);
            assertThat(ClosingPeriod.YEAR.endsWith(lastDay, end)).isTrue();
            assertThat(ClosingPeriod.YEAR.firstDay(lastDay, end))
                    .isEqualTo(LocalDate.of(year - 1, 3, 1));
        }
    }

    private void buy(String id, int documents) {
        send(id);
        eventually(this::documents, documents);
    }

    private void send(String id) {
        assertThat(
                        hub.stripeEvent(
                                        Purchases.event(id, "", true),
                                        HubForTests.LIVE_STRIPE_SECRET,
                                        clock.instant())
                                .statusCode())
                .isEqualTo(200);
    }

    /** Moving that column of the counters waits until the test lets go. */
    private void waitsFor(int lock, String column) {
        run(
                """
                create function waits_%1$d() returns trigger language plpgsql as $$
                begin perform pg_advisory_xact_lock(%1$d); return null; end $$
                """,
                lock);
        run(
                "create trigger waits_%1$d before update of %2$s on invoice_series execute function waits_%1$d()",
                lock, column);
    }

    private long waiting(int lock) {
        return hub.jdbc()
                .sql(
                        """
                        select count(*) from pg_locks
                        where locktype = 'advisory' and not granted and objid = :lock
                            and database = (select oid from pg_database where datname = current_database())
                        """)
                .param("lock", lock)
                .query(Long.class)
                .single();
    }

    private void run(String sql, Object... values) {
        hub.bean(JdbcTemplate.class).execute(sql.formatted(values));
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Void close(HubForTests node) {
        var work = node.bean(ClosingWork.class);
        int idle = 0;
        while (idle < 2) {
            idle = work.round() == 0 ? idle + 1 : 0;
        }
        return null;
    }

    /** Numbers and dates. */
    private List<String> documents() {
        return hub.jdbc()
                .sql("select number || ' ' || issue_date from invoice order by year, seq")
                .query(String.class)
                .list();
    }

    private List<String> claimed(String end) {
        try (var files = java.nio.file.Files.walk(data)) {
            return files.map(Path::toString)
                    .filter(each -> each.replace('-', '/').endsWith(end))
                    .toList();
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> closings() {
        return hub.bean(ClosingRows.class).page(BOOKS, 0, 1_000).stream()
                .map(Closing.Signed::closing)
                .map(each -> each.period().code() + " " + each.firstDay() + " " + each.lastDay())
                .toList();
    }
}
