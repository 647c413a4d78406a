package com.comptappart.invoice;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.Environment;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.MovableClock;
import com.comptappart.testing.Purchases;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/** Days, months and years are closed at midnight in Paris, and stay closed. */
class ClosingTest {

    private static final ClosingRows.Books BOOKS =
            new ClosingRows.Books("default", Environment.PRODUCTION);

    @TempDir private java.nio.file.Path data;
    private MovableClock clock;
    private HubForTests hub;

    @BeforeEach
    void a_hub_two_days_before_new_year() {
        clock = new MovableClock("2026-12-30T10:00:00Z");
        hub =
                new HubForTests()
                        .withProduction()
                        .with("comptappart.data-dir", data.toString())
                        .at(clock)
                        .start();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void every_day_is_closed_with_its_month_and_its_year_and_empty_days_too() {
        buy("a", 1);
        clock.moveTo("2026-12-31T22:59:00Z");
        buy("b", 2);
        buy("c", 3);
        assertThat(hub.bean(ClosingWork.class).round()).isEqualTo(1);

        clock.moveTo("2027-01-02T23:30:00Z");
        close();

        assertThat(closings())
                .containsExactly(
                        "day 2026-12-30 2026-12-30",
                        "day 2026-12-31 2026-12-31",
                        "month 2026-12-01 2026-12-31",
                        "year 2026-01-01 2026-12-31",
                        "day 2027-01-01 2027-01-01",
                        "day 2027-01-02 2027-01-02");
        assertThat(totals(1)).isEqualTo("[1 invoices 9999, perpetual 9999]");
        assertThat(totals(2)).isEqualTo("[2 invoices 19998, perpetual 29997]");
        assertThat(totals(3)).isEqualTo("[3 invoices 29997, perpetual 29997]");
        assertThat(totals(4)).isEqualTo("[3 invoices 29997, perpetual 29997]");
        assertThat(totals(5)).isEqualTo("[perpetual 29997]");

        buy("d", 4);
        assertThat(numbers()).last().isEqualTo("FQCA-2027-000001");
        clock.moveTo("2027-01-04T09:00:00Z");
        close();
        assertThat(totals(7)).isEqualTo("[1 invoices 9999, perpetual 39996]");
        assertThat(hub.bean(Ledger.class).verify().firstBreak()).isEmpty();
    }

    @Test
    void a_clock_that_goes_back_dates_nothing_into_a_closed_day() {
        buy("a", 1);
        clock.moveTo("2026-12-31T10:00:00Z");
        close();
        clock.moveTo("2026-12-30T22:00:00Z");
        buy("b", 2);
        assertThat(dates()).containsExactly("2026-12-30", "2026-12-31");
        assertThat(hub.bean(Ledger.class).verify().firstBreak()).isEmpty();
    }

    @Test
    void the_database_itself_refuses_a_document_of_a_closed_day() {
        buy("a", 1);
        clock.moveTo("2026-12-31T10:00:00Z");
        close();
        assertThatThrownBy(() ->
                        hub.jdbc()
                                .sql(
                                        """
                                        insert into invoice (
                                            partner_id, order_id, refund_id, refers_to, environment, seller_id, kind, year, seq, number,
                                            issue_date, currency, total_minor, tax_minor, content, content_sha256, prefix_id, pdf_tail,
                                            pdf_sha256, previous_hash, entry_hash, issued_at)
                                        select partner_id, 999, refund_id, refers_to, environment, seller_id, kind, year, 2, 'FQCA-2',
                                            issue_date, currency, total_minor, tax_minor, content, content_sha256, prefix_id, pdf_tail,
                                            pdf_sha256, entry_hash, entry_hash, issued_at
                                        from invoice
                                        """)
                                .update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("closed day");
        for (String table : List.of("closing", "journal")) {
            for (String sql :
                    List.of(
                            "delete from " + table,
                            "truncate " + table,
                            "update " + table + " set seq = 9")) {
                assertThatThrownBy(() -> hub.jdbc().sql(sql).update())
                        .as(sql)
                        .isInstanceOf(DataAccessException.class)
                        .hasMessageContaining("only ever added");
            }
        }
    }

    @Test
    void two_nodes_close_each_day_once() throws Exception {
        buy("a", 1);
        try (var other = hub.twin().start();
                var both = Executors.newFixedThreadPool(2)) {
            clock.moveTo("2027-02-15T10:00:00Z");
            List<Callable<Void>> loops =
                    List.of(
                            () -> {
                                close(hub);
                                return null;
                            },
                            () -> {
                                close(other);
                                return null;
                            });
            for (var each : both.invokeAll(loops)) {
                each.get();
            }
        }
        close();
        assertThat(closings()).hasSize(47 + 2 + 1).doesNotHaveDuplicates();
        assertThat(hub.bean(Ledger.class).verify().firstBreak()).isEmpty();
    }

    @Test
    void verify_finds_every_changed_byte_of_a_document_a_closing_and_the_journal() {
        buy("a", 1);
        buy("b", 2);
        clock.moveTo("2027-01-02T10:00:00Z");
        close();
        var ledger = hub.bean(Ledger.class);
        assertThat(ledger.verify().firstBreak()).isEmpty();
        for (String column :
                List.of(
                        "pdf_tail",
                        "pdf_sha256",
                        "content_sha256",
                        "previous_hash",
                        "entry_hash")) {
            flipBytes("invoice", column, "seq = 1");
        }
        flipText("invoice", "content", "seq = 2");
        flipText("invoice", "number", "seq = 2");
        flipText("invoice", "currency", "seq = 2");
        flipNumbers(
                "invoice",
                List.of("total_minor", "tax_minor", "issue_date", "order_id"),
                "seq = 2");
        for (String column : List.of("previous_hash", "closing_hash", "signature")) {
            flipBytes("closing", column, "seq = 2");
        }
        flipText("closing", "content", "seq = 3");
        tampered("closing", "first_day", "first_day - 1", "seq = 2");
        tampered("closing", "last_day", "last_day + 30", "seq = 2");
        flipBytes("ledger_key", "public_key", "true");
        flipText("journal", "detail", "seq = 1");
        flipText("journal", "kind", "seq = 1");
        flipBytes("journal", "entry_hash", "seq = 1");
        assertThat(ledger.verify().firstBreak()).isEmpty();
    }

    @Test
    void the_journal_tells_of_starts_stops_and_other_settings() {
        hub.stop();
        hub.with("comptappart.seller.capital", "20 000 €").start();
        assertThat(hub.bean(Journal.class).page(0, 100).stream().map(Journal.Entry::kind).toList())
                .containsExactly("start", "settings", "stop", "start", "settings");
        assertThat(hub.bean(Journal.class).page(0, 100).getLast().detail()).contains("20 000");
    }

    private void flipBytes(String table, String column, String where) {
        int length = one("select length(%s) from %s where %s".formatted(column, table, where));
        for (int i = 0; i < length; i += Math.max(1, length / 24)) {
            tampered(
                    table,
                    column,
                    "set_byte(%1$s, %2$d, get_byte(%1$s, %2$d) # 1)".formatted(column, i),
                    where);
        }
    }

    private void flipText(String table, String column, String where) {
        int length = one("select length(%s) from %s where %s".formatted(column, table, where));
        for (int i = 1; i <= length; i += Math.max(1, length / 24)) {
            tampered(
                    table,
                    column,
                    "overlay(%1$s placing chr(ascii(substr(%1$s, %2$d, 1)) + 1) from %2$d)"
                            .formatted(column, i),
                    where);
        }
    }

    private void flipNumbers(String table, List<String> columns, String where) {
        columns.forEach(column -> tampered(table, column, column + " + 1", where));
    }

    /** As the database's superuser, with triggers and constraints off; undone afterwards. */
    private void tampered(String table, String column, String changed, String where) {
        var jdbc = hub.jdbc();
        jdbc.sql("drop table if exists kept").update();
        jdbc.sql("create table kept as select * from %s where %s".formatted(table, where)).update();
        String change = "update %s set %s = %s where %s";
        try {
            offGuard(table, change.formatted(table, column, changed, where));
            assertThat(hub.bean(Ledger.class).verify().firstBreak())
                    .as("%s.%s = %s", table, column, changed)
                    .isPresent();
        } finally {
            offGuard(
                    table,
                    "update %1$s t set %2$s = k.%2$s from kept k where t.ctid is not null and %3$s"
                            .formatted(table, column, where.replace("seq", "t.seq")));
        }
    }

    private void offGuard(String table, String sql) {
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

    private int one(String sql) {
        return hub.jdbc().sql(sql).query(Integer.class).single();
    }

    private void buy(String id, int documents) {
        assertThat(
                        hub.stripeEvent(
                                        Purchases.event(id, "", true),
                                        HubForTests.LIVE_STRIPE_SECRET,
                                        clock.instant())
                                .statusCode())
                .isEqualTo(200);
        eventually(this::numbers, documents);
    }

    private void close() {
        close(hub);
    }

    private static void close(HubForTests node) {
        var work = node.bean(ClosingWork.class);
        int idle = 0;
        while (idle < 2) {
            idle = work.round() == 0 ? idle + 1 : 0;
        }
    }

    private List<String> closings() {
        return hub.bean(ClosingRows.class).page(BOOKS, 0, 1_000).stream()
                .map(Closing.Signed::closing)
                .map(each -> each.period().code() + " " + each.firstDay() + " " + each.lastDay())
                .toList();
    }

    private String totals(int sequence) {
        var said =
                hub.bean(ClosingRows.class)
                        .page(BOOKS, sequence - 1, 1)
                        .getFirst()
                        .closing()
                        .said();
        var texts = new java.util.ArrayList<String>();
        said.totals().forEach(each -> texts.add(each.invoices() + " invoices " + each.total()));
        said.perpetual().forEach(each -> texts.add("perpetual " + each.total()));
        return texts.toString();
    }

    private List<String> numbers() {
        return hub.jdbc()
                .sql("select number from invoice order by year, seq")
                .query(String.class)
                .list();
    }

    private List<String> dates() {
        return hub
                .jdbc()
                .sql("select issue_date from invoice order by seq")
                .query(LocalDate.class)
                .list()
                .stream()
                .map(LocalDate::toString)
                .toList();
    }
}
