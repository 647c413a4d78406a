package com.comptappart.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Sales of a connected account, whose objects Stripe shows only to who names the account. */
class ConnectedAccountTest {

    private static final String ACCOUNT = "acct_1Loyers";

    @Test
    void an_event_of_an_account_is_read_in_its_name_and_is_its_partners() throws IOException {
        try (var hub = new SandboxedHub();
                var connect = new ConnectedStripe(hub.stripe().url(), hub.webhookUrl(), ACCOUNT)) {
            // The product names nobody: the account alone says whose it is.
            var shop = hub.shop("");
            String secret = shop.endpoint(connect.webhookUrl(), "");
            connect.signWith(secret);
            hub.start(connect.url(), secret, "0");
            hub.sellFor("loyers", ACCOUNT);

            var sold = shop.sell();
            shop.refund(sold, 2_000);
            shop.contest(sold);
            shop.subscribe();

            var all = MissedDeliveriesTest.BEFORE_RENEWAL;
            assertThat(hub.things(all)).isEqualTo(all);
            assertThat(
                            hub.jdbc()
                                    .sql("select distinct account from paid_order")
                                    .query(String.class)
                                    .list())
                    .containsExactly(ACCOUNT);
            assertThat(connect.asked()).as("paths that were asked for").isNotEmpty();
            assertThat(connect.askedWithoutAccount()).isEmpty();
            assertThat(hub.broken()).isEmpty();
        }
    }
}
