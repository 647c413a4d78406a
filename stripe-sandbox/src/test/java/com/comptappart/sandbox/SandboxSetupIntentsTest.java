package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.CardException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.SetupIntent;
import com.stripe.param.InvoiceCreateParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.SetupIntentConfirmParams;
import com.stripe.param.SetupIntentCreateParams;
import com.stripe.param.SetupIntentListParams;
import com.stripe.param.billingportal.ConfigurationCreateParams;
import com.stripe.param.billingportal.ConfigurationUpdateParams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxSetupIntentsTest {

    private final BillingShop shop = new BillingShop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void a_card_that_is_set_up_belongs_to_the_customer() throws StripeException {
        Customer customer = shop.customer("pm_card_visa");

        SetupIntent intent = create(confirmed("pm_card_mastercard").setCustomer(customer.getId()));

        assertThat(intent.getStatus()).isEqualTo("succeeded");
        assertThat(
                        shop.stripe
                                .v1()
                                .paymentMethods()
                                .retrieve(intent.getPaymentMethod())
                                .getCustomer())
                .isEqualTo(customer.getId());
        assertThat(
                        shop.stripe
                                .v1()
                                .setupIntents()
                                .list(
                                        SetupIntentListParams.builder()
                                                .setCustomer(customer.getId())
                                                .build())
                                .getData())
                .hasSize(1);
        assertThat(shop.eventsSince(0)).contains("setup_intent.created", "setup_intent.succeeded");
        assertThatThrownBy(() -> shop.stripe.v1().setupIntents().cancel(intent.getId()))
                .hasMessageContaining("succeeded");
    }

    @Test
    void a_declined_card_fails_the_setup_and_another_one_mends_it() throws StripeException {
        assertThatThrownBy(() -> create(confirmed("pm_card_chargeDeclined")))
                .isInstanceOf(CardException.class);
        SetupIntent failed = shop.stripe.v1().setupIntents().list().getData().getFirst();
        assertThat(failed.getStatus()).isEqualTo("requires_payment_method");
        assertThat(failed.getLastSetupError().getDeclineCode()).isEqualTo("generic_decline");

        SetupIntent mended =
                shop.stripe
                        .v1()
                        .setupIntents()
                        .confirm(
                                failed.getId(),
                                SetupIntentConfirmParams.builder()
                                        .setPaymentMethod("pm_card_visa")
                                        .build());

        assertThat(mended.getStatus()).isEqualTo("succeeded");
        assertThat(shop.eventsSince(0)).contains("setup_intent.setup_failed");
    }

    @Test
    void a_bank_that_wants_to_see_the_owner_leaves_the_setup_open_until_it_is_canceled()
            throws StripeException {
        SetupIntent waiting = create(confirmed("pm_card_authenticationRequired"));
        assertThat(waiting.getStatus()).isEqualTo("requires_action");

        SetupIntent gone = shop.stripe.v1().setupIntents().cancel(waiting.getId());

        assertThat(gone.getStatus()).isEqualTo("canceled");
        assertThat(shop.eventsSince(0))
                .contains("setup_intent.requires_action", "setup_intent.canceled");
    }

    @Test
    void an_invoice_whose_bank_wants_to_see_the_owner_is_the_cards_error() throws StripeException {
        Customer customer = shop.customer("pm_card_threeDSecure2Required");
        var _ =
                shop.stripe
                        .v1()
                        .invoiceItems()
                        .create(
                                InvoiceItemCreateParams.builder()
                                        .setCustomer(customer.getId())
                                        .setAmount(2_000L)
                                        .setCurrency("eur")
                                        .build());
        String draft =
                shop.stripe
                        .v1()
                        .invoices()
                        .create(
                                InvoiceCreateParams.builder()
                                        .setCustomer(customer.getId())
                                        .setPendingInvoiceItemsBehavior(
                                                InvoiceCreateParams.PendingInvoiceItemsBehavior
                                                        .INCLUDE)
                                        .build())
                        .getId();

        assertThatThrownBy(() -> shop.stripe.v1().invoices().pay(draft))
                .isInstanceOf(CardException.class);

        assertThat(shop.eventsSince(0)).contains("invoice.payment_action_required");
    }

    @Test
    void a_portal_configuration_tells_of_its_making_and_its_changes() throws StripeException {
        var portal = shop.stripe.v1().billingPortal().configurations();
        var made =
                portal.create(
                        ConfigurationCreateParams.builder()
                                .setFeatures(
                                        ConfigurationCreateParams.Features.builder()
                                                .setSubscriptionCancel(
                                                        ConfigurationCreateParams.Features
                                                                .SubscriptionCancel.builder()
                                                                .setEnabled(true)
                                                                .build())
                                                .build())
                                .build());

        var changed =
                portal.update(
                        made.getId(),
                        ConfigurationUpdateParams.builder().putMetadata("foo", "bar").build());

        assertThat(changed.getMetadata()).containsEntry("foo", "bar");
        assertThat(shop.eventsSince(0))
                .contains(
                        "billing_portal.configuration.created",
                        "billing_portal.configuration.updated");
    }

    private static SetupIntentCreateParams.Builder confirmed(String card) {
        return SetupIntentCreateParams.builder().setConfirm(true).setPaymentMethod(card);
    }

    private SetupIntent create(SetupIntentCreateParams.Builder params) throws StripeException {
        return shop.stripe.v1().setupIntents().create(params.build());
    }
}
