package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Subscription;
import com.stripe.model.billingportal.Session;
import com.stripe.param.billingportal.SessionCreateParams;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BillingPortalTest {

    private final BillingShop shop = new BillingShop();
    private final Browser browser = new Browser();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void a_customer_changes_quantity_and_card_and_cancels_at_the_periods_end()
            throws StripeException {
        Customer customer = shop.customer("pm_card_visa");
        Subscription subscription = shop.subscribe(BillingShop.of(customer, shop.monthly(900)));
        Session session = open(customer);
        assertThat(browser.get(session.getUrl()).body())
                .contains("Vos abonnements", "9,00", "/ mois", "https://shop.example/compte");
        assertThat(browser.get(session.getUrl(), "Accept-Language", "en-GB").body())
                .contains("Your subscriptions", "/ month");

        var bad = act(session, subscription, Map.of("action", "quantity", "quantity", "zero"));
        assertThat(bad).contains("id=\"quantity-error\"");
        act(session, subscription, Map.of("action", "quantity", "quantity", "3"));
        assertThat(shop.read(subscription).getItems().getData().getFirst().getQuantity())
                .isEqualTo(3);

        var declined =
                act(
                        session,
                        subscription,
                        Map.of(
                                "action", "card",
                                "card_number", "4000000000000002",
                                "card_expiry", "12/34",
                                "card_cvc", "123"));
        assertThat(declined).contains("id=\"card_number-error\"");
        act(
                session,
                subscription,
                Map.of(
                        "action", "card",
                        "card_number", "5555555555554444",
                        "card_expiry", "12/34",
                        "card_cvc", "123"));
        String method = shop.read(subscription).getDefaultPaymentMethod();
        assertThat(shop.stripe.v1().paymentMethods().retrieve(method).getCard().getLast4())
                .isEqualTo("4444");

        act(session, subscription, Map.of("action", "cancel"));
        assertThat(shop.read(subscription).getCancelAtPeriodEnd()).isTrue();
        act(session, subscription, Map.of("action", "keep"));
        assertThat(shop.read(subscription).getCancelAtPeriodEnd()).isFalse();
        act(session, subscription, Map.of("action", "cancel"));
        shop.after(Duration.ofDays(32));
        assertThat(shop.read(subscription).getStatus()).isEqualTo("canceled");
        assertThat(browser.get(session.getUrl()).statusCode()).isEqualTo(404);
        assertThat(shop.eventsSince(0)).contains("billing_portal.session.created");
    }

    @Test
    void nobody_reaches_the_subscription_of_another() throws StripeException {
        Customer customer = shop.customer("pm_card_visa");
        Subscription subscription = shop.subscribe(BillingShop.of(customer, shop.monthly(900)));
        Session other = open(shop.customer("pm_card_visa"));

        var answer = act(other, subscription, Map.of("action", "cancel"));

        assertThat(answer).contains("No such subscription");
        assertThat(shop.read(subscription).getCancelAtPeriodEnd()).isFalse();
        assertThat(browser.get(shop.sandbox.url() + "/p/session/guess").statusCode())
                .isEqualTo(404);
    }

    private Session open(Customer customer) throws StripeException {
        return shop.stripe
                .v1()
                .billingPortal()
                .sessions()
                .create(
                        SessionCreateParams.builder()
                                .setCustomer(customer.getId())
                                .setReturnUrl("https://shop.example/compte")
                                .build());
    }

    private String act(Session session, Subscription subscription, Map<String, String> fields) {
        var form = new java.util.LinkedHashMap<>(fields);
        form.put("subscription", subscription.getId());
        return browser.post(session.getUrl(), form).body();
    }
}
