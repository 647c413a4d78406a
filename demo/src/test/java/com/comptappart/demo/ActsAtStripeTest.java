package com.comptappart.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.order.Order;
import com.comptappart.order.OrderFilter;
import com.comptappart.order.Orders;
import com.comptappart.order.SoughtSubscriptions;
import com.comptappart.order.SubscriptionState;
import com.comptappart.stripe.RefundRequests;
import com.comptappart.stripe.SubscriptionEndings;
import com.comptappart.stripe.SubscriptionEndings.When;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What people have Stripe do from the console, and what Stripe's events make of it. */
class ActsAtStripeTest {

    private static SandboxedHub hub;
    private static SandboxShop shop;

    @BeforeAll
    static void start() throws IOException {
        hub = new SandboxedHub();
        shop = hub.shop("loyers");
        hub.start(hub.stripe().url(), shop.endpoint(hub.webhookUrl(), ""), "0");
        hub.sellFor("loyers", "");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static SubscriptionState known(JsonNode subscription) {
        return hub.bean(SoughtSubscriptions.class)
                .find(null, Environment.STAGING, subscription.path("id").asString())
                .map(SoughtSubscriptions.Found::state)
                .orElse(null);
    }

    @Test
    void a_subscription_ends_later_goes_on_and_ends_at_once() {
        var subscription = shop.subscribe(1);
        var state = SandboxedHub.eventually(() -> known(subscription), found -> found != null);
        var endings = hub.bean(SubscriptionEndings.class);

        var later = endings.end(state, When.AT_PERIOD_END, "key-later");
        assertThat(later.cancelAt()).isNotNull().isEqualTo(later.currentPeriodEnd());
        var told =
                SandboxedHub.eventually(() -> known(subscription), now -> now.cancelAt() != null);
        assertThat(told.cancelAt()).isEqualTo(later.cancelAt());

        nextSecond();
        assertThat(endings.goOn(told, "key-on").cancelAt()).isNull();
        var going =
                SandboxedHub.eventually(() -> known(subscription), now -> now.cancelAt() == null);
        assertThat(going.cancelAt()).isNull();
        assertThat(going.status()).isEqualTo("active");

        assertThat(endings.end(going, When.NOW, "key-now").isEnded()).isTrue();
        assertThat(endings.end(going, When.NOW, "key-again").isEnded()).isTrue();
        assertThat(SandboxedHub.eventually(() -> known(subscription), SubscriptionState::isEnded))
                .matches(SubscriptionState::isEnded);
        assertThat(hub.broken()).isEmpty();
    }

    @Test
    void a_refund_of_a_line_comes_back_from_stripe_as_a_credit_note_of_that_line() {
        var sold = shop.sell();
        var order = SandboxedHub.eventually(() -> order(sold), found -> found != null);
        long minor = order.paid().lines().getFirst().gross() / 2;
        hub.bean(RefundRequests.class)
                .create(
                        order,
                        new RefundRequests.Wanted(
                                minor, "requested_by_customer", Map.of(0, minor), null),
                        "key-line");
        var lines =
                SandboxedHub.eventually(
                        () ->
                                hub.jdbc()
                                        .sql(
                                                "select total_minor from invoice where kind = 'credit_note' and order_id = :order")
                                        .param("order", order.id().value())
                                        .query(Long.class)
                                        .list(),
                        found -> !found.isEmpty());
        assertThat(lines).isEqualTo(List.of(minor));
        assertThat(
                        hub.jdbc()
                                .sql("select lines from refund where named_order_id = :order")
                                .param("order", order.id().value())
                                .query(String.class)
                                .single())
                .isEqualTo("{\"0\":" + minor + "}");
        assertThat(hub.broken()).isEmpty();
    }

    private static Order order(JsonNode session) {
        return hub
                .bean(Orders.class)
                .list(
                        OrderFilter.of(null, Environment.STAGING),
                        new com.comptappart.kernel.PageRequest(10, null))
                .data()
                .stream()
                .filter(each -> each.paid().stripeObject().equals(session.path("id").asString()))
                .findFirst()
                .orElse(null);
    }

    /**
     * Events tell whole seconds. A subscription that is again, in one second, what it was before is
     * taken for the same update told twice.
     */
    private static void nextSecond() {
        try {
            Thread.sleep(1_100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
