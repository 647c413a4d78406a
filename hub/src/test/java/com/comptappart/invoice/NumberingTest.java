package com.comptappart.invoice;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.Purchases;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Two hubs, one database: what they number together has neither gap nor double. */
class NumberingTest {

    private static final int ORDERS = 200;
    private static HubForTests first;
    private static HubForTests second;

    @BeforeAll
    static void two_hubs_on_one_database_get_orders_at_the_same_time() throws Exception {
        var one = new HubForTests().withProduction();
        var two = one.twin();
        first = one.start();
        second = two.start();
        try (var senders = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < ORDERS; i++) {
                String event = Purchases.event("n" + i, "", true);
                var hub = i % 2 == 0 ? first : second;
                senders.submit(() ->
                        hub.stripeEvent(
                                event, HubForTests.LIVE_STRIPE_SECRET, java.time.Instant.now()));
            }
        }
        for (int i = 0; i < 3; i++) {
            first.stripeEvent(Purchases.event("t" + i, "", false));
        }
        eventually(() -> numbers("production"), ORDERS);
        eventually(() -> numbers("staging"), 3);
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
    }

    @Test
    void numbers_of_two_writers_are_consecutive() {
        assertThat(numbers("production"))
                .isEqualTo(
                        IntStream.rangeClosed(1, ORDERS)
                                .mapToObj(i -> "FQCA-" + year() + "-%06d".formatted(i))
                                .toList());
    }

    @Test
    void test_mode_numbers_in_a_series_of_its_own() {
        assertThat(numbers("staging"))
                .containsExactly(
                        "TEST-FQCA-" + year() + "-000001",
                        "TEST-FQCA-" + year() + "-000002",
                        "TEST-FQCA-" + year() + "-000003");
    }

    @Test
    void an_issued_invoice_can_be_neither_changed_nor_deleted() {
        assertThatThrownBy(() -> first.jdbc().sql("update invoice set total_minor = 1").update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("never changed");
        assertThatThrownBy(() -> first.jdbc().sql("delete from invoice").update())
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> first.jdbc().sql("truncate invoice").update())
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void the_database_refuses_a_number_that_does_not_follow() {
        assertThatThrownBy(() ->
                        first.jdbc()
                                .sql(
                                        """
                                        insert into invoice (
                                            partner_id, order_id, refund_id, refers_to, environment, seller_id, kind, year, seq, number, issue_date, currency,
                                            total_minor, tax_minor, content, content_sha256, prefix_id, pdf_tail, pdf_sha256,
                                            previous_hash, entry_hash, issued_at)
                                        select partner_id, 999999, refund_id, refers_to, environment, seller_id, kind, year, 999, 'FQCA-GAP', issue_date, currency,
                                            total_minor, tax_minor, content, content_sha256, prefix_id, pdf_tail, pdf_sha256,
                                            entry_hash, entry_hash, issued_at
                                        from invoice where environment = 'production' and seq = 1
                                        """)
                                .update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("must follow the former");
    }

    @Test
    void the_database_compares_the_rows_of_one_statement_with_each_other() {
        assertThatThrownBy(() -> insertTwo("seq + n", "decode('01', 'hex')", "issue_date"))
                .hasMessageContaining("both were accepted");
        assertThatThrownBy(() -> insertTwo("seq + 2 * n - 1", "decode('01', 'hex')", "issue_date"))
                .hasMessageContaining("must follow the former");
        assertThatThrownBy(() -> insertTwo("seq + n", "decode('07', 'hex')", "issue_date"))
                .hasMessageContaining("must follow the former");
        assertThatThrownBy(() -> insertTwo("seq + n", "decode('01', 'hex')", "issue_date + 1 - n"))
                .hasMessageContaining("must follow the former");
        assertThat(numbers("production")).hasSize(ORDERS);
    }

    /** Behind the last document, the first of the two chained to it; taken back in any case. */
    private static void insertTwo(String sequence, String chainedTo, String date) {
        first.jdbc()
                .sql(
                        """
                        do $$ begin
                            insert into invoice (
                                partner_id, order_id, refund_id, refers_to, environment, seller_id, kind, year, seq, number, issue_date, currency,
                                total_minor, tax_minor, content, content_sha256, prefix_id, pdf_tail, pdf_sha256,
                                previous_hash, entry_hash, issued_at)
                            select partner_id, 900000 + n, refund_id, refers_to, environment, seller_id, kind, year, %s, 'FQCA-MORE-' || n, %s, currency,
                                total_minor, tax_minor, content, content_sha256, prefix_id, pdf_tail, pdf_sha256,
                                case n when 1 then entry_hash else %s end, decode('0' || n, 'hex'), issued_at
                            from invoice, generate_series(1, 2) as n where environment = 'production' and seq = %d;
                            raise exception 'both were accepted';
                        end $$
                        """
                                .formatted(sequence, date, chainedTo, ORDERS))
                .update();
    }

    @Test
    void a_link_opens_the_pdf_until_it_expires_and_a_forged_one_is_unknown() {
        var invoice =
                first.bean(Invoices.class)
                        .list(
                                new InvoiceFilter(null, null, null, "FQCA-" + year() + "-000007"),
                                new com.comptappart.kernel.PageRequest(1, null))
                        .data()
                        .getFirst();

        var opened = first.get("/invoices/" + invoice.token());
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.headers().firstValue("Content-Disposition").orElse(""))
                .contains(invoice.number() + ".pdf");
        assertThat(opened.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(opened.body()).startsWith("%PDF-1.7");

        String forged = invoice.token().replace("000007", "000008");
        assertThat(first.get("/invoices/" + forged).statusCode()).isEqualTo(404);
        assertThat(first.get("/invoices/" + invoice.token() + "x").statusCode()).isEqualTo(404);
        assertThat(first.get("/invoices/%00").statusCode()).isBetween(400, 404);

        first.jdbc()
                .sql(
                        """
                        insert into invoice_link (partner_id, order_id, kind, refund_id, open_until)
                        select partner_id, order_id, kind, refund_id, now() - interval '1 minute'
                        from invoice where order_id = :order
                        """)
                .param("order", invoice.order().value())
                .update();
        assertThat(first.get("/invoices/" + invoice.token()).statusCode()).isEqualTo(410);
        first.bean(InvoiceLinks.class)
                .keepOpen(List.of(new InvoiceLinks.Of(invoice.partner(), invoice.order())));
        assertThat(first.get("/invoices/" + invoice.token()).statusCode()).isEqualTo(200);
    }

    @Test
    void a_link_that_nothing_told_of_again_closes_a_week_after_its_document() {
        var number = "FQCA-" + year() + "-000008";
        var order =
                first.jdbc()
                        .sql("select partner_id, order_id from invoice where number = :number")
                        .param("number", number)
                        .query((row, index) ->
                                new InvoiceLinks.Of(
                                        new PartnerId(row.getString("partner_id")),
                                        new OrderId(row.getLong("order_id"))))
                        .single();
        var now = linksIn(Duration.ZERO);
        var week = linksIn(Duration.ofDays(7));
        var dayAfter = linksIn(Duration.ofDays(8));
        assertThat(isOpen(now, number)).isTrue();
        assertThat(isOpen(dayAfter, number)).isFalse();

        week.keepOpen(List.of(order));
        assertThat(isOpen(dayAfter, number)).isTrue();
        assertThat(isOpen(linksIn(Duration.ofDays(15)), number)).isFalse();
    }

    private static InvoiceLinks linksIn(Duration later) {
        return new InvoiceLinks(
                first.jdbc(), Clock.offset(Clock.systemUTC(), later), Duration.ofDays(7));
    }

    private static boolean isOpen(InvoiceLinks links, String number) {
        return links.isOpen(links.openUntil(Environment.PRODUCTION, number).orElseThrow());
    }

    @Test
    void the_ledger_check_finds_what_an_administrator_changed() {
        var ledger = first.bean(Ledger.class);
        assertThat(ledger.verify().firstBreak()).isEmpty();
        assertThat(ledger.verify().documents()).isEqualTo(ORDERS + 3);

        tamper(
                "update invoice set total_minor = total_minor + 1 where environment = 'production' and seq = 5",
                "lines do not add up");
        tamper(
                "update invoice set content = replace(content, 'Martin', 'Durand') where environment = 'production' and seq = 6",
                "content is not what was issued");
        tamper(
                "update invoice set pdf_tail = pdf_tail || '\\x20'::bytea where environment = 'production' and seq = 8",
                "PDF is not the one");
        tamper(
                "update invoice set issue_date = issue_date - 1 where environment = 'production' and seq = 9",
                "dated before");
        tamper(
                "delete from invoice where environment = 'production' and seq = 10",
                "000010 is missing");
        tamper(
                "delete from invoice where environment = 'production' and seq = " + ORDERS,
                "counter");

        assertThat(ledger.verify().firstBreak()).isEmpty();
    }

    /** As the database's superuser, with triggers off; undone afterwards. */
    private static void tamper(String sql, String found) {
        var jdbc = first.jdbc();
        jdbc.sql("create table kept as select * from invoice where false").update();
        try {
            jdbc.sql("alter table invoice disable trigger user").update();
            jdbc.sql("insert into kept select * from invoice where environment = 'production'")
                    .update();
            jdbc.sql(sql).update();
            assertThat(first.bean(Ledger.class).verify().firstBreak())
                    .hasValueSatisfying(text -> assertThat(text).contains(found));
        } finally {
            jdbc.sql("delete from invoice where environment = 'production'").update();
            jdbc.sql("insert into invoice select * from kept").update();
            jdbc.sql("alter table invoice enable trigger user").update();
            jdbc.sql("drop table kept").update();
        }
    }

    private static List<String> numbers(String environment) {
        return first.jdbc()
                .sql("select number from invoice where environment = :environment order by number")
                .param("environment", environment)
                .query(String.class)
                .list();
    }

    private static String year() {
        return Integer.toString(
                java.time.LocalDate.now(java.time.ZoneId.of("Europe/Paris")).getYear());
    }
}
