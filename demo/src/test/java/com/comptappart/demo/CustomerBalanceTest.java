package com.comptappart.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A subscription that shrinks: Stripe credits the customer, and the credit pays what follows. */
class CustomerBalanceTest {

    @Test
    void what_was_invoiced_less_what_was_credited_is_what_stripe_holds_less_the_balance()
            throws IOException {
        try (var hub = new SandboxedHub()) {
            var shop = hub.shop("loyers");
            hub.start(hub.stripe().url(), shop.endpoint(hub.webhookUrl(), ""), "0");
            hub.sellFor("loyers", "");
            var subscription = shop.subscribe(3);
            hub.ahead(Duration.ofDays(2));
            shop.resize(subscription, 4);
            hub.ahead(Duration.ofDays(1));
            // More than the last invoice was of: the one before it is credited, too.
            shop.resize(subscription, 1);
            assertAddsUp(hub, shop, subscription, 3);
            assertThat(shop.balance(subscription)).as("a credit").isNegative();
            assertThat(credited(hub)).as("orders that were credited").isEqualTo(2);

            int paid = shop.paidSubscriptionInvoices();
            for (int week = 1; week <= 4; week++) {
                hub.ahead(Duration.ofDays(7).plusHours(2));
                int invoices = paid + week;
                SandboxedHub.eventually(shop::paidSubscriptionInvoices, count -> count == invoices);
            }
            assertAddsUp(hub, shop, subscription, 7);
            assertThat(shop.balance(subscription)).as("all of it is used").isZero();
            assertThat(hub.broken()).isEmpty();
        }
    }

    private static long credited(SandboxedHub hub) {
        return hub.jdbc()
                .sql("select count(distinct order_id) from invoice where kind = 'credit_note'")
                .query(Long.class)
                .single();
    }

    private static void assertAddsUp(
            SandboxedHub hub, SandboxShop shop, JsonNode subscription, int events) {
        SandboxedHub.eventually(() -> read(hub), read -> read >= events && hub.owed() == 0);
        long documents = 0;
        for (JsonNode each : hub.api().get("/v1/invoices?limit=100").path("data")) {
            long cents =
                    each.path("total_amount")
                            .decimalValue()
                            .multiply(BigDecimal.valueOf(100))
                            .longValueExact();
            documents += each.path("object").asString().equals("invoice") ? cents : -cents;
        }
        assertThat(documents).isEqualTo(shop.held() + shop.balance(subscription));
    }

    /** How many invoices of Stripe were read. */
    private static long read(SandboxedHub hub) {
        return hub.jdbc()
                .sql(
                        "select count(*) from stripe_event where type = 'invoice.paid' and state = 'done'")
                .query(Long.class)
                .single();
    }
}
