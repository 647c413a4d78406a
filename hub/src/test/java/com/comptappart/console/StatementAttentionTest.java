package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What stands between the books and Stripe's balance is told to a person. */
class StatementAttentionTest {

    @Test
    void an_unread_statement_a_wrong_sum_and_an_unknown_line_are_to_be_looked_at()
            throws IOException {
        try (var hub = new HubForTests().start()) {
            hub.jdbc()
                    .sql(
                            """
                            insert into statement (account, environment, began_on, opened_on, differs_since)
                            values ('', 'staging', '2026-01-01', '2026-01-01', now() - interval '2 hours');
                            insert into statement_balance (account, environment, currency, net_minor, stripe_minor)
                            values ('', 'staging', 'EUR', -50, 1250);
                            insert into stripe_place (task, account, environment, done_until, due_at, trouble)
                            values ('statement', 'acct_1Shut', 'staging', now() - interval '2 hours', now(),
                                'Stripe answered 403 to /v1/balance');
                            insert into balance_transaction
                            values ('', 'staging', 'txn_trees', 'other', 'climate_order_purchase', 'climate_order_purchase',
                                true, 'EUR', -50, 0, 0, -50, '[]', null, '', 'txn_trees', 'EUR', -50, now(), now(),
                                current_date, now())
                            """)
                    .update();
            var browser = new Browser(hub).signedIn();
            assertThat(browser.open("/console/tous/test/a-traiter").body())
                    .contains("Le relevé de acct_1Shut", "Stripe a répondu 403 à /v1/balance")
                    .contains("Les opérations lues font -0.50 EUR, Stripe dit 12.50 EUR.")
                    .contains(
                            "climate_order_purchase · txn_trees", "-0.50 EUR au compte d’attente");
            assertThat(browser.open("/console/tous/live/a-traiter").body())
                    .doesNotContain("txn_trees", "acct_1Shut");
        }
    }
}
