package com.comptappart.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A subscription at the sandbox, told in the shapes of an endpoint's API version. */
class OldEndpointTest {

    @ParameterizedTest
    @ValueSource(strings = {"2020-08-27", "2026-10-28.endive"})
    void a_first_payment_and_a_renewal_are_the_same_in_the_oldest_and_the_newest_shape(
            String version) throws IOException {
        try (var hub = new SandboxedHub()) {
            var shop = hub.shop("loyers");
            hub.start(hub.stripe().url(), shop.endpoint(hub.webhookUrl(), version), "0");
            hub.sellFor("loyers", "");
            var first =
                    List.of(
                            "invoice 30.00",
                            "order.created 1×Formule subscription_create 30.00 5.00",
                            "subscription.created active");
            shop.subscribe();
            assertThat(hub.things(first)).isEqualTo(first);

            hub.ahead(Duration.ofDays(7).plusHours(2));
            var both =
                    List.of(
                            "invoice 30.00",
                            "invoice 30.00",
                            "order.created 1×Formule subscription_create 30.00 5.00",
                            "order.renewed 1×Formule subscription_cycle 30.00 5.00",
                            "subscription.created active",
                            "subscription.updated active");
            assertThat(hub.things(both)).isEqualTo(both);
            assertThat(
                            hub.jdbc()
                                    .sql("select distinct api_version from stripe_event")
                                    .query(String.class)
                                    .list())
                    .containsExactly(version);
            assertThat(hub.broken()).isEmpty();
        }
    }
}
