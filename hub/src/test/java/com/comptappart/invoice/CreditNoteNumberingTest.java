package com.comptappart.invoice;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.OrderLine;
import com.comptappart.order.Orders;
import com.comptappart.order.PaidOrder;
import com.comptappart.order.Refunds;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PaidOrders;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two hubs, one database: carts of two partners are paid and refunded in parts at the same time.
 */
class CreditNoteNumberingTest {

    private static final int CARTS = 30;
    private static final List<Currency> CURRENCIES =
            List.of(Currency.EUR, new Currency("JPY"), new Currency("KWD"));
    private static HubForTests first;
    private static HubForTests second;

    @BeforeAll
    static void carts_are_paid_and_refunded_in_three_parts() throws Exception {
        var one = new HubForTests().withProduction();
        var two = one.twin();
        first = one.start();
        second = two.start();
        try (var workers = Executors.newFixedThreadPool(6)) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < CARTS; i++) {
                int cart = i;
                var hub = i % 2 == 0 ? first : second;
                var other = i % 2 == 0 ? second : first;
                done.add(workers.submit(() -> refund(other, cart, 0, 3_333)));
                done.add(workers.submit(() -> pay(hub, cart)));
                done.add(workers.submit(() -> refund(hub, cart, 1, 1)));
                done.add(workers.submit(() -> refund(other, cart, 2, 11_666)));
            }
            for (Future<?> each : done) {
                each.get();
            }
        }
        eventually(
                () ->
                        first.jdbc()
                                .sql("select count(*) from invoice_request")
                                .query(Long.class)
                                .single(),
                waiting -> waiting == 0);
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
    }

    @Test
    void credit_notes_of_two_writers_are_numbered_one_after_the_other_in_their_own_series() {
        var numbers = numbers();

        assertThat(numbers).hasSizeGreaterThan(CARTS * 4);
        assertThat(numbers)
                .isEqualTo(
                        IntStream.rangeClosed(1, numbers.size())
                                .mapToObj(i -> "AQCA-" + year() + "-%06d".formatted(i))
                                .toList());
    }

    @Test
    void fully_refunded_orders_end_at_zero_in_net_and_vat() {
        assertThat(
                        first.jdbc()
                                .sql(
                                        """
                                        select order_id from invoice
                                        group by order_id
                                        having sum(case kind when 'invoice' then total_minor else -total_minor end) <> 0
                                            or sum(case kind when 'invoice' then tax_minor else -tax_minor end) <> 0
                                        """)
                                .query(Long.class)
                                .list())
                .isEmpty();
    }

    @Test
    void the_ledger_check_finds_a_credit_note_that_was_changed_or_points_elsewhere() {
        var ledger = first.bean(Ledger.class);
        assertThat(ledger.verify().firstBreak()).isEmpty();

        tamper("content = replace(content, 'Guide', 'Livre')", "content is not what was issued");
        tamper("refers_to = 'FQCA-2026-999999'", "filed under another order or refund");
        tamper("refund_id = 're_other'", "filed under another order or refund");

        assertThat(ledger.verify().firstBreak()).isEmpty();
    }

    @Test
    void a_credit_note_that_can_not_be_made_takes_no_number_and_says_why() {
        var invoice =
                first.bean(Invoices.class)
                        .list(
                                new InvoiceFilter(null, null, null, "FQCA-" + year() + "-000001"),
                                new com.comptappart.kernel.PageRequest(1, null))
                        .data()
                        .getFirst();
        var before = numbers();
        in(
                first,
                () ->
                        first.bean(Invoices.class)
                                .requestCreditNotes(
                                        List.of(
                                                new CreditNoteRequest(
                                                        invoice.order(),
                                                        invoice.partner(),
                                                        Environment.PRODUCTION,
                                                        "default",
                                                        "AQCA",
                                                        "re_impossible",
                                                        1,
                                                        PaidOrders.AT,
                                                        "",
                                                        "fr",
                                                        null,
                                                        List.of()))));
        try {
            var owed =
                    eventually(
                            () ->
                                    first.bean(Invoices.class)
                                            .owedCreditNotes(List.of(invoice.order())),
                            found -> !found.getFirst().reason().isEmpty());
            assertThat(owed.getFirst().reason()).contains("0 is left of the invoice");
            assertThat(numbers()).isEqualTo(before);
        } finally {
            first.jdbc().sql("delete from invoice_request").update();
        }
    }

    @Test
    void the_database_refuses_credit_notes_above_their_invoice() {
        assertThatThrownBy(() ->
                        first.jdbc()
                                .sql(
                                        """
                                        insert into invoice (
                                            partner_id, order_id, refund_id, refers_to, environment, seller_id, kind, year, seq, number,
                                            issue_date, currency, total_minor, tax_minor, content, content_sha256, prefix_id, pdf_tail,
                                            pdf_sha256, previous_hash, entry_hash, issued_at)
                                        select partner_id, order_id, 're_more', refers_to, environment, seller_id, kind, year, seq + 1,
                                            'AQCA-MORE', issue_date, currency, 1, 0, content, content_sha256, prefix_id, pdf_tail,
                                            pdf_sha256, entry_hash, entry_hash, issued_at
                                        from invoice where kind = 'credit_note' order by seq desc limit 1
                                        """)
                                .update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("can not exceed the invoice");
    }

    /** As the database's superuser, with triggers off; undone afterwards. */
    private static void tamper(String change, String found) {
        var jdbc = first.jdbc();
        jdbc.sql("create table kept as select * from invoice where kind = 'credit_note'").update();
        try {
            jdbc.sql("alter table invoice disable trigger user").update();
            jdbc.sql("update invoice set " + change + " where kind = 'credit_note' and seq = 5")
                    .update();
            assertThat(first.bean(Ledger.class).verify().firstBreak())
                    .hasValueSatisfying(text -> assertThat(text).contains(found));
        } finally {
            jdbc.sql("delete from invoice where kind = 'credit_note'").update();
            jdbc.sql("insert into invoice select * from kept").update();
            jdbc.sql("alter table invoice enable trigger user").update();
            jdbc.sql("drop table kept").update();
        }
    }

    /** 150.00 in all: 99.99 of the one partner at two rates, 50.01 of the other. */
    private static void pay(HubForTests hub, int cart) {
        var currency = CURRENCIES.get(cart % CURRENCIES.size());
        in(
                hub,
                () ->
                        hub.bean(Orders.class)
                                .record(
                                        List.of(
                                                paid(
                                                        cart,
                                                        "part_one",
                                                        currency,
                                                        line(5_832, 1_167, "20"),
                                                        line(2_843, 157, "5.5")),
                                                paid(
                                                        cart,
                                                        "part_two",
                                                        currency,
                                                        line(4_168, 833, "20")))));
    }

    private static void refund(HubForTests hub, int cart, int number, long amount) {
        in(
                hub,
                () ->
                        hub.bean(Refunds.class)
                                .record(
                                        List.of(
                                                PaidOrders.refund(
                                                        Environment.PRODUCTION,
                                                        Integer.toString(cart),
                                                        "re_" + cart + "_" + number,
                                                        amount,
                                                        CURRENCIES.get(
                                                                cart % CURRENCIES.size())))));
    }

    private static void in(HubForTests hub, Runnable work) {
        new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> work.run());
    }

    private static OrderLine line(long net, long vat, String rate) {
        return new OrderLine("prod_1", "Guide", 2, net, vat, new BigDecimal(rate), "services");
    }

    private static PaidOrder paid(int cart, String partner, Currency currency, OrderLine... lines) {
        return PaidOrders.of(
                Environment.PRODUCTION,
                Integer.toString(cart),
                new PartnerId(partner),
                "marie@example.com",
                currency,
                List.of(lines));
    }

    private static List<String> numbers() {
        return first.jdbc()
                .sql("select number from invoice where kind = 'credit_note' order by number")
                .query(String.class)
                .list();
    }

    private static String year() {
        return Integer.toString(LocalDate.now(ZoneId.of("Europe/Paris")).getYear());
    }
}
