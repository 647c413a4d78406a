package com.comptappart.sandbox;

import static com.comptappart.sandbox.Merchant.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentLink;
import com.stripe.model.Price;
import com.stripe.model.checkout.Session;
import com.stripe.param.PaymentLinkCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.checkout.SessionListParams;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxPaymentLinksTest {

    private final BillingShop shop = new BillingShop();
    private final Browser browser = new Browser();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void each_visit_of_a_link_is_a_session_of_its_own_with_the_links_metadata()
            throws StripeException {
        PaymentLink link = link(once());

        String first = visit(link.getUrl() + "?client_reference_id=panier-7");
        String second = visit(link.getUrl());
        assertThat(browser.post(first, Browser.typed("4242424242424242")).statusCode())
                .isEqualTo(303);

        List<Session> sessions = sessionsOf(link);
        assertThat(sessions).extracting(Session::getStatus).containsExactly("open", "complete");
        Session paid = sessions.getLast();
        assertThat(first).contains(paid.getId()).isNotEqualTo(second);
        assertThat(paid.getMetadata()).containsEntry("partner", "gererseul");
        assertThat(paid.getClientReferenceId()).isEqualTo("panier-7");
        assertThat(paid.getAmountTotal()).isEqualTo(1_800);
        assertThat(browser.get(link.getUrl() + "/done").body()).contains("Merci, à bientôt");
    }

    @Test
    void a_link_on_a_recurring_price_begins_a_subscription() throws StripeException {
        PaymentLink link = link(shop.yearly(900));

        String page = visit(link.getUrl());
        assertThat(browser.post(page, Browser.typed("4242424242424242")).statusCode())
                .isEqualTo(303);

        Session paid = sessionsOf(link).getFirst();
        assertThat(paid.getMode()).isEqualTo("subscription");
        var subscription = shop.stripe.v1().subscriptions().retrieve(paid.getSubscription());
        assertThat(subscription.getStatus()).isEqualTo("active");
        assertThat(subscription.getItems().getData().getFirst().getQuantity()).isEqualTo(2);
    }

    @Test
    void a_link_that_no_session_could_be_made_of_is_refused() throws StripeException {
        var unknown =
                refused(
                        InvalidRequestException.class,
                        () ->
                                shop.stripe
                                        .v1()
                                        .paymentLinks()
                                        .create(
                                                params(once().getId())
                                                        .putExtraParam("colour", "red")
                                                        .build()));
        assertThat(unknown.getCode()).isEqualTo("parameter_unknown");
        var noPrice =
                refused(
                        InvalidRequestException.class,
                        () ->
                                shop.stripe
                                        .v1()
                                        .paymentLinks()
                                        .create(params("price_nothing").build()));
        assertThat(noPrice.getMessage()).contains("price_nothing");
        assertThat(shop.stripe.v1().paymentLinks().list().getData()).isEmpty();
    }

    private PaymentLink link(Price price) throws StripeException {
        return shop.stripe.v1().paymentLinks().create(params(price.getId()).build());
    }

    private static PaymentLinkCreateParams.Builder params(String price) {
        return PaymentLinkCreateParams.builder()
                .putMetadata("partner", "gererseul")
                .setAfterCompletion(
                        PaymentLinkCreateParams.AfterCompletion.builder()
                                .setType(
                                        PaymentLinkCreateParams.AfterCompletion.Type
                                                .HOSTED_CONFIRMATION)
                                .setHostedConfirmation(
                                        PaymentLinkCreateParams.AfterCompletion.HostedConfirmation
                                                .builder()
                                                .setCustomMessage("Merci, à bientôt")
                                                .build())
                                .build())
                .addLineItem(
                        PaymentLinkCreateParams.LineItem.builder()
                                .setPrice(price)
                                .setQuantity(2L)
                                .build());
    }

    private Price once() throws StripeException {
        return shop.stripe
                .v1()
                .prices()
                .create(
                        PriceCreateParams.builder()
                                .setCurrency("eur")
                                .setUnitAmount(900L)
                                .setProductData(
                                        PriceCreateParams.ProductData.builder()
                                                .setName("Modèle de bail")
                                                .build())
                                .build());
    }

    /** The address of the payment page that a visit leads to. */
    private String visit(String url) {
        var answer = browser.get(url);
        assertThat(answer.statusCode()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private List<Session> sessionsOf(PaymentLink link) throws StripeException {
        return shop.stripe
                .v1()
                .checkout()
                .sessions()
                .list(SessionListParams.builder().setPaymentLink(link.getId()).build())
                .getData();
    }
}
