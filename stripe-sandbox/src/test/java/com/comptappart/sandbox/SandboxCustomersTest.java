package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.StripeClient;
import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.PaymentMethod;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerPaymentMethodListParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.PaymentMethodCreateParams;
import com.stripe.param.PaymentMethodListParams;
import com.stripe.param.testhelpers.TestClockAdvanceParams;
import com.stripe.param.testhelpers.TestClockCreateParams;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxCustomersTest {

    private final StripeSandbox sandbox = StripeSandbox.start(0);
    private final StripeClient stripe =
            StripeClient.builder().setApiKey(sandbox.apiKey()).setApiBase(sandbox.url()).build();

    @AfterEach
    void close() {
        SchemaAudit.of(sandbox);
        sandbox.close();
    }

    @Test
    void a_customer_is_made_changed_listed_and_deleted() throws StripeException {
        Customer made =
                stripe.v1()
                        .customers()
                        .create(
                                CustomerCreateParams.builder()
                                        .setEmail("jeanne@exemple.fr")
                                        .setName("Jeanne Dupont")
                                        .setPhone("+33102030405")
                                        .setBalance(-500L)
                                        .setAddress(
                                                CustomerCreateParams.Address.builder()
                                                        .setLine1("1 rue de la Paix")
                                                        .setCity("Paris")
                                                        .setCountry("FR")
                                                        .build())
                                        .addTaxIdData(
                                                CustomerCreateParams.TaxIdData.builder()
                                                        .setType(
                                                                CustomerCreateParams.TaxIdData.Type
                                                                        .EU_VAT)
                                                        .setValue("FR12345678901")
                                                        .build())
                                        .setPaymentMethod("pm_card_visa")
                                        .build());
        StripeSchemas.validate(made.getLastResponse().body());
        assertThat(made.getBalance()).isEqualTo(-500);

        PaymentMethod card =
                stripe.v1()
                        .customers()
                        .paymentMethods()
                        .list(made.getId(), CustomerPaymentMethodListParams.builder().build())
                        .getData()
                        .getFirst();
        Customer changed =
                stripe.v1()
                        .customers()
                        .update(
                                made.getId(),
                                CustomerUpdateParams.builder()
                                        .setName("Jeanne Martin")
                                        .setPhone("")
                                        .setInvoiceSettings(
                                                CustomerUpdateParams.InvoiceSettings.builder()
                                                        .setDefaultPaymentMethod(card.getId())
                                                        .build())
                                        .putMetadata("partner", "gererseul")
                                        .addExpand("invoice_settings.default_payment_method")
                                        .build());
        StripeSchemas.validate(changed.getLastResponse().body());
        assertThat(changed.getPhone()).isNull();
        assertThat(
                        changed.getInvoiceSettings()
                                .getDefaultPaymentMethodObject()
                                .getCard()
                                .getLast4())
                .isEqualTo("4242");
        assertThat(stripe.v1().customers().taxIds().list(made.getId()).getData())
                .singleElement()
                .satisfies(id -> assertThat(id.getCountry()).isEqualTo("FR"));
        var updated =
                stripe.v1()
                        .events()
                        .list(EventListParams.builder().setType("customer.updated").build())
                        .getData()
                        .getFirst();
        assertThat(updated.getData().getPreviousAttributes())
                .containsEntry("name", "Jeanne Dupont");

        assertThat(stripe.v1().customers().delete(made.getId()).getDeleted()).isTrue();
        assertThat(stripe.v1().customers().retrieve(made.getId()).getDeleted()).isTrue();
        assertThat(
                        stripe.v1()
                                .customers()
                                .list(
                                        CustomerListParams.builder()
                                                .setEmail("jeanne@exemple.fr")
                                                .build())
                                .getData())
                .isEmpty();
        assertThatThrownBy(() ->
                        stripe.v1()
                                .customers()
                                .update(
                                        made.getId(),
                                        CustomerUpdateParams.builder().setName("x").build()))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void a_card_is_attached_by_token_and_moved_to_nobody_elses_wallet() throws StripeException {
        Customer first = stripe.v1().customers().create(CustomerCreateParams.builder().build());
        Customer second = stripe.v1().customers().create(CustomerCreateParams.builder().build());
        PaymentMethod made =
                stripe.v1()
                        .paymentMethods()
                        .create(
                                PaymentMethodCreateParams.builder()
                                        .setType(PaymentMethodCreateParams.Type.CARD)
                                        .setCard(
                                                PaymentMethodCreateParams.Token.builder()
                                                        .setToken("tok_chargeCustomerFail")
                                                        .build())
                                        .build());
        PaymentMethod attached = attach(made.getId(), first);
        StripeSchemas.validate(attached.getLastResponse().body());
        assertThat(attached.getCustomer()).isEqualTo(first.getId());
        assertThat(attached.getCard().getLast4()).isEqualTo("0341");
        assertThatThrownBy(() -> attach(made.getId(), second))
                .hasMessageContaining("already been attached");

        var declined =
                catchThrowableOfType(
                        CardException.class,
                        () -> attach("pm_card_visa_chargeDeclinedInsufficientFunds", second));
        assertThat(declined.getCode()).isEqualTo("card_declined");
        assertThat(
                        stripe.v1()
                                .paymentMethods()
                                .list(
                                        PaymentMethodListParams.builder()
                                                .setCustomer(first.getId())
                                                .build())
                                .getData())
                .hasSize(1);
        assertThat(stripe.v1().paymentMethods().detach(made.getId()).getCustomer()).isNull();
    }

    @Test
    void a_test_clock_stands_still_until_it_is_advanced_and_takes_its_customers_along()
            throws StripeException {
        long start = 1_900_000_000;
        var clock =
                stripe.v1()
                        .testHelpers()
                        .testClocks()
                        .create(
                                TestClockCreateParams.builder()
                                        .setFrozenTime(start)
                                        .setName("un an")
                                        .build());
        Customer customer =
                stripe.v1()
                        .customers()
                        .create(CustomerCreateParams.builder().setTestClock(clock.getId()).build());
        assertThat(customer.getTestClock()).isEqualTo(clock.getId());
        StripeSchemas.validate(customer.getLastResponse().body());

        var advancing =
                stripe.v1()
                        .testHelpers()
                        .testClocks()
                        .advance(
                                clock.getId(),
                                TestClockAdvanceParams.builder()
                                        .setFrozenTime(start + 86_400)
                                        .build());
        assertThat(advancing.getStatus()).isEqualTo("advancing");
        var ready = stripe.v1().testHelpers().testClocks().retrieve(clock.getId());
        assertThat(ready.getStatus()).isEqualTo("ready");
        assertThat(ready.getFrozenTime()).isEqualTo(start + 86_400);
        assertThatThrownBy(() ->
                        stripe.v1()
                                .testHelpers()
                                .testClocks()
                                .advance(
                                        clock.getId(),
                                        TestClockAdvanceParams.builder()
                                                .setFrozenTime(start)
                                                .build()))
                .hasMessageContaining("must be later");
        assertThat(stripe.v1().testHelpers().testClocks().list().getData()).hasSize(1);

        assertThat(stripe.v1().testHelpers().testClocks().delete(clock.getId()).getDeleted())
                .isTrue();
        assertThat(stripe.v1().customers().retrieve(customer.getId()).getDeleted()).isTrue();
    }

    @Test
    void the_sandboxs_own_time_goes_ahead_and_never_back() throws StripeException {
        long before = sandbox.now().getEpochSecond();
        sandbox.advance(Duration.ofDays(30)).join();

        Customer customer = stripe.v1().customers().create(CustomerCreateParams.builder().build());

        assertThat(customer.getCreated())
                .isBetween(before + 30 * 86_400, before + 30 * 86_400 + 60);
        assertThatThrownBy(() -> sandbox.advance(Duration.ofDays(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private PaymentMethod attach(String id, Customer customer) throws StripeException {
        return stripe.v1()
                .paymentMethods()
                .attach(
                        id,
                        PaymentMethodAttachParams.builder().setCustomer(customer.getId()).build());
    }
}
