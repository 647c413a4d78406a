package com.comptappart.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sandbox's own sales, whether it tells of them or the hub must ask. */
class MissedDeliveriesTest {

    static final List<String> BEFORE_RENEWAL =
            List.of(
                    "credit_note 20.00",
                    "invoice 30.00",
                    "invoice 50.00",
                    "order.created 1×Formule subscription_create 30.00 5.00",
                    "order.created 1×Guide one_time 50.00 8.33",
                    "order.disputed 1×Guide one_time 50.00 8.33 needs_response",
                    "order.refunded 1×Guide one_time 50.00 8.33 20.00",
                    "subscription.created active");
    private static final List<String> ALL =
            Stream.concat(
                            BEFORE_RENEWAL.stream(),
                            Stream.of(
                                    "invoice 30.00",
                                    "order.renewed 1×Formule subscription_cycle 30.00 5.00",
                                    "subscription.updated active"))
                    .sorted()
                    .toList();
    private static final int DROPPED = 10_000;

    @Test
    void deliveries_bring_the_documents_and_notifications_of_the_contract() throws IOException {
        try (var hub = new SandboxedHub()) {
            var shop = hub.shop("loyers");
            hub.start(hub.stripe().url(), shop.endpoint(hub.webhookUrl(), ""), "0");
            hub.sellFor("loyers", "");
            sellAll(hub, shop);

            renew(hub, shop);
            assertThat(hub.things(ALL)).isEqualTo(ALL);
            assertThat(hub.broken()).isEmpty();
        }
    }

    @Test
    void what_no_delivery_told_is_asked_for_and_brings_the_same() throws IOException {
        try (var hub = new SandboxedHub()) {
            var shop = hub.shop("loyers");
            String secret = shop.endpoint(hub.webhookUrl(), "");
            hub.start(hub.stripe().url(), secret, "1s");
            hub.sellFor("loyers", "");
            hub.stripe().faults().dropNext(DROPPED);
            sellAll(hub, shop);

            hub.stop();
            renew(hub, shop);
            hub.start(hub.stripe().url(), secret, "1s");
            assertThat(hub.things(ALL)).isEqualTo(ALL);
            assertThat(hub.broken()).isEmpty();
            assertThat(shop.stillDropped()).as("nothing was delivered").isBetween(1L, DROPPED - 1L);
        }
    }

    private static void sellAll(SandboxedHub hub, SandboxShop shop) {
        var sold = shop.sell();
        shop.refund(sold, 2_000);
        shop.contest(sold);
        shop.subscribe();
        assertThat(hub.things(BEFORE_RENEWAL)).isEqualTo(BEFORE_RENEWAL);
    }

    /** A week and the hour in which an invoice stays a draft. */
    private static void renew(SandboxedHub hub, SandboxShop shop) {
        hub.ahead(Duration.ofDays(7).plusHours(2));
        SandboxedHub.eventually(shop::paidSubscriptionInvoices, count -> count == 2);
    }
}
