package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.CardException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceItem;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.InvoiceCreateParams;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceItemListParams;
import com.stripe.param.InvoiceItemUpdateParams;
import com.stripe.param.InvoicePayParams;
import com.stripe.param.InvoiceUpdateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceRetrieveParams;
import com.stripe.param.SubscriptionCancelParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxInvoicesTest {

    private final BillingShop shop = new BillingShop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void an_invoice_by_hand_takes_up_what_waits_and_the_balance_pays_first()
            throws StripeException {
        Customer customer = shop.customer("pm_card_visa");
        setBalance(customer, -300);
        InvoiceItem item = item(customer, 1_000);
        InvoiceItem gone = item(customer, 5_000);
        assertThat(shop.stripe.v1().invoiceItems().delete(gone.getId()).getDeleted()).isTrue();
        assertThat(
                        shop.stripe
                                .v1()
                                .invoiceItems()
                                .update(
                                        item.getId(),
                                        InvoiceItemUpdateParams.builder().setAmount(1_200L).build())
                                .getAmount())
                .isEqualTo(1_200);

        Invoice draft = draft(customer);
        assertThat(draft.getStatus()).isEqualTo("draft");
        assertThat(draft.getTotal()).isEqualTo(1_200);
        assertThat(
                        shop.stripe
                                .v1()
                                .invoiceItems()
                                .list(InvoiceItemListParams.builder().setPending(true).build())
                                .getData())
                .isEmpty();
        var _ =
                shop.stripe
                        .v1()
                        .invoices()
                        .update(
                                draft.getId(),
                                InvoiceUpdateParams.builder().setDescription("Merci").build());
        Invoice open = valid(shop.stripe.v1().invoices().finalizeInvoice(draft.getId()));
        assertThat(open.getAmountDue()).isEqualTo(900);
        assertThat(open.getStartingBalance()).isEqualTo(-300);
        assertThat(open.getEndingBalance()).isZero();
        assertThat(open.getNumber()).endsWith("-0001");
        Invoice paid = valid(shop.stripe.v1().invoices().pay(open.getId()));
        assertThat(paid.getStatus()).isEqualTo("paid");
        assertThat(paid.getBillingReason()).isEqualTo("manual");
        assertThat(paid.getAmountPaid()).isEqualTo(900);
        assertThat(shop.stripe.v1().invoices().lineItems().list(paid.getId()).getData()).hasSize(1);
        assertThat(shop.events()).isNotEmpty();
    }

    @Test
    void money_from_elsewhere_pays_an_invoice_without_a_charge() throws StripeException {
        Customer customer = shop.customer("pm_card_visa");
        item(customer, 1_000);
        Invoice draft = draft(customer);
        int mark = shop.eventCount();

        Invoice paid =
                valid(
                        shop.stripe
                                .v1()
                                .invoices()
                                .pay(
                                        draft.getId(),
                                        InvoicePayParams.builder().setPaidOutOfBand(true).build()));

        assertThat(paid.getStatus()).isEqualTo("paid");
        assertThat(shop.stripe.v1().charges().list().getData()).isEmpty();
        assertThat(shop.eventsSince(mark))
                .contains("invoice.paid")
                .doesNotContain("invoice.payment_succeeded");
    }

    @Test
    void an_open_invoice_is_voided_or_given_up_and_a_declined_one_stays_open()
            throws StripeException {
        Customer customer = shop.customer("pm_card_chargeCustomerFail");
        item(customer, 1_000);
        Invoice first = draft(customer);
        assertThatThrownBy(() -> shop.stripe.v1().invoices().pay(first.getId()))
                .isInstanceOf(CardException.class);
        assertThat(shop.stripe.v1().invoices().retrieve(first.getId()).getStatus())
                .isEqualTo("open");
        Invoice voided = valid(shop.stripe.v1().invoices().voidInvoice(first.getId()));
        assertThat(voided.getStatus()).isEqualTo("void");
        assertThatThrownBy(() -> shop.stripe.v1().invoices().pay(first.getId()))
                .hasMessageContaining("`void`");

        item(customer, 2_000);
        Invoice second = draft(customer);
        var _ = shop.stripe.v1().invoices().finalizeInvoice(second.getId());
        Invoice bad = valid(shop.stripe.v1().invoices().markUncollectible(second.getId()));
        assertThat(bad.getStatus()).isEqualTo("uncollectible");
        assertThat(shop.eventsSince(0))
                .contains(
                        "invoice.payment_failed",
                        "invoice.voided",
                        "payment_intent.canceled",
                        "invoice.marked_uncollectible");
    }

    @Test
    void a_preview_shows_a_change_that_nobody_has_made() throws StripeException {
        Customer customer = shop.customer("pm_card_visa");
        Subscription subscription = shop.subscribe(BillingShop.of(customer, shop.yearly(12_000)));
        shop.after(Duration.ofDays(100));
        int mark = shop.eventCount();

        Invoice preview =
                valid(
                        shop.stripe
                                .v1()
                                .invoices()
                                .createPreview(
                                        InvoiceCreatePreviewParams.builder()
                                                .setSubscription(subscription.getId())
                                                .setSubscriptionDetails(
                                                        InvoiceCreatePreviewParams
                                                                .SubscriptionDetails.builder()
                                                                .addItem(
                                                                        InvoiceCreatePreviewParams
                                                                                .SubscriptionDetails
                                                                                .Item.builder()
                                                                                .setId(
                                                                                        subscription
                                                                                                .getItems()
                                                                                                .getData()
                                                                                                .getFirst()
                                                                                                .getId())
                                                                                .setQuantity(3L)
                                                                                .build())
                                                                .build())
                                                .build()));

        assertThat(preview.getLines().getData()).hasSize(3);
        assertThat(preview.getTotal()).isGreaterThan(36_000 + 17_000).isLessThan(36_000 + 18_000);
        assertThat(shop.eventsSince(mark)).isEmpty();
        assertThat(shop.read(subscription).getItems().getData().getFirst().getQuantity())
                .isEqualTo(1);
    }

    @Test
    void fewer_units_leave_a_credit_on_the_next_invoice_or_at_once_on_the_balance()
            throws StripeException {
        Customer customer = shop.customer("pm_card_visa");
        Subscription subscription =
                shop.subscribe(
                        SubscriptionCreateParams.builder()
                                .setCustomer(customer.getId())
                                .addItem(
                                        SubscriptionCreateParams.Item.builder()
                                                .setPrice(shop.monthly(1_000).getId())
                                                .setQuantity(4L)
                                                .build()));
        shop.after(Duration.ofDays(10));
        var _ =
                shop.setQuantity(
                        subscription,
                        2,
                        SubscriptionUpdateParams.ProrationBehavior.CREATE_PRORATIONS);
        shop.after(Duration.ofDays(22));
        Invoice renewal = shop.latestInvoice(subscription);
        assertThat(renewal.getLines().getData()).hasSize(3);
        assertThat(renewal.getTotal()).isLessThan(2_000).isPositive();
        var credit = renewal.getLines().getData().getFirst();
        assertThat(credit.getAmount()).isNegative();
        assertThat(credit.getParent().getSubscriptionItemDetails().getProration()).isTrue();

        var _ =
                shop.setQuantity(
                        subscription, 1, SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE);
        Invoice negative = shop.latestInvoice(subscription);
        assertThat(negative.getTotal()).isNegative();
        assertThat(negative.getAmountDue()).isZero();
        assertThat(negative.getStatus()).isEqualTo("paid");
        assertThat(shop.stripe.v1().customers().retrieve(customer.getId()).getBalance())
                .isEqualTo(negative.getTotal());
    }

    @Test
    void after_its_last_retry_a_subscription_ends_and_its_invoice_stays_open()
            throws StripeException {
        Customer customer = shop.customer("pm_card_visa");
        Subscription subscription = shop.subscribe(BillingShop.of(customer, shop.yearly(12_000)));
        shop.giveCard(customer.getId(), "pm_card_chargeCustomerFail");

        shop.after(Duration.ofDays(366 + 20));

        Subscription over = shop.read(subscription);
        assertThat(over.getStatus()).isEqualTo("canceled");
        assertThat(over.getCancellationDetails().getReason()).isEqualTo("payment_failed");
        Invoice unpaid = shop.latestInvoice(subscription);
        assertThat(unpaid.getStatus()).isEqualTo("open");
        assertThat(unpaid.getAttemptCount()).isEqualTo(4);
        assertThat(unpaid.getNextPaymentAttempt()).isNull();
        assertThat(shop.eventsSince(0).stream().filter("invoice.payment_failed"::equals))
                .hasSize(4);
    }

    @Test
    void a_first_payment_that_never_comes_expires_the_subscription() throws StripeException {
        Customer customer = shop.customer("pm_card_chargeCustomerFail");
        Subscription subscription = shop.subscribe(BillingShop.of(customer, shop.yearly(12_000)));
        assertThat(subscription.getStatus()).isEqualTo("incomplete");

        shop.after(Duration.ofHours(24));

        assertThat(shop.read(subscription).getStatus()).isEqualTo("incomplete_expired");
        assertThat(shop.latestInvoice(subscription).getStatus()).isEqualTo("void");
        assertThatThrownBy(() ->
                        shop.subscribe(
                                BillingShop.of(customer, shop.yearly(12_000))
                                        .setPaymentBehavior(
                                                SubscriptionCreateParams.PaymentBehavior
                                                        .ERROR_IF_INCOMPLETE)))
                .isInstanceOf(CardException.class);
    }

    @Test
    void collection_pauses_and_a_subscription_is_paused_resumed_and_canceled()
            throws StripeException {
        Customer customer = shop.customer("pm_card_visa");
        Subscription subscription = shop.subscribe(BillingShop.of(customer, shop.monthly(900)));
        var _ =
                shop.stripe
                        .v1()
                        .subscriptions()
                        .update(
                                subscription.getId(),
                                SubscriptionUpdateParams.builder()
                                        .setPauseCollection(
                                                SubscriptionUpdateParams.PauseCollection.builder()
                                                        .setBehavior(
                                                                SubscriptionUpdateParams
                                                                        .PauseCollection.Behavior
                                                                        .VOID)
                                                        .build())
                                        .build());
        shop.after(Duration.ofDays(32));
        assertThat(shop.latestInvoice(subscription).getStatus()).isEqualTo("void");

        assertThat(post("/v1/subscriptions/" + subscription.getId() + "/pause")).isEqualTo(200);
        assertThat(shop.read(subscription).getStatus()).isEqualTo("paused");
        var _ = shop.stripe.v1().subscriptions().resume(subscription.getId());
        assertThat(shop.read(subscription).getStatus()).isEqualTo("active");

        Subscription ended =
                shop.stripe
                        .v1()
                        .subscriptions()
                        .cancel(
                                subscription.getId(),
                                SubscriptionCancelParams.builder()
                                        .setProrate(true)
                                        .setInvoiceNow(true)
                                        .build());
        assertThat(ended.getStatus()).isEqualTo("canceled");
        assertThat(shop.latestInvoice(subscription).getTotal()).isNegative();
        assertThat(shop.eventsSince(0))
                .contains(
                        "customer.subscription.paused",
                        "customer.subscription.resumed",
                        "customer.subscription.deleted");
    }

    @Test
    void tiers_cost_what_each_says_and_are_lines_of_their_own() throws StripeException {
        Customer customer = shop.customer("pm_card_visa");
        var price =
                shop.stripe
                        .v1()
                        .prices()
                        .create(
                                PriceCreateParams.builder()
                                        .setCurrency("eur")
                                        .setBillingScheme(PriceCreateParams.BillingScheme.TIERED)
                                        .setTiersMode(PriceCreateParams.TiersMode.GRADUATED)
                                        .addTier(
                                                PriceCreateParams.Tier.builder()
                                                        .setUpTo(2L)
                                                        .setUnitAmount(1_000L)
                                                        .build())
                                        .addTier(
                                                PriceCreateParams.Tier.builder()
                                                        .setUpTo(PriceCreateParams.Tier.UpTo.INF)
                                                        .setUnitAmount(500L)
                                                        .setFlatAmount(50L)
                                                        .build())
                                        .setRecurring(
                                                PriceCreateParams.Recurring.builder()
                                                        .setInterval(
                                                                PriceCreateParams.Recurring.Interval
                                                                        .MONTH)
                                                        .build())
                                        .setProductData(
                                                PriceCreateParams.ProductData.builder()
                                                        .setName("Lots")
                                                        .build())
                                        .build());
        var read =
                shop.stripe
                        .v1()
                        .prices()
                        .retrieve(
                                price.getId(),
                                PriceRetrieveParams.builder().addExpand("tiers").build());
        StripeSchemas.validate(read.getLastResponse().body());
        assertThat(read.getTiers()).hasSize(2);

        Subscription subscription =
                shop.subscribe(
                        SubscriptionCreateParams.builder()
                                .setCustomer(customer.getId())
                                .addItem(
                                        SubscriptionCreateParams.Item.builder()
                                                .setPrice(price.getId())
                                                .setQuantity(5L)
                                                .build()));

        Invoice invoice = shop.latestInvoice(subscription);
        assertThat(invoice.getLines().getData())
                .extracting(line -> line.getAmount())
                .containsExactly(2_000L, 1_500L, 50L);
        assertThat(invoice.getTotal()).isEqualTo(3_550);
    }

    private int post(String path) {
        return new Browser()
                .send(
                        HttpRequest.newBuilder(URI.create(shop.sandbox.url() + path))
                                .header("Authorization", "Bearer " + shop.sandbox.apiKey())
                                .POST(BodyPublishers.noBody())
                                .build())
                .statusCode();
    }

    private void setBalance(Customer customer, long balance) throws StripeException {
        var _ =
                shop.stripe
                        .v1()
                        .customers()
                        .update(
                                customer.getId(),
                                CustomerUpdateParams.builder().setBalance(balance).build());
    }

    @Test
    void an_amount_without_a_price_has_a_product_that_can_be_read() throws StripeException {
        InvoiceItem item = item(shop.customer("pm_card_visa"), 1_000);
        var product =
                shop.stripe
                        .v1()
                        .products()
                        .retrieve(item.getPricing().getPriceDetails().getProduct());
        assertThat(product.getName()).isEqualTo("Conseil");
        assertThat(product.getActive()).isFalse();
    }

    private InvoiceItem item(Customer customer, long amount) throws StripeException {
        return shop.stripe
                .v1()
                .invoiceItems()
                .create(
                        InvoiceItemCreateParams.builder()
                                .setCustomer(customer.getId())
                                .setCurrency("eur")
                                .setAmount(amount)
                                .setDescription("Conseil")
                                .build());
    }

    private Invoice draft(Customer customer) throws StripeException {
        return valid(
                shop.stripe
                        .v1()
                        .invoices()
                        .create(
                                InvoiceCreateParams.builder()
                                        .setCustomer(customer.getId())
                                        .setPendingInvoiceItemsBehavior(
                                                InvoiceCreateParams.PendingInvoiceItemsBehavior
                                                        .INCLUDE)
                                        .build()));
    }

    private static Invoice valid(Invoice invoice) {
        StripeSchemas.validate(invoice.getLastResponse().body());
        return invoice;
    }
}
