package com.comptappart.accounting;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.order.StatementLines;
import com.comptappart.order.Statements;
import com.comptappart.testing.FecForTests;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.MovableClock;
import com.comptappart.testing.Sale;
import com.comptappart.testing.Sale.Tax;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.StripeStub.Answer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The books hold what Stripe's balance holds, line by line of its statement. */
class StatementTest {

    private final MovableClock clock = new MovableClock("2026-12-10T10:00:00Z");
    private final StripeStub stripe = StripeStub.start();
    private final StatementForTests statement = new StatementForTests(stripe);
    private final HubForTests hub =
            new HubForTests()
                    .asking(stripe)
                    .at(clock)
                    .with("comptappart.exchange.rates", "USD=1.0850")
                    .with("comptappart.stripe.requestspersecond", "1000")
                    .with("comptappart.stripe.statementevery", "1s");

    @AfterEach
    void stop() {
        hub.close();
        stripe.close();
    }

    @Test
    void the_account_of_stripe_is_its_balance_in_every_currency_and_each_line_has_its_account()
            throws IOException {
        hub.start();
        var now = clock.instant();
        sell("euros", "eur", 10_000);
        sell("changed", "usd", 20_000);
        sell("kept", "usd", 5_000);
        statement.charge("euros", 10_000, 175, "eur", now);
        // 200 dollars, which Stripe made 183 euros of; the invoice says 184.33.
        var changed = statement.charge("changed", 18_300, 300, "eur", now);
        changed.put("exchange_rate", 0.915);
        StatementForTests.charged(changed, "changed", 20_000, "usd");
        statement.charge("kept", 5_000, 150, "usd", now);
        refund("euros", "re_back", 4_000);
        statement.refund("re_back", "refund", -4_000, "eur", now);
        statement.refund("re_back", "refund_failure", 4_000, "eur", now);
        statement.line("txn_lost", "adjustment", "dispute", -6_000, 2_000, "eur", now);
        statement.line("txn_won", "adjustment", "dispute_reversal", 2_500, 0, "eur", now);
        statement.line("txn_radar", "stripe_fee", "fee", -120, 0, "eur", now);
        statement.line("txn_tax", "tax_fee", "tax", -24, 0, "eur", now);
        statement.line("txn_paid", "payout", "payout", -9_000, 0, "eur", now);
        statement.line("txn_again", "payout_failure", "payout_reversal", 1_000, 0, "eur", now);
        statement.line(
                "txn_trees",
                "climate_order_purchase",
                "climate_order_purchase",
                -50,
                0,
                "eur",
                now);
        read(12);

        var fec = fec("document");
        assertThat(fec.broken()).isEmpty();
        assertThat(fec.balancesByCurrency("467000"))
                .isEqualTo(Map.of("EUR", decimal("141.31"), "USD", decimal("48.50")));
        var balances = fec.balances();
        assertThat(balances.get("411000")).isEqualByComparingTo("0");
        assertThat(balances.get("511500")).as("owed to the buyer").isEqualByComparingTo("-40.00");
        assertThat(balances.get("416000")).isEqualByComparingTo("35.00");
        assertThat(balances.get("512000")).isEqualByComparingTo("80.00");
        assertThat(balances.get("445660")).isEqualByComparingTo("0.24");
        assertThat(balances.get("471100")).isEqualByComparingTo("0.50");
        assertThat(balances.get("656000")).isEqualByComparingTo("1.33");
        assertThat(balances.get("627800")).isEqualByComparingTo("27.33");
        var days = fec("day");
        assertThat(days.broken()).isEmpty();
        assertThat(days.balances()).isEqualTo(balances);
        assertThat(days.balancesByCurrency("467000")).isEqualTo(fec.balancesByCurrency("467000"));
        assertThat(
                        hub.bean(StatementLines.class)
                                .unexplained(Environment.STAGING, LocalDate.of(2026, 12, 1)))
                .singleElement()
                .satisfies(line -> assertThat(line.transaction().id()).isEqualTo("txn_trees"));
    }

    @Test
    void a_line_that_becomes_known_after_its_day_was_closed_changes_nothing_of_that_day()
            throws IOException {
        hub.start();
        statement.line("txn_a", "payout", "payout", -100, 0, "eur", clock.instant());
        read(1);
        clock.moveTo("2026-12-11T04:00:00Z");
        statement.line(
                "txn_night",
                "stripe_fee",
                "fee",
                -7,
                0,
                "eur",
                Instant.parse("2026-12-10T22:30:00Z"));
        read(2);
        clock.moveTo("2026-12-11T05:30:00Z");
        var closed = of("20261210");
        assertThat(closed).hasSize(4).anyMatch(line -> line.contains("txn_night"));

        statement.line(
                "txn_late",
                "stripe_fee",
                "fee",
                -9,
                0,
                "eur",
                Instant.parse("2026-12-10T22:40:00Z"));
        read(3);
        assertThat(of("20261210")).isEqualTo(closed);
        assertThat(of("20261211")).hasSize(2).allMatch(line -> line.contains("txn_late"));
        assertThat(fec("document").balancesByCurrency("467000"))
                .isEqualTo(Map.of("EUR", decimal("-1.16")));
    }

    @Test
    void a_reading_that_breaks_off_goes_on_after_a_restart_and_counts_no_line_twice() {
        for (int i = 0; i < 350; i++) {
            statement.line("txn_" + i, "charge", "charge", 1_000, 40, "eur", clock.instant());
        }
        var calls = new AtomicInteger();
        stripe.answering(path ->
                path.equals("/v1/balance_transactions") && calls.incrementAndGet() > 3
                        ? Answer.of(500)
                        : null);
        hub.start();
        eventually(this::kept, count -> count == 200);
        hub.stop();
        stripe.answeringAgain();
        hub.start();
        read(350);
        assertThat(net()).isEqualTo(350 * 960L);
    }

    @Test
    void two_hubs_that_read_at_once_keep_each_line_once() {
        for (int i = 0; i < 500; i++) {
            statement.line("txn_" + i, "charge", "charge", 1_000, 40, "eur", clock.instant());
        }
        hub.start();
        try (var other = hub.twin().start()) {
            // As if the lease of the one had ended while it read.
            for (int i = 0; i < 5; i++) {
                hub.jdbc()
                        .sql(
                                "update stripe_place set due_at = '2026-12-10', lease = null where task = 'statement'")
                        .update();
            }
            read(500);
            assertThat(net()).isEqualTo(500 * 960L);
            assertThat(other.bean(Statements.class).differences(Environment.STAGING)).isEmpty();
        }
    }

    @Test
    void what_stripe_held_before_and_what_was_booked_without_a_statement_is_carried_over()
            throws IOException {
        statement.hold("eur", 70_000).hold("usd", 1_000);
        hub.with("comptappart.stripe.statementevery", "0").start();
        sell("before", "eur", 10_000);
        assertThat(fec("document").balancesByCurrency("467000"))
                .isEqualTo(Map.of("EUR", decimal("100.00")));
        var former = of("20261210");
        hub.stop();

        clock.moveTo("2026-12-11T10:00:00Z");
        hub.with("comptappart.stripe.statementevery", "1s").start();
        sell("after", "eur", 3_000);
        statement.charge("after", 3_000, 70, "eur", clock.instant());
        read(1);

        var fec = fec("document");
        assertThat(fec.broken()).isEmpty();
        assertThat(of("20261210")).isEqualTo(former);
        assertThat(fec.balancesByCurrency("467000"))
                .isEqualTo(Map.of("EUR", decimal("729.30"), "USD", decimal("10.00")));
        assertThat(fec.balances().get("511500")).isEqualByComparingTo("0");
        assertThat(fec("day").balances()).isEqualTo(fec.balances());
    }

    @Test
    void a_balance_that_the_lines_do_not_explain_is_told_after_an_hour() {
        hub.start();
        statement.line("txn_a", "payout", "payout", -100, 0, "eur", clock.instant());
        read(1);
        statement.hold("eur", -55);
        eventually(() -> differing(), count -> count == 1);
        assertThat(hub.bean(Statements.class).differences(Environment.STAGING)).isEmpty();
        clock.moveTo("2026-12-10T11:30:00Z");
        assertThat(hub.bean(Statements.class).differences(Environment.STAGING))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.ours().minor()).isEqualTo(-100);
                    assertThat(each.stripes().minor()).isEqualTo(-155);
                });
        statement.hold("eur", 55);
        eventually(() -> differing(), count -> count == 0);
    }

    private void sell(String name, String currency, long total) {
        var sale =
                new Sale(name, currency)
                        .inTestMode()
                        .at(clock.instant())
                        .line(
                                "Guide",
                                1,
                                total,
                                new Tax(Math.round(total / 6.0), "20", "FR", "standard_rated"),
                                Map.of());
        tell(sale.paid());
        eventually(() -> documents(name), count -> count == 1);
    }

    private void refund(String name, String refund, long amount) {
        var sale = new Sale(name, "eur").inTestMode().at(clock.instant());
        tell(sale.refunded(refund, amount));
        eventually(() -> documents(refund), count -> count == 1);
    }

    private void tell(String event) {
        assertThat(hub.stripeEvent(event, HubForTests.STRIPE_SECRET, clock.instant()).statusCode())
                .isEqualTo(200);
    }

    private long documents(String reference) {
        return hub.jdbc()
                .sql("select count(*) from invoice where content::text like :reference")
                .param("reference", "%\"reference\":\"%" + reference + "\"%")
                .query(Long.class)
                .single();
    }

    /** Waits until so many lines are kept and add up to Stripe's balance. */
    private void read(int lines) {
        eventually(this::kept, count -> count == lines);
        eventually(this::agreeing, count -> count == 1);
    }

    private long agreeing() {
        lookAgain();
        return hub.jdbc()
                .sql(
                        """
                        select count(*)
                        from statement_balance
                        where opening_minor + net_minor = stripe_minor and currency = 'EUR'
                        """)
                .query(Long.class)
                .single();
    }

    private long kept() {
        lookAgain();
        return hub.jdbc()
                .sql("select count(*) from balance_transaction")
                .query(Long.class)
                .single();
    }

    /** The clock stands still: it is never due by itself. */
    private void lookAgain() {
        hub.jdbc()
                .sql(
                        """
                        update stripe_place
                        set due_at = '2026-01-01'
                        where task = 'statement' and lease is null
                        """)
                .update();
    }

    private long differing() {
        lookAgain();
        return hub.jdbc()
                .sql("select count(*) from statement where differs_since is not null")
                .query(Long.class)
                .single();
    }

    private long net() {
        return hub.jdbc()
                .sql("select net_minor from statement_balance where currency = 'EUR'")
                .query(Long.class)
                .single();
    }

    private FecForTests fec(String detail) throws IOException {
        return new FecForTests(
                hub.getBytes("/v1/exports/fec?year=2026&environment=staging&detail=" + detail)
                        .body());
    }

    /** The lines of a day, as they are in the file. */
    private List<String> of(String day) throws IOException {
        var file = hub.getBytes("/v1/exports/fec?year=2026&environment=staging").body();
        return Arrays.stream(
                        new String(file, java.nio.charset.Charset.forName("ISO-8859-15"))
                                .split("\r\n"))
                .filter(line -> line.split("\t", -1)[3].equals(day))
                .toList();
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
