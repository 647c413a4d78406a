package com.comptappart.accounting;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.invoice.Ledger;
import com.comptappart.testing.FecForTests;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.MovableClock;
import com.comptappart.testing.StripeStub;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Sales of every kind, told to the running hub in Stripe's live mode over ten days, give documents
 * without a finding; the books of the same sales balance to the ledger and to Stripe's balance.
 */
class ThousandDocumentsTest {

    private static final int DAYS = 10;
    private static final long SEED = 1;
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final List<String> VERSIONS =
            List.of("2026-07-29.dahlia", "2024-09-30.acacia", "2022-08-01");

    private final MovableClock clock = new MovableClock("2026-11-10T10:00:00Z");
    private final StripeStub stripe = StripeStub.start();
    private final SimulatedAccount account = new SimulatedAccount(new StatementForTests(stripe));
    private final HubForTests hub =
            new HubForTests()
                    .withProduction()
                    .asking(stripe)
                    .at(clock)
                    .with("comptappart.stripe.staging.apikey", "")
                    .with("comptappart.stripe.production.apikey", "sk_live_x")
                    .with("comptappart.stripe.requestspersecond", "1000")
                    .with("comptappart.stripe.reconciliationhour", "-1")
                    .with("comptappart.stripe.statementevery", "1s")
                    .with("comptappart.accounting.rates", VatAccounts.SETTING)
                    .with(
                            "comptappart.exchange.rates",
                            "USD=1.0850,GBP=0.8320,JPY=171.25,KWD=0.3340,CHF=0.9410");

    @AfterEach
    void stop() {
        hub.close();
        stripe.close();
    }

    @Test
    void a_thousand_sales_give_documents_without_a_finding_and_books_that_hold_what_stripe_holds()
            throws IOException {
        var sales = new GeneratedSales(false, SEED).all(1_000);
        assertThat(missingPairs(sales)).isEmpty();
        check(sales);
    }

    @Test
    void a_hundred_sales_of_an_exempt_seller_give_documents_without_a_finding_too()
            throws IOException {
        hub.with("comptappart.seller.vatregime", "franchise");
        check(new GeneratedSales(true, SEED).all(100));
    }

    private void check(List<GeneratedSale> sales) throws IOException {
        hub.start();
        sell(sales);
        var documents = IssuedForTests.read(hub, sales);
        assertThat(documents.findings()).isEmpty();
        assertThat(documents.wanting()).as("one for each sale and refund, no other").isEmpty();

        var ledger = hub.bean(Ledger.class).verify();
        assertThat(ledger.firstBreak()).isEmpty();
        assertThat(ledger.documents()).isEqualTo(documents.count());
        for (String detail : List.of("document", "day")) {
            checkBooks(fec(detail));
        }
        var vat = new VatAccounts(fec("document"));
        assertThat(vat.ofEuroDocuments(documents)).isEqualTo(documents.vatByAccount());
        assertThat(vat.ofOtherDocuments(documents)).isEqualTo(documents.vatInEuros());
    }

    private void checkBooks(FecForTests fec) {
        assertThat(fec.broken()).isEmpty();
        assertThat(fec.balancesByCurrency("467000")).isEqualTo(account.balance());
        for (String settled : List.of("411000", "511500")) {
            assertThat(fec.balances().get(settled)).as(settled).isEqualByComparingTo("0");
        }
        assertThat(fec.balances()).doesNotContainKeys("471100", "416000");
    }

    /** Every day some are sold, and of those of the day before some given back. */
    private void sell(List<GeneratedSale> sales) {
        int documents = 0;
        for (int day = 0; day <= DAYS; day++) {
            var now = Instant.parse("2026-11-10T10:00:00Z").plus(Duration.ofDays(day));
            clock.moveTo(now.toString());
            for (int i = 0; i < sales.size(); i++) {
                if (i * DAYS / sales.size() == day) {
                    tell(sales.get(i), VERSIONS.get(i % VERSIONS.size()));
                    account.charged(sales.get(i), now);
                    documents++;
                } else if (i * DAYS / sales.size() == day - 1) {
                    documents += giveBack(sales.get(i));
                }
            }
            int all = documents;
            eventually(this::progress, seen -> seen.startsWith(all + " "), LONG);
            if (day % 3 == 2) {
                account.paidOut(day, now);
            }
            until(this::readStatement, account.lines());
        }
    }

    private void tell(GeneratedSale generated, String version) {
        var sale = generated.sale().at(clock.instant()).inVersion(version);
        String event = sale.paid();
        String path = "checkout/sessions/" + generated.session();
        stripe.put(
                path,
                "{\"id\":\"%s\",\"object\":\"checkout.session\",\"payment_intent\":null}"
                        .formatted(generated.session()));
        generated
                .lines()
                .reversed()
                .forEach(line -> stripe.lists().add("", "/v1/" + path + "/line_items", line));
        tell(event);
    }

    private int giveBack(GeneratedSale generated) {
        generated.sale().at(clock.instant());
        for (int i = 0; i < generated.refunds().size(); i++) {
            tell(generated.sale().refunded(generated.refund(i), generated.refunds().get(i)));
            account.refunded(generated, i, clock.instant());
        }
        return generated.refunds().size();
    }

    private void tell(String event) {
        var answer = hub.stripeEvent(event, HubForTests.LIVE_STRIPE_SECRET, clock.instant());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private void until(Supplier<Long> look, long count) {
        eventually(look, seen -> seen == count, LONG);
    }

    /** The clock stands still: it is never due by itself. */
    private long readStatement() {
        hub.jdbc()
                .sql(
                        """
                        update stripe_place
                        set due_at = '2026-01-01'
                        where task = 'statement' and lease is null
                        """)
                .update();
        return count("select count(*) from balance_transaction");
    }

    /** How many documents there are, and what stands in the way of others. */
    private String progress() {
        var waiting =
                hub.jdbc()
                        .sql(
                                """
                                select type || ' ' || state || ' ' || coalesce(reason, '')
                                from stripe_event
                                where state not in ('done', 'ignored')
                                union all
                                select kind || ' is due at ' || due_at || ': ' || reason
                                from invoice_request
                                limit 5
                                """)
                        .query(String.class)
                        .list();
        return count("select count(*) from invoice")
                + " "
                + (waiting.isEmpty() ? "" : waiting.toString());
    }

    private long count(String sql) {
        return hub.jdbc().sql(sql).query(Long.class).single();
    }

    private FecForTests fec(String detail) throws IOException {
        return new FecForTests(hub.getBytes("/v1/exports/fec?year=2026&detail=" + detail).body());
    }

    /** Of regimes, currencies, languages and scripts, those that never met. */
    private static Set<String> missingPairs(List<GeneratedSale> sales) {
        var missing = new HashSet<String>();
        for (int a = 0; a < sales.getFirst().classes().size(); a++) {
            for (int b = 0; b < a; b++) {
                int of = a;
                int with = b;
                var firsts = sales.stream().map(sale -> sale.classes().get(of)).distinct().toList();
                var seconds =
                        sales.stream().map(sale -> sale.classes().get(with)).distinct().toList();
                firsts.forEach(
                        first -> seconds.forEach(second -> missing.add(first + " " + second)));
                sales.forEach(sale ->
                        missing.remove(sale.classes().get(of) + " " + sale.classes().get(with)));
            }
        }
        return missing;
    }
}
